package dev.keyledger.audit.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.Consumer;

/** Structures in Thrift's compact protocol, as far as the footers and pages of Parquet need it. */
final class CompactProtocol {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int LONG_LIST = 15;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Deque<Integer> outer = new ArrayDeque<>();
  private int last;

  /** A structure's bytes. */
  static byte[] of(Consumer<CompactProtocol> fields) {
    CompactProtocol structure = new CompactProtocol();
    structure.fields(fields);
    return structure.out.toByteArray();
  }

  void i32(int id, int value) {
    header(id, I32);
    zigzag(value);
  }

  void i64(int id, long value) {
    header(id, I64);
    zigzag(value);
  }

  void text(int id, String value) {
    header(id, BINARY);
    text(value);
  }

  void struct(int id, Consumer<CompactProtocol> fields) {
    header(id, STRUCT);
    fields(fields);
  }

  <T> void structs(int id, Collection<T> items, FieldsOf<T> fieldsOf) {
    list(id, items.size(), STRUCT);
    items.forEach(item -> fields(structure -> fieldsOf.write(structure, item)));
  }

  void i32s(int id, Collection<Integer> values) {
    list(id, values.size(), I32);
    values.forEach(this::zigzag);
  }

  void texts(int id, Collection<String> values) {
    list(id, values.size(), BINARY);
    values.forEach(this::text);
  }

  /** Writes the fields of an item. */
  @FunctionalInterface
  interface FieldsOf<T> {
    void write(CompactProtocol structure, T item);
  }

  private void fields(Consumer<CompactProtocol> fields) {
    outer.push(last);
    last = 0;
    fields.accept(this);
    out.write(0);
    last = outer.pop();
  }

  /** Ids ascend by less than 16, so that the difference fits beside the type. */
  private void header(int id, int type) {
    out.write(((id - last) << 4) | type);
    last = id;
  }

  private void list(int id, int size, int type) {
    header(id, LIST);
    if (size < LONG_LIST) {
      out.write((size << 4) | type);
    } else {
      out.write((LONG_LIST << 4) | type);
      varint(size);
    }
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    varint(bytes.length);
    out.writeBytes(bytes);
  }

  private void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  private void varint(long value) {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.write((int) ((rest & 0x7f) | 0x80));
    }
    out.write((int) rest);
  }
}
