package dev.keyledger.query.stream;

import static dev.keyledger.query.views.SetAside.Reason.HEADERS;
import static dev.keyledger.query.views.SetAside.Reason.MISMATCH;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyledger.events.CloudEvents;
import dev.keyledger.events.EventTypes;
import dev.keyledger.query.stream.Decoded.Place;
import dev.keyledger.query.stream.Decoded.Poison;
import dev.keyledger.query.views.SetAside.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The headers of an event, as far as the projection relies on them (CloudEvents 1.0, Kafka protocol
 * binding, section 3.2).
 */
record Envelope(Place place, String type) {
  private static final char REPLACEMENT = '\uFFFD';
  private static final byte[] SPEC_VERSION = CloudEvents.SPEC_VERSION_VALUE.getBytes(UTF_8);
  private static final byte[] SOURCE = CloudEvents.SOURCE_VALUE.getBytes(UTF_8);
  private static final byte[] CONTENT_TYPE = CloudEvents.CONTENT_TYPE_VALUE.getBytes(UTF_8);

  /** A record whose headers break a rule. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Poison poison;

    private Refused(Poison poison) {
      super(poison.detail(), null, false, false);
      this.poison = poison;
    }

    Poison poison() {
      return poison;
    }
  }

  /**
   * Reads the headers of a record.
   *
   * @throws Refused if they aren't those of an event of this topic
   */
  static Envelope of(ConsumerRecord<byte[], byte[]> record) throws Refused {
    byte[] subject = header(record, CloudEvents.SUBJECT, Place.NONE);
    String accountId = text(subject, CloudEvents.SUBJECT, Place.NONE);
    if (!Arrays.equals(subject, record.key())) {
      throw refused(MISMATCH, "the key is not the " + CloudEvents.SUBJECT, Place.NONE);
    }
    Place place = new Place(accountId, position(record));
    byte[] id = header(record, CloudEvents.ID, place);
    if (!isId(id, subject, place.position())) {
      text(id, CloudEvents.ID, place); // or else it is no text at all
      throw refused(MISMATCH, CloudEvents.ID + " is not subject and position", place);
    }
    expect(record, CloudEvents.SPEC_VERSION, SPEC_VERSION, place);
    expect(record, CloudEvents.SOURCE, SOURCE, place);
    byte[] contentType = header(record, CloudEvents.CONTENT_TYPE, place);
    if (!Arrays.equals(contentType, CONTENT_TYPE)
        && !isJson(text(contentType, CloudEvents.CONTENT_TYPE, place))) {
      throw refused(HEADERS, CloudEvents.CONTENT_TYPE + " is not JSON", place);
    }
    String type = text(header(record, CloudEvents.TYPE, place), CloudEvents.TYPE, place);
    if (!type.startsWith(EventTypes.PREFIX)) {
      throw refused(HEADERS, CloudEvents.TYPE + " is not one of Keyledger's", place);
    }
    return new Envelope(place, type);
  }

  private static long position(ConsumerRecord<byte[], byte[]> record) throws Refused {
    String text =
        text(header(record, CloudEvents.POSITION, Place.NONE), CloudEvents.POSITION, Place.NONE);
    try {
      long position = Long.parseLong(text);
      if (position >= 1) {
        return position;
      }
    } catch (NumberFormatException _) {
      // Said below, together with what is not positive.
    }
    throw refused(HEADERS, CloudEvents.POSITION + " is not a number from 1", Place.NONE);
  }

  /** Whether these are the bytes of {@code <subject>:<position>}; compared from their end. */
  private static boolean isId(byte[] id, byte[] subject, long position) {
    int at = id.length;
    long rest = position;
    do {
      if (at == 0 || id[--at] != '0' + rest % 10) {
        return false;
      }
      rest /= 10;
    } while (rest > 0);
    return at == subject.length + 1
        && id[subject.length] == ':'
        && Arrays.equals(id, 0, subject.length, subject, 0, subject.length);
  }

  /** Upper case counts as lower case, and parameters don't count (RFC 9110, section 8.3.1). */
  private static boolean isJson(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT);
    return lower.equals(CloudEvents.CONTENT_TYPE_VALUE)
        || lower.startsWith(CloudEvents.CONTENT_TYPE_VALUE + ";");
  }

  private static void expect(
      ConsumerRecord<byte[], byte[]> record, String name, byte[] value, Place place)
      throws Refused {
    if (!Arrays.equals(header(record, name, place), value)) {
      throw refused(HEADERS, name + " is not " + new String(value, UTF_8), place);
    }
  }

  /** As bytes: most are only compared with others, and a text of each would be thrown away. */
  private static byte[] header(ConsumerRecord<byte[], byte[]> record, String name, Place place)
      throws Refused {
    Header header = record.headers().lastHeader(name);
    byte[] value = header == null ? null : header.value();
    if (value == null || value.length == 0) {
      throw refused(HEADERS, name + " is missing", place);
    }
    return value;
  }

  private static Refused refused(Reason reason, String detail, Place place) {
    return new Refused(new Poison(reason, detail, place));
  }

  private static String text(byte[] bytes, String name, Place place) throws Refused {
    // Quick, but what can't be decoded becomes a replacement: only then is there anything to find
    // out.
    String text = new String(bytes, UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(bytes)) {
      throw refused(HEADERS, name + " is not text", place);
    }
    return text;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
