package dev.keyledger.query.memory;

/** A live key with its account, both as of the account's position. */
public record Found(LiveAccount account, LiveKey key) {}
