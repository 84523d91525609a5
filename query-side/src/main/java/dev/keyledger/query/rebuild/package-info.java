/** Builds the views anew beside the old ones, and switches over. */
@NullMarked
package dev.keyledger.query.rebuild;

import org.jspecify.annotations.NullMarked;
