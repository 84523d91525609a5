package dev.keyledger.http.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is not nullable in a record is required in its schema. */
final class RequiredFields implements ModelConverter {

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    JavaType java = Json.mapper().constructType(type.getType());
    if (schema != null && java != null && java.getRawClass().isRecord()) {
      Schema<?> model =
          schema.get$ref() == null
              ? schema
              : context
                  .getDefinedModels()
                  .get(schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1));
      if (model != null) {
        require(model, java.getRawClass());
      }
    }
    return schema;
  }

  private static void require(Schema<?> model, Class<?> type) {
    List<String> required =
        Arrays.stream(type.getRecordComponents())
            .filter(component -> !isNullable(component))
            .map(RecordComponent::getName)
            .toList();
    if (!required.isEmpty()) {
      model.setRequired(required);
    }
  }

  private static boolean isNullable(RecordComponent component) {
    io.swagger.v3.oas.annotations.media.Schema described =
        component.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        || (described != null && described.requiredMode() == RequiredMode.NOT_REQUIRED);
  }
}
