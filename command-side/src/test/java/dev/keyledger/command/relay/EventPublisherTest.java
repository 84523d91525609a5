package dev.keyledger.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
  private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
  private final EventPublisher publisher = new EventPublisher(this::newProducer, () -> {});

  @Test
  void aBatchIsDoneWhenAllOfItIsAcknowledged() {
    EventPublisher.Batch batch = publisher.begin();
    publish(batch, 1, 2);
    producers.getFirst().completeNext();
    producers.getFirst().completeNext();

    batch.await();

    assertThat(positions(0)).containsExactly("1", "2");
  }

  @Test
  void aFailedDeliveryFailsTheBatch() {
    EventPublisher.Batch batch = publisher.begin();
    publish(batch, 1);
    producers.getFirst().errorNext(new TimeoutException("away"));

    assertThatThrownBy(batch::await)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void afterAFailedDeliveryNothingOfTheBatchIsSentBeforeTheRetry() {
    EventPublisher.Batch batch = publisher.begin();
    publish(batch, 1, 2);
    producers.getFirst().errorNext(new TimeoutException("away"));

    assertThatThrownBy(() -> publish(batch, 3)).isInstanceOf(KafkaException.class);
    assertThat(producers).hasSize(1);
    assertThat(producers.getFirst().closed()).isTrue();
    assertThat(positions(0)).containsExactly("1", "2");

    EventPublisher.Batch retry = publisher.begin();
    publish(retry, 1, 2, 3);
    assertThat(positions(1)).containsExactly("1", "2", "3");
  }

  @Test
  void anotherBatchOfTheSameProducerEndsToo() {
    EventPublisher.Batch failing = publisher.begin();
    EventPublisher.Batch other = publisher.begin();
    publish(failing, 1);
    publish(other, 7);
    producers.getFirst().errorNext(new TimeoutException("away"));

    assertThatThrownBy(() -> publish(other, 8)).isInstanceOf(KafkaException.class);
    assertThat(positions(0)).containsExactly("1", "7");
  }

  @Test
  void aNewProducerDoesNotReviveABatchOfTheOldOne() {
    EventPublisher.Batch old = publisher.begin();
    publish(old, 1);
    producers.getFirst().errorNext(new TimeoutException("away"));
    publish(publisher.begin(), 1);

    assertThatThrownBy(() -> publish(old, 2)).isInstanceOf(KafkaException.class);
    assertThat(positions(1)).containsExactly("1");
  }

  @Test
  void aProducerThatRefusesAnEventIsThrownAway() {
    EventPublisher.Batch batch = publisher.begin();
    producers.getFirst().sendException = new KafkaException("full");

    assertThatThrownBy(() -> publish(batch, 1)).hasMessage("full");
    assertThat(producers.getFirst().closed()).isTrue();
  }

  @Test
  void withoutATopicThereIsNoBatch() {
    EventPublisher noTopic =
        new EventPublisher(
            this::newProducer,
            () -> {
              throw new KafkaException("no topic");
            });

    assertThatThrownBy(noTopic::begin).hasMessage("no topic");
    assertThat(producers).isEmpty();
  }

  private MockProducer<String, byte[]> newProducer() {
    var producer =
        new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    producers.add(producer);
    return producer;
  }

  private static void publish(EventPublisher.Batch batch, long... positions) {
    for (long position : positions) {
      batch.publish(Records.event("alice", position).at(position));
    }
  }

  private List<String> positions(int producer) {
    return producers.get(producer).history().stream().map(EventPublisherTest::position).toList();
  }

  private static String position(ProducerRecord<String, byte[]> record) {
    byte[] value = Objects.requireNonNull(record.headers().lastHeader("ce_position")).value();
    return new String(value, StandardCharsets.UTF_8);
  }
}
