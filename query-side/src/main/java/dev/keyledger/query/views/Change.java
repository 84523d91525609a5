package dev.keyledger.query.views;

/**
 * A view as it was read and as it shall be.
 *
 * @param before what the change was decided on; the store refuses it if something else is there by
 *     now
 */
public record Change(AccountView before, AccountView after) {}
