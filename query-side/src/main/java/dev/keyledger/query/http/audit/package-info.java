/** The log over HTTP: for anybody what proves it, for auditors what is in it. */
@NullMarked
package dev.keyledger.query.http.audit;

import org.jspecify.annotations.NullMarked;
