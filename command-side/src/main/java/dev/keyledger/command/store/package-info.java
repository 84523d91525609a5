/** Where key rings live: Axon over PostgreSQL, set up in one class, reached through another. */
@NullMarked
package dev.keyledger.command.store;

import org.jspecify.annotations.NullMarked;
