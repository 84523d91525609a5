package dev.keyledger.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7, true",
    "203.0.113.7, 203.0.113.6, false",
    "203.0.113.0/24, 203.0.113.255, true",
    "203.0.113.0/24, 203.0.112.255, false",
    "203.0.113.128/25, 203.0.113.127, false",
    "128.0.0.0/1, 127.255.255.255, false",
    "128.0.0.0/1, 255.0.0.1, true",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 8.8.8.8, false",
    "2001:db8::/48, 2001:db8:0:ffff::1, true",
    "2001:db8::/48, 2001:db8:1::1, false",
    "2001:db8::/47, 2001:db8:1::1, true",
    "2001:db8::1, 2001:db8::1, true",
    "203.0.113.0/24, ::ffff:203.0.113.9, true",
  })
  void anAddressLiesInItOrNot(String network, String address, boolean inside) {
    assertThat(Network.of(network).contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.com", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/x"})
  void whatIsNoNetworkIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Network.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "0.0.0.0/0, true",
    "::/0, true",
    "0.0.0.0/1 128.0.0.0/1, true",
    "0.0.0.0/1 10.0.0.0/8 128.0.0.0/2 192.0.0.0/2, true",
    "::/1 8000::/1, true",
    "0.0.0.0/1 128.0.0.0/2 192.0.0.0/3, false",
    "0.0.0.0/1 0.0.0.0/2 64.0.0.0/2, false",
    "0.0.0.0/1 8000::/1, false",
    "10.0.0.1, false",
  })
  void rightsAreOpenToAllIfTheirRangesHoldAWholeFamily(String trustedIps, boolean open) {
    List<String> ips =
        Arrays.stream(trustedIps.split(" ", -1)).filter(ip -> !ip.isEmpty()).toList();

    assertThat(new Rights(List.of("read"), ips).openToAll()).isEqualTo(open);
  }
}
