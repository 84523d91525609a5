/** Tests of the benchmark's own arithmetic and of its small HTTP client. */
@NullMarked
package dev.keyledger.bench;

import org.jspecify.annotations.NullMarked;
