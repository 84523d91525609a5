package dev.keyledger.command.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and ranges in one canonical form each, and what is none. */
class TrustedIpsTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "203.0.113.7/32, 203.0.113.7",
    "203.0.113.0/24, 203.0.113.0/24",
    "10.0.0.0/8, 10.0.0.0/8",
    "10.0.0.0/31, 10.0.0.0/31",
    "128.0.0.0/1, 128.0.0.0/1",
    "0.0.0.0/0, 0.0.0.0/0",
  })
  void ipv4(String text, String canonical) {
    assertThat(TrustedIps.parse(List.of(text))).contains(List.of(canonical));
  }

  /** RFC 5952 section 4, its own examples first. */
  @ParameterizedTest
  @CsvSource({
    "2001:0db8::0001, 2001:db8::1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8::0:1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8::ABCD, 2001:db8::abcd",
    "0:0:0:0:0:0:0:0, ::",
    "::, ::",
    "::1, ::1",
    "::1/128, ::1",
    "2001:DB8:0::/48, 2001:db8::/48",
    "2001:db8:0:0:8000::/65, 2001:db8:0:0:8000::/65",
    "fe80::/10, fe80::/10",
    "::/0, ::/0",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "::1.2.3.4, ::102:304",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  })
  void ipv6(String text, String canonical) {
    assertThat(TrustedIps.parse(List.of(text))).contains(List.of(canonical));
  }

  /** RFC 4291 section 2.5.5.2: the same host, so the same address. */
  @ParameterizedTest
  @CsvSource({
    "::ffff:203.0.113.7, 203.0.113.7",
    "::FFFF:CB00:7107, 203.0.113.7",
    "0:0:0:0:0:ffff:203.0.113.7, 203.0.113.7",
    "::ffff:203.0.113.7/128, 203.0.113.7",
    "::ffff:10.0.0.0/104, 10.0.0.0/8",
    "::ffff:0:0/96, 0.0.0.0/0",
    "::fffe:0:0/95, ::fffe:0:0/95",
  })
  void ipv4Mapped(String text, String canonical) {
    assertThat(TrustedIps.parse(List.of(text))).contains(List.of(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "*",
        "x",
        "10",
        "10.0",
        "10.0.0",
        "10.0.0.0.0",
        "10.0.0.256",
        "10.0.0.1 ",
        " 10.0.0.1",
        "10.0.0.1\n",
        "10.0.0.1:80",
        "10.0.0.-1",
        "+10.0.0.1",
        "010.0.0.1",
        "10.0.0.01",
        "00.0.0.0",
        "0x0a.0.0.1",
        "0xa000001",
        "167772161",
        "10.0.0.*",
        "10.0.0.1-9",
        "10.0.0.1,2",
        "10.0.0.0/255.0.0.0",
        "10.0.0.0/",
        "/8",
        "10.0.0.0/33",
        "10.0.0.0/08",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "10.0.0.0/8 ",
        "10.0.0.1/2386092942",
        "10.0.0.1/99999999999999999999",
        "10.0.0.1/8",
        "10.0.0.1/31",
        "10.0.0.1/0",
        "128.0.0.0/0",
        "١٠.٠.٠.١",
        "１０.0.0.1",
        "10。0。0。1",
        "10.0.0.0/٨"
      })
  void isNoIpv4(String text) {
    assertThat(TrustedIps.parse(List.of(text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        ":::",
        "1",
        "ffff",
        "12345",
        "1234:",
        ":1234",
        "::1::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::12345",
        "::g",
        "[::1]",
        "::1%eth0",
        "::1%1",
        "fe80::1%25lo",
        "::1/129",
        "::1/0128",
        "::1/",
        "::1/-1",
        "::1/2386092942",
        "2001:db8::1/32",
        "::1/127",
        "::1/0",
        "2001:db8::/16",
        "::ffff:10.0.0.1/104",
        "::ffff:010.0.0.1",
        "::ffff:10.0.0.256",
        "::10.0.0",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "::ffff:10.0.0.0/ffff::",
        "20010db8000000000000000000000000",
        "0x20010db8000000000000000000000001",
        "4)+k&C#VzJ4br>0wv%Yp",
        "::１",
        "::ffff:١.٢.٣.٤",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::-1",
        "::*",
        "1:2:3:4:5:6:7:8-9"
      })
  void isNoIpv6(String text) {
    assertThat(TrustedIps.parse(List.of(text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", ".", ":", "/", "10.0.0.", "::", "0", "f", "a:", "1.1.1.1/"})
  void isNothingHoweverLongItIs(String piece) {
    assertThat(TrustedIps.parse(List.of(piece.repeat(65_536 / piece.length())))).isEmpty();
  }

  @Test
  void absentAndEmptyMeanEveryAddress() {
    assertThat(TrustedIps.parse(null)).contains(List.of());
    assertThat(TrustedIps.parse(List.of())).contains(List.of());
  }

  @Test
  void eachIsKeptOnceInTheOrderGiven() {
    assertThat(
            TrustedIps.parse(
                List.of("::2", "10.0.0.1", "0::2", "10.0.0.1/32", "::ffff:10.0.0.1", "::1")))
        .contains(List.of("::2", "10.0.0.1", "::1"));
  }

  @Test
  void oneBadOneSpoilsTheList() {
    assertThat(TrustedIps.parse(List.of("10.0.0.1", "nonsense", "10.0.0.2"))).isEmpty();
  }

  @Test
  void thereAreAtMost50() {
    List<String> most = IntStream.range(0, 50).mapToObj(i -> "10.0.0." + i).toList();
    List<String> tooMany = IntStream.range(0, 51).mapToObj(i -> "10.0.0." + i).toList();

    assertThat(TrustedIps.parse(most)).contains(most);
    assertThat(TrustedIps.parse(tooMany)).isEmpty();
    assertThat(TrustedIps.parse(java.util.Collections.nCopies(51, "10.0.0.1"))).isEmpty();
  }
}
