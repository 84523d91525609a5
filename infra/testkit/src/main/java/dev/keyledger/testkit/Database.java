package dev.keyledger.testkit;

/** A PostgreSQL database of one's own. */
public record Database(String jdbcUrl, String user, String password) {}
