package dev.keyledger.tlog;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A published record as a leaf of the log: its Kafka key, CloudEvents attributes and value in the
 * encoding of {@code docs/log.md}, which is the only one that a record has.
 */
public final class LogEntry {
  /** Bytes that the encoding may have: as many as fit into a bundle. */
  public static final int MAX_SIZE = EntryBundle.MAX_ENTRY;

  private static final int VERSION = 1;
  private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]+");

  private final byte[] key;
  private final SortedMap<String, byte[]> attributes;
  private final byte[] value;
  private final byte[] encoded;

  private LogEntry(byte[] key, SortedMap<String, byte[]> attributes, byte[] value)
      throws MalformedException {
    this.key = key;
    this.attributes = Collections.unmodifiableSortedMap(attributes);
    this.value = value;
    this.encoded = encode(key, attributes, value);
    if (encoded.length > MAX_SIZE) {
      throw new MalformedException(
          "an entry has at most 65535 bytes, this one would have " + encoded.length);
    }
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
    byte[] key = reader.bytes(reader.uint32());
    SortedMap<String, byte[]> attributes = new TreeMap<>();
    for (int left = reader.uint16(); left > 0; left--) {
      String name = new String(reader.bytes(reader.uint16()), StandardCharsets.ISO_8859_1);
      if (!isAttribute(name)
          || (!attributes.isEmpty() && name.compareTo(attributes.lastKey()) <= 0)) {
        throw new MalformedException("attributes have names in a-z and 0-9, in ascending order");
      }
      attributes.put(name, reader.bytes(reader.uint32()));
    }
    byte[] value = reader.bytes(reader.uint32());
    if (reader.hasMore()) {
      throw new MalformedException("more bytes after the value");
    }
    return new LogEntry(key, attributes, value);
  }

  private static byte[] encode(byte[] key, Map<String, byte[]> attributes, byte[] value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(out, key);
      out.writeShort(attributes.size());
      for (Map.Entry<String, byte[]> attribute : attributes.entrySet()) {
        byte[] name = attribute.getKey().getBytes(StandardCharsets.US_ASCII);
        out.writeShort(name.length);
        out.write(name);
        write(out, attribute.getValue());
      }
      write(out, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] field) throws IOException {
    out.writeInt(field.length);
    out.write(field);
  }

  private static boolean isAttribute(String name) {
    return ATTRIBUTE.matcher(name).matches();
  }

  /** The key of the record. */
  public byte[] key() {
    return key.clone();
  }

  /** The value of an attribute, null if it isn't there. */
  public byte @Nullable [] attribute(String name) {
    byte[] found = attributes.get(name);
    return found == null ? null : found.clone();
  }

  /** The names of all attributes, sorted. */
  public Set<String> attributeNames() {
    return attributes.keySet();
  }

  /** The value of the record. */
  public byte[] value() {
    return value.clone();
  }

  /** The encoding: what is hashed, and what lies in entry bundles. */
  public byte[] bytes() {
    return encoded.clone();
  }

  /** The hash of the leaf. */
  public Hash leafHash() {
    return Hash.ofLeaf(encoded);
  }

  /** Puts together an entry of a record as it lies on Kafka. */
  public static final class Builder {
    private static final String PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";

    /** The leaf's place in the tree says it, and it is not known when the leaf is made. */
    private static final String LOG_INDEX = "logindex";

    private final SortedMap<String, byte[]> attributes = new TreeMap<>();

    private Builder() {}

    /**
     * Adds a header if it is an attribute of the event (Kafka protocol binding of CloudEvents,
     * section 3.2) other than its log index; others are no part of the entry.
     *
     * @throws MalformedException if an attribute is there twice, has no value or a name that
     *     CloudEvents doesn't allow
     */
    public Builder header(String name, byte @Nullable [] value) throws MalformedException {
      String attribute = attribute(name);
      if (attribute == null || attribute.equals(LOG_INDEX)) {
        return this;
      }
      if (!isAttribute(attribute) || value == null) {
        throw new MalformedException("a header that starts like an attribute and is none");
      }
      if (attributes.put(attribute, value.clone()) != null) {
        throw new MalformedException("more than one header says " + attribute);
      }
      return this;
    }

    private static @Nullable String attribute(String header) {
      if (header.equals(CONTENT_TYPE)) {
        return "datacontenttype";
      }
      return header.startsWith(PREFIX) ? header.substring(PREFIX.length()) : null;
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
      return new LogEntry(key.clone(), new TreeMap<>(attributes), value.clone());
    }
  }
}
