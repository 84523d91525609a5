package dev.keyledger.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogEntryTest {
  private static final HexFormat HEX = HexFormat.of();

  /** {@code k}, the attributes {@code a} = 1 and {@code b} = 2, and {@code v}. */
  private static final String SMALL =
      "01"
          + "000000016b"
          + "0002"
          + "00016100000001"
          + "31"
          + "00016200000001"
          + "32"
          + "0000000176";

  @Test
  void attributesAreSortedWhateverTheOrderOfHeaders() throws MalformedException {
    LogEntry entry =
        LogEntry.builder()
            .header("ce_b", bytes("2"))
            .header("ce_a", bytes("1"))
            .build(bytes("k"), bytes("v"));

    assertThat(HEX.formatHex(entry.bytes())).isEqualTo(SMALL);
    assertThat(entry.leafHash()).isEqualTo(Hash.ofLeaf(HEX.parseHex(SMALL)));
  }

  @Test
  void onlyAttributesAreInAndTheLogIndexIsNot() throws MalformedException {
    LogEntry entry =
        LogEntry.builder()
            .header("ce_logindex", bytes("17"))
            .header("traceparent", bytes("00-1-2-03"))
            .header("traceparent", null)
            .header("content-type", bytes("text/plain"))
            .build(bytes("k"), bytes("v"));

    assertThat(entry.attribute("datacontenttype")).isEqualTo(bytes("text/plain"));
    assertThat(entry.attribute("logindex")).isNull();
    assertThat(entry.bytes())
        .hasSize(1 + 5 + 2 + 2 + "datacontenttype".length() + 4 + "text/plain".length() + 5);
  }

  @Test
  void isReadAsItWasWritten() throws MalformedException {
    LogEntry entry = LogEntry.decode(HEX.parseHex(SMALL));

    assertThat(entry.key()).isEqualTo(bytes("k"));
    assertThat(entry.attribute("a")).isEqualTo(bytes("1"));
    assertThat(entry.attribute("b")).isEqualTo(bytes("2"));
    assertThat(entry.value()).isEqualTo(bytes("v"));
    assertThat(entry.valueStream()).hasBinaryContent(bytes("v"));
    assertThat(HEX.formatHex(entry.bytes())).isEqualTo(SMALL);
  }

  @ParameterizedTest
  @CsvSource({
    "'', nothing at all",
    "02 000000016b 0000 0000000176, another version",
    "01 000000016b 0000 0000000176 00, a byte too many",
    "01 000000016b 0000 00000001, a value too short",
    "01 ffffffff6b 0000 0000000176, a key longer than all there is",
    "01 000000016b 0001 0000000176, an attribute missing",
    "01 000000016b 0002 00016200000000 00016100000000 0000000176, not in order",
    "01 000000016b 0002 00016100000000 00016100000000 0000000176, one twice",
    "01 000000016b 0001 000000000000 0000000176, no name",
    "01 000000016b 0001 00014100000000 0000000176, an upper-case name",
    "01 000000016b 0001 0001e900000000 0000000176, a name that is not ASCII",
  })
  void notEntries(String hex, String why) {
    byte[] bytes = HEX.parseHex(hex.replace(" ", ""));

    assertThatThrownBy(() -> LogEntry.decode(bytes)).as(why).isInstanceOf(MalformedException.class);
  }

  @Property
  void anyBytesAreRefusedOrHaveOneMeaning(@ForAll byte[] tail, @ForAll byte changed) {
    byte[] bytes = HEX.parseHex(SMALL);
    int from = Math.floorMod(changed, bytes.length);
    byte[] any = Arrays.copyOf(bytes, from + tail.length);
    System.arraycopy(tail, 0, any, from, tail.length);
    try {
      LogEntry entry = LogEntry.decode(any);
      assertThat(entry.bytes()).isEqualTo(any);
      assertThat(entry.size()).isEqualTo(any.length);
      assertThat(entry.valueStream()).hasBinaryContent(entry.value());
    } catch (MalformedException refused) {
      assertThat(refused).hasMessageMatching(".+");
    }
  }

  @Test
  void refusesAnEntryThatDoesNotFitIntoABundle() throws MalformedException {
    int most = 65_535 - 1 - 5 - 2 - 4;
    LogEntry largest = LogEntry.builder().build(bytes("k"), new byte[most]);

    assertThat(largest.bytes()).hasSize(65_535);
    assertThat(largest.valueStream()).hasBinaryContent(new byte[most]);
    assertThatThrownBy(() -> LogEntry.builder().build(bytes("k"), new byte[most + 1]))
        .isInstanceOf(MalformedException.class)
        .hasMessage("an entry has at most 65535 bytes, this one would have 65536");
  }

  @Test
  void refusesRecordsWithoutKeyOrValue() {
    assertThatThrownBy(() -> LogEntry.builder().build(null, bytes("v")))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> LogEntry.builder().build(bytes("k"), null))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesAnAttributeTwiceOrWithoutValue() throws MalformedException {
    LogEntry.Builder builder = LogEntry.builder().header("content-type", bytes("text/plain"));

    assertThatThrownBy(() -> builder.header("ce_datacontenttype", bytes("text/plain")))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> builder.header("ce_id", null)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_", "ce_Id", "ce_a-b", "ce_ä"})
  void refusesNamesThatAreNoAttributes(String header) {
    LogEntry.Builder builder = LogEntry.builder();

    assertThatThrownBy(() -> builder.header(header, bytes("x")))
        .isInstanceOf(MalformedException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
