/** Applications that do next to nothing: the limits that the services are measured against. */
@NullMarked
package dev.keyledger.bench.bare;

import org.jspecify.annotations.NullMarked;
