package dev.keyledger.command.relay;

import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the log is published, in PostgreSQL, and which node is to publish it. */
class Publication {
  /** Name of the follower that writes the log; who has its claim publishes, too. */
  static final String FOLLOWER = "log";

  private final JdbcClient jdbc;
  private final String nodeId;

  Publication(JdbcClient jdbc, String nodeId) {
    this.jdbc = jdbc;
    this.nodeId = nodeId;
  }

  /**
   * Whether this node is to publish. Two may believe so for a while: each goes on from what is
   * acknowledged, in order, so all that comes of it is repeats.
   */
  boolean isOurs() {
    return jdbc.sql(
            "SELECT EXISTS (SELECT 1 FROM processor_token WHERE processor_name = ? AND owner = ?)")
        .params(FOLLOWER, nodeId)
        .query(Boolean.class)
        .single();
  }

  /** The log index below which Kafka has acknowledged everything. */
  long published() {
    return jdbc.sql("SELECT published FROM log_publication").query(Long.class).single();
  }

  /** Notes that Kafka has acknowledged everything below a log index. */
  void note(long published) {
    jdbc.sql("UPDATE log_publication SET published = GREATEST(published, ?)")
        .param(published)
        .update();
  }
}
