package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.command.KeyledgerSettings;
import dev.keyledger.command.crypto.KeyFactory;
import dev.keyledger.command.keyring.Algorithm;
import dev.keyledger.crypto.Keys;
import dev.keyledger.events.KeyRingEvent.AllKeysDeleted;
import dev.keyledger.tlog.LogEntry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventRecordsTest {
  private final EventRecords records = new EventRecords();

  @Test
  void theLeafIsTheRecordAsPublishedButForItsIndex() throws Exception {
    LogRecord event = Records.event("alice", 3);

    ProducerRecord<String, byte[]> published = event.at(17);

    assertThat(published.headers().lastHeader("ce_logindex").value())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("17");
    LogEntry.Builder entry = LogEntry.builder();
    for (Header header : published.headers()) {
      entry.header(header.key(), header.value());
    }
    LogEntry leaf =
        entry.build(published.key().getBytes(StandardCharsets.UTF_8), published.value());
    assertThat(event.leaf()).isEqualTo(leaf.leafHash());
  }

  @Test
  void aRecordPublishedTwiceIsTheSame() {
    LogRecord event = Records.event("alice", 3);

    assertThat(event.at(17)).isEqualTo(event.at(17)).isNotEqualTo(event.at(18));
  }

  @Test
  void theStoredBytesArePublishedWhateverThisVersionWouldWrite() {
    byte[] stored =
        """
        {"reason" : "cancelled", "challengeId":"ch_1","ofTheFuture":1,\
        "occurredAt":"2026-01-01T00:00:00Z","accountId":"alice"}\
        """
            .getBytes(StandardCharsets.UTF_8);

    LogRecord event = records.of("dev.keyledger.ChallengeClosed.v1", 1, stored);

    assertThat(event.record().value()).isEqualTo(stored);
    assertThat(event.accountId()).isEqualTo("alice");
  }

  @Test
  void anUnknownTypeIsAFault() {
    assertThatThrownBy(() -> records.of("dev.keyledger.Unheard.v1", 1, new byte[0]))
        .isInstanceOf(LogFaultException.class);
  }

  /** With as many again that are being replaced. */
  @Test
  void theDeletionOfAsManyKeysAsAnAccountMayHaveFitsIntoTheLog() {
    assertThat(allKeysDeleted(2 * KeyledgerSettings.Keys.MOST_PER_ACCOUNT).record().value())
        .hasSizeGreaterThan(50_000);
  }

  @Test
  void anEventThatIsTooLargeForTheLogIsAFault() {
    assertThatThrownBy(() -> allKeysDeleted(1_900)).isInstanceOf(LogFaultException.class);
  }

  private LogRecord allKeysDeleted(int keys) {
    String key =
        new KeyFactory(new SecureRandom(), Keys.root())
            .make(Algorithm.ED25519, null)
            .publicApiKey();
    AllKeysDeleted event =
        new AllKeysDeleted(
            // Three bytes of UTF-8 for each of Java's characters are the most that there can be.
            "\u20ac".repeat(255), Instant.now(), "ch_" + key, Collections.nCopies(keys, key));
    return records.of(event, Long.MAX_VALUE, JsonMapper.shared().writeValueAsBytes(event));
  }
}
