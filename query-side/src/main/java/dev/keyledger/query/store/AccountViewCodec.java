package dev.keyledger.query.store;

import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.KeyView;
import dev.keyledger.query.views.TwoFactor;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/**
 * A view as a document, straight from and to BSON. Fields that it does not know are passed over, so
 * that two versions can share a view.
 */
final class AccountViewCodec implements Codec<AccountView> {
  static final String ID = "_id";
  static final String PARTITION = "partition";
  static final String POSITION = "position";
  static final String KNOWN_POSITION = "knownPosition";
  private static final String TWO_FACTOR = "twoFactor";
  private static final String KEYS = "keys";

  private final KeyViewCodec keyCodec = new KeyViewCodec();

  @Override
  public void encode(BsonWriter writer, AccountView view, EncoderContext context) {
    writer.writeStartDocument();
    writer.writeString(ID, view.accountId());
    writer.writeInt32(PARTITION, view.partition());
    writer.writeInt64(POSITION, view.position());
    writer.writeInt64(KNOWN_POSITION, view.knownPosition());
    writer.writeString(TWO_FACTOR, view.twoFactor().text());
    writer.writeStartArray(KEYS);
    view.keys().forEach(key -> keyCodec.encode(writer, key, context));
    writer.writeEndArray();
    writer.writeEndDocument();
  }

  @Override
  public AccountView decode(BsonReader reader, DecoderContext context) {
    String accountId = "";
    int partition = AccountView.NO_PARTITION;
    long position = 0;
    long knownPosition = 0;
    TwoFactor twoFactor = TwoFactor.DISABLED;
    List<KeyView> keys = new ArrayList<>();
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      switch (reader.readName()) {
        case ID -> accountId = reader.readString();
        case PARTITION -> partition = reader.readInt32();
        case POSITION -> position = reader.readInt64();
        case KNOWN_POSITION -> knownPosition = reader.readInt64();
        case TWO_FACTOR -> twoFactor = TwoFactor.of(reader.readString());
        case KEYS -> {
          reader.readStartArray();
          while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            keys.add(keyCodec.decode(reader, context));
          }
          reader.readEndArray();
        }
        default -> reader.skipValue();
      }
    }
    reader.readEndDocument();
    return new AccountView(accountId, partition, position, knownPosition, twoFactor, keys);
  }

  @Override
  public Class<AccountView> getEncoderClass() {
    return AccountView.class;
  }
}
