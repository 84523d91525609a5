package dev.keyledger.query.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keyledger.query.views.AccountView;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * How far the caller is with the second factor.
 *
 * @param twoFactor {@code enabled}, {@code pending} or {@code disabled}
 */
@JsonPropertyOrder(alphabetic = false)
record AccountAnswer(
    @Schema(allowableValues = {"enabled", "pending", "disabled"}) String twoFactor, long position) {

  static AccountAnswer of(AccountView view) {
    return new AccountAnswer(view.twoFactor().text(), view.position());
  }
}
