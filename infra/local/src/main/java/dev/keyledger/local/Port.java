package dev.keyledger.local;

/** The ports of the local set-up, each with the setting that moves it. */
enum Port {
  COMMAND("command side", 8080),
  QUERY("query side", 8081),
  LOCAL("local platform", 8090),
  KAFKA("Kafka", 9092),
  MONGODB("MongoDB", 27017),
  POSTGRES("PostgreSQL", 5432),
  SMTP("SMTP", 2525);

  private final String owner;
  private final int usual;

  Port(String owner, int usual) {
    this.owner = owner;
    this.usual = usual;
  }

  /** Who listens on it, for people. */
  String owner() {
    return owner;
  }

  int usual() {
    return usual;
  }

  /** The environment variable that moves it. */
  String setting() {
    return "KEYLEDGER_PORTS_" + name();
  }
}
