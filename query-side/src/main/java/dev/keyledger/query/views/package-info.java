/** What one account sees of itself, how events change it, and how to wait for it. */
@NullMarked
package dev.keyledger.query.views;

import org.jspecify.annotations.NullMarked;
