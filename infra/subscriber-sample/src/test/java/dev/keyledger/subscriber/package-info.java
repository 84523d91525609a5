@NullMarked
package dev.keyledger.subscriber;

import org.jspecify.annotations.NullMarked;
