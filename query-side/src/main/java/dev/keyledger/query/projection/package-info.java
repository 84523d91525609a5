/** Reads the public topic and keeps the views up to date. */
@NullMarked
package dev.keyledger.query.projection;

import org.jspecify.annotations.NullMarked;
