package dev.keyledger.sample;

import dev.keyledger.gateway.ApiCaller;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Calls that need no key, or one that may read, trade or withdraw. */
@RestController
class ExchangeController {

  @GetMapping("/v1/prices")
  Map<String, String> prices() {
    return Map.of("BTC", "67000.00");
  }

  @GetMapping("/v1/balances")
  Map<String, Object> balances(ServerWebExchange exchange) {
    return Map.of("account", account(exchange), "balances", Map.of("BTC", "0.5"));
  }

  @PostMapping("/v1/orders")
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, Object> order(ServerWebExchange exchange, @RequestBody Map<String, Object> order) {
    return Map.of("account", account(exchange), "order", order);
  }

  @PostMapping("/v1/withdrawals")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Map<String, Object> withdraw(
      ServerWebExchange exchange, @RequestBody Map<String, Object> withdrawal) {
    return Map.of("account", account(exchange), "withdrawal", withdrawal);
  }

  private static String account(ServerWebExchange exchange) {
    return ApiCaller.of(exchange).orElseThrow().accountId();
  }
}
