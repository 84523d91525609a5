package dev.keyledger.query.audit;

/**
 * A checkpoint that fits the tree.
 *
 * @param size number of leaves
 * @param note the whole note, as the log signed it
 */
public record SignedCheckpoint(long size, String note) {}
