package dev.keyledger.testkit;

/** The container images that tests run on; the one place for their versions. */
final class Images {
  static final String POSTGRES = "postgres:18";
  static final String KAFKA = "apache/kafka:4.2.1";
  static final String MONGO = "mongo:8";

  private Images() {}
}
