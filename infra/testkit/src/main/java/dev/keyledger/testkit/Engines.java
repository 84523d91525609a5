package dev.keyledger.testkit;

/** The engines under test, started when first asked for; safe for use by several threads. */
sealed interface Engines extends AutoCloseable permits ContainerEngines, LocalEngines {
  /** Makes an empty database. */
  Database createDatabase(String name) throws Exception;

  /** The bootstrap servers of a broker that makes no topics by itself. */
  String kafka() throws Exception;

  /** The connection string of MongoDB, without a database and without options. */
  String mongo() throws Exception;

  @Override
  void close() throws Exception;
}
