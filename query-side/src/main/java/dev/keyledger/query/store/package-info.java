/** The views, the offsets beside them and what was set aside, in MongoDB. */
@NullMarked
package dev.keyledger.query.store;

import org.jspecify.annotations.NullMarked;
