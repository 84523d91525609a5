package dev.keyledger.query.store;

import dev.keyledger.events.RateLimit;
import dev.keyledger.events.Rights;
import dev.keyledger.query.views.KeyView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/**
 * One key inside an account's document. Instants are text, since BSON's end at milliseconds. What
 * it does not know is passed over.
 */
final class KeyViewCodec implements Codec<KeyView> {
  private static final String PUBLIC_API_KEY = "publicApiKey";
  private static final String LABEL = "label";
  private static final String ALGORITHM = "algorithm";
  private static final String VERIFICATION_KEY = "verificationKey";
  private static final String SECRET_ROOT_KEY_ID = "secretRootKeyId";
  private static final String PERMISSIONS = "permissions";
  private static final String TRUSTED_IPS = "trustedIps";
  private static final String PER_SECOND = "perSecond";
  private static final String BURST = "burst";
  private static final String DISABLED_REASON = "disabledReason";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String RETIRES_AT = "retiresAt";
  private static final String ROTATED_TO = "rotatedTo";
  private static final String ROTATED_FROM = "rotatedFrom";
  private static final String CREATED_AT = "createdAt";
  private static final String UPDATED_AT = "updatedAt";

  @Override
  public void encode(BsonWriter writer, KeyView key, EncoderContext context) {
    writer.writeStartDocument();
    writer.writeString(PUBLIC_API_KEY, key.publicApiKey());
    writer.writeString(LABEL, key.label());
    writer.writeString(ALGORITHM, key.algorithm());
    write(writer, VERIFICATION_KEY, key.verificationKey());
    write(writer, SECRET_ROOT_KEY_ID, key.secretRootKeyId());
    write(writer, PERMISSIONS, key.rights().permissions());
    write(writer, TRUSTED_IPS, key.rights().trustedIps());
    RateLimit limit = key.rights().rateLimit();
    if (limit != null) {
      writer.writeInt32(PER_SECOND, limit.perSecond());
      writer.writeInt32(BURST, limit.burst());
    }
    write(writer, DISABLED_REASON, key.disabledReason());
    write(writer, EXPIRES_AT, key.expiresAt());
    write(writer, RETIRES_AT, key.retiresAt());
    write(writer, ROTATED_TO, key.rotatedTo());
    write(writer, ROTATED_FROM, key.rotatedFrom());
    writer.writeString(CREATED_AT, key.createdAt());
    writer.writeString(UPDATED_AT, key.updatedAt());
    writer.writeEndDocument();
  }

  @Override
  public KeyView decode(BsonReader reader, DecoderContext context) {
    Fields fields = new Fields();
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      String name = reader.readName();
      switch (reader.getCurrentBsonType()) {
        case STRING -> fields.put(name, reader.readString());
        case ARRAY -> fields.put(name, strings(reader));
        case INT32 -> fields.put(name, reader.readInt32());
        default -> reader.skipValue();
      }
    }
    reader.readEndDocument();
    return fields.key();
  }

  @Override
  public Class<KeyView> getEncoderClass() {
    return KeyView.class;
  }

  private static void write(BsonWriter writer, String name, @Nullable Object value) {
    if (value != null) {
      writer.writeString(name, value.toString());
    }
  }

  private static void write(BsonWriter writer, String name, List<String> values) {
    writer.writeStartArray(name);
    values.forEach(writer::writeString);
    writer.writeEndArray();
  }

  private static List<String> strings(BsonReader reader) {
    List<String> values = new ArrayList<>();
    reader.readStartArray();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      values.add(reader.readString());
    }
    reader.readEndArray();
    return values;
  }

  /** What of a key was read so far; a list shows many keys, so no maps are made for each. */
  private static final class Fields {
    private String publicApiKey = "";
    private String label = "";
    private String algorithm = "";
    private @Nullable String verificationKey;
    private @Nullable String secretRootKeyId;
    private List<String> permissions = List.of();
    private List<String> trustedIps = List.of();
    private @Nullable Integer perSecond;
    private @Nullable Integer burst;
    private @Nullable String disabledReason;
    private @Nullable Instant expiresAt;
    private @Nullable Instant retiresAt;
    private @Nullable String rotatedTo;
    private @Nullable String rotatedFrom;
    private String createdAt = "";
    private String updatedAt = "";

    void put(String name, String text) {
      switch (name) {
        case PUBLIC_API_KEY -> publicApiKey = text;
        case LABEL -> label = text;
        case ALGORITHM -> algorithm = text;
        case VERIFICATION_KEY -> verificationKey = text;
        case SECRET_ROOT_KEY_ID -> secretRootKeyId = text;
        case DISABLED_REASON -> disabledReason = text;
        case EXPIRES_AT -> expiresAt = Instant.parse(text);
        case RETIRES_AT -> retiresAt = Instant.parse(text);
        case ROTATED_TO -> rotatedTo = text;
        case ROTATED_FROM -> rotatedFrom = text;
        case CREATED_AT -> createdAt = text;
        case UPDATED_AT -> updatedAt = text;
        default -> {
          // A later version's.
        }
      }
    }

    void put(String name, List<String> texts) {
      switch (name) {
        case PERMISSIONS -> permissions = texts;
        case TRUSTED_IPS -> trustedIps = texts;
        default -> {
          // A later version's.
        }
      }
    }

    void put(String name, int number) {
      switch (name) {
        case PER_SECOND -> perSecond = number;
        case BURST -> burst = number;
        default -> {
          // A later version's.
        }
      }
    }

    KeyView key() {
      return new KeyView(
          publicApiKey,
          label,
          algorithm,
          verificationKey,
          secretRootKeyId,
          new Rights(
              permissions,
              trustedIps,
              perSecond == null || burst == null ? null : new RateLimit(perSecond, burst)),
          disabledReason,
          expiresAt,
          retiresAt,
          rotatedTo,
          rotatedFrom,
          createdAt,
          updatedAt);
    }
  }
}
