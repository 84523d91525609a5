package dev.keyledger.tlog;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A published record as a leaf of the log: its Kafka key, CloudEvents attributes and value in the
 * encoding of {@code docs/log.md}, which is the only one that a record has.
 */
public final class LogEntry {
  /** Bytes that the encoding may have: as many as fit into a bundle. */
  public static final int MAX_SIZE = EntryBundle.MAX_ENTRY;

  private static final int VERSION = 1;

  /** Where the key begins: after the version and the key's length. */
  private static final int KEY = 1 + Integer.BYTES;

  /** Nothing else is kept: the parts are read out of it, since most entries are only hashed. */
  private final byte[] encoded;

  private LogEntry(byte[] encoded) {
    this.encoded = encoded;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Reads an encoding; any but the one that {@link #bytes} gives is refused. */
  public static LogEntry decode(byte[] encoded) throws MalformedException {
    ByteReader reader = new ByteReader(encoded);
    int version = reader.uint8();
    if (version != VERSION) {
      throw new MalformedException("version " + version + " of the encoding is not known");
    }
    reader.skip(reader.uint32());
    String last = "";
    for (int left = reader.uint16(); left > 0; left--) {
      String name = new String(reader.bytes(reader.uint16()), StandardCharsets.ISO_8859_1);
      if (!isAttribute(name) || name.compareTo(last) <= 0) {
        throw new MalformedException("attributes have names in a-z and 0-9, in ascending order");
      }
      last = name;
      reader.skip(reader.uint32());
    }
    reader.skip(reader.uint32());
    if (reader.hasMore()) {
      throw new MalformedException("more bytes after the value");
    }
    requireSize(encoded.length);
    return new LogEntry(encoded.clone());
  }

  private static void requireSize(long size) throws MalformedException {
    if (size > MAX_SIZE) {
      throw new MalformedException("an entry has at most 65535 bytes, this one would have " + size);
    }
  }

  private static boolean isAttribute(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** The key of the record. */
  public byte[] key() {
    return field(KEY - Integer.BYTES);
  }

  /** The value of an attribute, null if it isn't there. */
  public byte @Nullable [] attribute(String name) {
    int at = attributeField(name);
    return at < 0 ? null : field(at);
  }

  /** Where the value of an attribute is, negative if it isn't there. */
  private int attributeField(String name) {
    int at = afterField(KEY - Integer.BYTES);
    int left = uint16(at);
    at += Short.BYTES;
    for (; left > 0; left--) {
      int length = uint16(at);
      at += Short.BYTES;
      if (isName(name, at, length)) {
        return at + length;
      }
      at = afterField(at + length);
    }
    return -1;
  }

  /** The key of the record as text in UTF-8. */
  public String keyText() {
    return textField(KEY - Integer.BYTES);
  }

  /** The value of an attribute as text in UTF-8, null if it isn't there. */
  public @Nullable String attributeText(String name) {
    int at = attributeField(name);
    return at < 0 ? null : textField(at);
  }

  /** The names of all attributes, sorted. */
  public Set<String> attributeNames() {
    Set<String> names = new LinkedHashSet<>();
    int at = afterField(KEY - Integer.BYTES) + Short.BYTES;
    for (int left = uint16(at - Short.BYTES); left > 0; left--) {
      int length = uint16(at);
      at += Short.BYTES;
      names.add(new String(encoded, at, length, StandardCharsets.US_ASCII));
      at = afterField(at + length);
    }
    return Collections.unmodifiableSet(names);
  }

  /** The value of the record. */
  public byte[] value() {
    return field(valueField());
  }

  /** The value of the record, without a copy of it. */
  public InputStream valueStream() {
    int from = valueField() + Integer.BYTES;
    return new ByteArrayInputStream(encoded, from, encoded.length - from);
  }

  private int valueField() {
    int at = afterField(KEY - Integer.BYTES) + Short.BYTES;
    for (int left = uint16(at - Short.BYTES); left > 0; left--) {
      at = afterField(at + Short.BYTES + uint16(at));
    }
    return at;
  }

  /** The encoding: what is hashed, and what lies in entry bundles. */
  public byte[] bytes() {
    return encoded.clone();
  }

  /** Number of bytes of the encoding. */
  public int size() {
    return encoded.length;
  }

  /** The hash of the leaf. */
  public Hash leafHash() {
    return Hash.ofLeaf(encoded);
  }

  private boolean isName(String name, int at, int length) {
    if (name.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) != encoded[at + i]) {
        return false;
      }
    }
    return true;
  }

  private int uint16(int at) {
    return (Byte.toUnsignedInt(encoded[at]) << Byte.SIZE) | Byte.toUnsignedInt(encoded[at + 1]);
  }

  /** The bytes of a field, which come after their number. */
  private byte[] field(int at) {
    return Arrays.copyOfRange(encoded, at + Integer.BYTES, afterField(at));
  }

  private String textField(int at) {
    int from = at + Integer.BYTES;
    return new String(encoded, from, afterField(at) - from, StandardCharsets.UTF_8);
  }

  /** An entry is short: of a length's four bytes, the upper two are zero. */
  private int afterField(int at) {
    return at + Integer.BYTES + uint16(at + Short.BYTES);
  }

  /** Puts together an entry of a record as it lies on Kafka. */
  public static final class Builder {
    private static final String PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";
    private static final String DATA_CONTENT_TYPE = "datacontenttype";

    /** What headers that all events have say, so that this is not found out for each event. */
    private static final Map<String, Name> KNOWN =
        Stream.of(
                "id",
                "source",
                "specversion",
                "type",
                "subject",
                "time",
                "dataschema",
                "position",
                DATA_CONTENT_TYPE)
            .collect(
                Collectors.toUnmodifiableMap(
                    name -> name.equals(DATA_CONTENT_TYPE) ? CONTENT_TYPE : PREFIX + name,
                    Name::new));

    /** The leaf's place in the tree says it, and it is not known when the leaf is made. */
    private static final String LOG_INDEX = "logindex";

    /** By name. */
    private final List<Attribute> attributes = new ArrayList<>(10);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Name(String text, byte[] bytes) {
      Name(String text) {
        this(text, text.getBytes(StandardCharsets.US_ASCII));
      }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Attribute(Name name, byte[] value) {
      int encodedSize() {
        return Short.BYTES + name.bytes.length + Integer.BYTES + value.length;
      }
    }

    private Builder() {}

    /**
     * Adds a header, whose value must stay as it is until the entry is built, if it is an attribute
     * of the event (Kafka protocol binding of CloudEvents, section 3.2) other than its log index;
     * others are no part of the entry.
     *
     * @throws MalformedException if an attribute is there twice, has no value or a name that
     *     CloudEvents doesn't allow
     */
    public Builder header(String name, byte @Nullable [] value) throws MalformedException {
      Name attribute = attribute(name);
      if (attribute == null) {
        return this;
      }
      if (value == null) {
        throw noAttribute();
      }
      attributes.add(placeOf(attribute), new Attribute(attribute, value));
      return this;
    }

    /** Null if it is no part of the entry. */
    private static @Nullable Name attribute(String header) throws MalformedException {
      Name known = KNOWN.get(header);
      if (known != null) {
        return known;
      }
      if (!header.startsWith(PREFIX)) {
        return null;
      }
      String name = header.substring(PREFIX.length());
      if (name.equals(LOG_INDEX)) {
        return null;
      }
      if (!isAttribute(name)) {
        throw noAttribute();
      }
      return new Name(name);
    }

    private int placeOf(Name name) throws MalformedException {
      int place = attributes.size();
      for (; place > 0; place--) {
        int order = attributes.get(place - 1).name.text.compareTo(name.text);
        if (order == 0) {
          throw new MalformedException("more than one header says " + name.text);
        }
        if (order < 0) {
          break;
        }
      }
      return place;
    }

    private static MalformedException noAttribute() {
      return new MalformedException("a header that starts like an attribute and is none");
    }

    /**
     * Encodes the entry.
     *
     * @param key of the record
     * @param value of the record
     * @throws MalformedException if either isn't there, or the encoding has more than {@link
     *     LogEntry#MAX_SIZE} bytes
     */
    public LogEntry build(byte @Nullable [] key, byte @Nullable [] value)
        throws MalformedException {
      if (key == null || value == null) {
        throw new MalformedException("a record of an event has a key and a value");
      }
      long size = KEY + (long) key.length + Short.BYTES + Integer.BYTES + value.length;
      for (Attribute attribute : attributes) {
        size += attribute.encodedSize();
      }
      requireSize(size);
      ByteBuffer out = ByteBuffer.allocate((int) size);
      out.put((byte) VERSION).putInt(key.length).put(key).putShort((short) attributes.size());
      for (Attribute attribute : attributes) {
        byte[] name = attribute.name.bytes;
        out.putShort((short) name.length).put(name);
        out.putInt(attribute.value.length).put(attribute.value);
      }
      out.putInt(value.length).put(value);
      return new LogEntry(out.array());
    }
  }
}
