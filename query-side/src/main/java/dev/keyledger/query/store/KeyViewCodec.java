package dev.keyledger.query.store;

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

/** One key inside an account's document. Instants are text, since BSON's end at milliseconds. */
final class KeyViewCodec implements Codec<KeyView> {
  private static final String PUBLIC_API_KEY = "publicApiKey";
  private static final String LABEL = "label";
  private static final String ALGORITHM = "algorithm";
  private static final String VERIFICATION_KEY = "verificationKey";
  private static final String PERMISSIONS = "permissions";
  private static final String TRUSTED_IPS = "trustedIps";
  private static final String CREATED_AT = "createdAt";
  private static final String UPDATED_AT = "updatedAt";
  private static final String EXPIRES_AT = "expiresAt";

  @Override
  public void encode(BsonWriter writer, KeyView key, EncoderContext context) {
    writer.writeStartDocument();
    writer.writeString(PUBLIC_API_KEY, key.publicApiKey());
    writer.writeString(LABEL, key.label());
    writer.writeString(ALGORITHM, key.algorithm());
    if (key.verificationKey() != null) {
      writer.writeString(VERIFICATION_KEY, key.verificationKey());
    }
    write(writer, PERMISSIONS, key.permissions());
    write(writer, TRUSTED_IPS, key.trustedIps());
    writer.writeString(CREATED_AT, key.createdAt());
    writer.writeString(UPDATED_AT, key.updatedAt());
    if (key.expiresAt() != null) {
      writer.writeString(EXPIRES_AT, key.expiresAt().toString());
    }
    writer.writeEndDocument();
  }

  @Override
  public KeyView decode(BsonReader reader, DecoderContext context) {
    String publicApiKey = "";
    String label = "";
    String algorithm = "";
    @Nullable String verificationKey = null;
    List<String> permissions = List.of();
    List<String> trustedIps = List.of();
    String createdAt = "";
    String updatedAt = "";
    @Nullable Instant expiresAt = null;
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      switch (reader.readName()) {
        case PUBLIC_API_KEY -> publicApiKey = reader.readString();
        case LABEL -> label = reader.readString();
        case ALGORITHM -> algorithm = reader.readString();
        case VERIFICATION_KEY -> verificationKey = reader.readString();
        case PERMISSIONS -> permissions = strings(reader);
        case TRUSTED_IPS -> trustedIps = strings(reader);
        case CREATED_AT -> createdAt = reader.readString();
        case UPDATED_AT -> updatedAt = reader.readString();
        case EXPIRES_AT -> expiresAt = Instant.parse(reader.readString());
        default -> reader.skipValue();
      }
    }
    reader.readEndDocument();
    return new KeyView(
        publicApiKey,
        label,
        algorithm,
        verificationKey,
        permissions,
        trustedIps,
        createdAt,
        updatedAt,
        expiresAt);
  }

  @Override
  public Class<KeyView> getEncoderClass() {
    return KeyView.class;
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
}
