package dev.keyledger.audit.export;

import dev.keyledger.audit.log.LogRecord;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Rows as Apache Parquet: the columns of {@link TableRow}, required, the log index as a number and
 * the others as text. Of the format's many encodings one is used, that any reader has to know:
 * plain values, a page for each column of a row group, compressed with gzip. The structures and
 * their numbers are those of {@code parquet.thrift}.
 */
final class ParquetWriter implements RowWriter {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int ROWS_PER_GROUP = 10_000;
  private static final int INT64 = 2;
  private static final int BYTE_ARRAY = 6;
  private static final int REQUIRED = 0;
  private static final int UTF8 = 0;
  private static final int DATA_PAGE = 0;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int GZIP = 2;

  private final OutputStream out;
  private final List<ByteArrayOutputStream> columns = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private long written;
  private int rows;

  private record Group(List<Chunk> chunks, int rows) {}

  /** A column of a group; sizes in bytes, with the header of its page. */
  private record Chunk(String column, int values, long offset, long compressed, long plain) {}

  ParquetWriter(Path file) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file));
    TableRow.COLUMNS.forEach(_ -> columns.add(new ByteArrayOutputStream()));
    write(MAGIC);
  }

  @Override
  public void write(LogRecord row) throws IOException {
    List<String> cells = TableRow.cells(row);
    for (int i = 0; i < columns.size(); i++) {
      ByteArrayOutputStream column = columns.get(i);
      if (TableRow.isNumber(TableRow.COLUMNS.get(i))) {
        column.writeBytes(littleEndian(Long.BYTES).putLong(row.index()).array());
      } else {
        byte[] text = cells.get(i).getBytes(StandardCharsets.UTF_8);
        column.writeBytes(littleEndian(Integer.BYTES).putInt(text.length).array());
        column.writeBytes(text);
      }
    }
    rows++;
    if (rows == ROWS_PER_GROUP) {
      writeGroup();
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      if (rows > 0) {
        writeGroup();
      }
      byte[] footer = footer();
      write(footer);
      write(littleEndian(Integer.BYTES).putInt(footer.length).array());
      write(MAGIC);
    }
  }

  private void writeGroup() throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      chunks.add(chunk(TableRow.COLUMNS.get(i), columns.get(i)));
      columns.get(i).reset();
    }
    groups.add(new Group(chunks, rows));
    rows = 0;
  }

  private Chunk chunk(String name, ByteArrayOutputStream values) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      values.writeTo(gzip);
    }
    long offset = written;
    byte[] header = pageHeader(values.size(), compressed.size());
    write(header);
    write(compressed.toByteArray());
    return new Chunk(name, rows, offset, written - offset, (long) header.length + values.size());
  }

  private byte[] pageHeader(int plain, int compressed) {
    return CompactProtocol.of(page -> {
      page.i32(1, DATA_PAGE);
      page.i32(2, plain);
      page.i32(3, compressed);
      page.struct(
          5,
          data -> {
            data.i32(1, rows);
            data.i32(2, PLAIN);
            data.i32(3, RLE);
            data.i32(4, RLE);
          });
    });
  }

  private byte[] footer() {
    return CompactProtocol.of(file -> {
      file.i32(1, 1);
      file.structs(2, columnsWithRoot(), ParquetWriter::schema);
      file.i64(3, groups.stream().mapToLong(Group::rows).sum());
      file.structs(4, groups, ParquetWriter::group);
      file.text(6, "keyledger-audit");
    });
  }

  /** The schema is a tree in depth-first order: a root, whose name means nothing, and columns. */
  private static List<Integer> columnsWithRoot() {
    List<Integer> columns = new ArrayList<>(List.of(-1));
    for (int i = 0; i < TableRow.COLUMNS.size(); i++) {
      columns.add(i);
    }
    return columns;
  }

  private static void schema(CompactProtocol element, int column) {
    if (column < 0) {
      element.text(4, "events");
      element.i32(5, TableRow.COLUMNS.size());
      return;
    }
    boolean number = TableRow.isNumber(TableRow.COLUMNS.get(column));
    element.i32(1, number ? INT64 : BYTE_ARRAY);
    element.i32(3, REQUIRED);
    element.text(4, TableRow.COLUMNS.get(column));
    if (!number) {
      element.i32(6, UTF8);
      element.struct(10, logical -> logical.struct(1, _ -> {}));
    }
  }

  private static void group(CompactProtocol structure, Group group) {
    structure.structs(1, group.chunks(), ParquetWriter::column);
    structure.i64(2, group.chunks().stream().mapToLong(Chunk::plain).sum());
    structure.i64(3, group.rows());
  }

  private static void column(CompactProtocol structure, Chunk chunk) {
    structure.i64(2, chunk.offset());
    structure.struct(
        3,
        data -> {
          data.i32(1, TableRow.isNumber(chunk.column()) ? INT64 : BYTE_ARRAY);
          data.i32s(2, List.of(PLAIN, RLE));
          data.texts(3, List.of(chunk.column()));
          data.i32(4, GZIP);
          data.i64(5, chunk.values());
          data.i64(6, chunk.plain());
          data.i64(7, chunk.compressed());
          data.i64(9, chunk.offset());
        });
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    written += bytes.length;
  }
}
