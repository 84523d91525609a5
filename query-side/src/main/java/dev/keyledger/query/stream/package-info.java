/** What the records of the topic say, for every part that keeps something up by them. */
@NullMarked
package dev.keyledger.query.stream;

import org.jspecify.annotations.NullMarked;
