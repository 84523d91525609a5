package dev.keyledger.local;

import java.nio.file.Path;

/** A launcher that is gone before it could stop its PostgreSQL, as after {@code kill -9}. */
final class AbandonPostgres {
  private AbandonPostgres() {}

  public static void main(String[] args) throws Exception {
    var _ = LocalPostgres.start(Path.of(args[0]), Path.of(args[1]), 0);
    Runtime.getRuntime().halt(0);
  }
}
