package dev.keyledger.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps secrets and addresses out of the log that never forgets (contract, section 6): a field that
 * sounds like one fails here until somebody has looked at it and added it to the reviewed ones.
 */
class NothingToStealTest {
  private static final Pattern SUSPICIOUS =
      Pattern.compile(
          "code|secret|seed|mail|otp|pass|private|token|address|sentto|pem|credential|plain",
          Pattern.CASE_INSENSITIVE);

  /** Looked at: the id of a root key, and the number of a time step. Neither opens anything. */
  private static final Set<String> REVIEWED = Set.of("secretRootKeyId", "totpStep");

  /** Types in which every value has a name of its own; no maps, bytes or free-form JSON. */
  private static final Set<Class<?>> PLAIN =
      Set.of(
          String.class,
          Instant.class,
          Duration.class,
          List.class,
          int.class,
          long.class,
          Long.class,
          Operation.class,
          Rights.class,
          RateLimit.class);

  @Test
  void noFieldSoundsLikeASecretOrAnAddress() {
    assertThat(components().map(RecordComponent::getName).distinct())
        .filteredOn(name -> SUSPICIOUS.matcher(name).find())
        .isSubsetOf(REVIEWED);
  }

  @Test
  void noFieldCouldHideOne() {
    assertThat(components().<Class<?>>map(RecordComponent::getType).distinct()).isSubsetOf(PLAIN);
    assertThat(components().map(RecordComponent::getGenericType).distinct())
        .filteredOn(type -> type.getTypeName().startsWith("java.util.List"))
        .allSatisfy(
            type -> assertThat(type.getTypeName()).isEqualTo("java.util.List<java.lang.String>"));
  }

  private static Stream<RecordComponent> components() {
    return Stream.of(
            Arrays.stream(KeyRingEvent.class.getPermittedSubclasses()),
            Arrays.stream(Operation.class.getPermittedSubclasses()),
            Stream.of(Rights.class, RateLimit.class, LiveKey.class))
        .flatMap(types -> types)
        .flatMap(type -> Arrays.stream(type.getRecordComponents()));
  }
}
