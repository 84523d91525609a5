package dev.keyledger.query.projection;

import dev.keyledger.query.stream.Fold.Rejected;
import dev.keyledger.query.views.SetAside;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Copies a record as it came, so that it can be looked at and, mended, sent again. */
final class SetAsides {
  private SetAsides() {}

  static SetAside of(ConsumerRecord<byte[], byte[]> record, Rejected rejected, Instant at) {
    return new SetAside(
        record.topic(),
        record.partition(),
        record.offset(),
        rejected.reason(),
        rejected.detail(),
        at,
        buffer(record.key()),
        headers(record),
        buffer(record.value()));
  }

  private static List<SetAside.Header> headers(ConsumerRecord<byte[], byte[]> record) {
    List<SetAside.Header> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      byte[] value = header.value();
      headers.add(
          new SetAside.Header(
              header.key(), value == null ? null : new String(value, StandardCharsets.UTF_8)));
    }
    return headers;
  }

  private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
