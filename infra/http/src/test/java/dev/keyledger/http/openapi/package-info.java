/** Generates a service's OpenAPI document from its controllers, in tests only. */
@NullMarked
package dev.keyledger.http.openapi;

import org.jspecify.annotations.NullMarked;
