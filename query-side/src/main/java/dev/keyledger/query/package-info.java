/** The query side: what can be asked, built from Kafka alone. */
@NullMarked
package dev.keyledger.query;

import org.jspecify.annotations.NullMarked;
