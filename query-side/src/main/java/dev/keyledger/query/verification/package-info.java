/** Whether the key behind a signed request may do what it asks. */
@NullMarked
package dev.keyledger.query.verification;

import org.jspecify.annotations.NullMarked;
