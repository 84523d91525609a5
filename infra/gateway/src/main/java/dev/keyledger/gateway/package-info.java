/**
 * What an exchange's gateway drops in: {@link dev.keyledger.gateway.KeyledgerFilter} asks Keyledger
 * about each request, lets it through or refuses it, and tells the backend whose it is.
 */
@NullMarked
package dev.keyledger.gateway;

import org.jspecify.annotations.NullMarked;
