/** The views over HTTP. */
@NullMarked
package dev.keyledger.query.http;

import org.jspecify.annotations.NullMarked;
