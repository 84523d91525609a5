package dev.keyledger.command.relay;

import dev.keyledger.command.TestNode;
import dev.keyledger.events.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.aopalliance.intercept.MethodInterceptor;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * A node that makes events, and at one step on the way from the event store to the checkpoint comes
 * no further: it says so with a file, and waits there to be killed.
 */
final class MortalNode implements BeanPostProcessor {
  private static final int MOST_ACCOUNTS = 2_000;

  /** What was done last. */
  enum Step {
    PLACES_WRITTEN,
    PLACES_COMMITTED,
    SENT,
    ACKNOWLEDGED,
    NOTED,
    CHECKPOINT_KEPT,
    CHECKPOINT_SENT,
    CHECKPOINT_ACKNOWLEDGED,
    KEY_SENT,
    KEY_COMMITTED
  }

  private final Step last;
  private final Path marker;
  private volatile boolean armed;

  private MortalNode(Step last, Path marker) {
    this.last = last;
    this.marker = marker;
  }

  /**
   * Runs until it is killed.
   *
   * @param arguments the step, the file, and the node's properties
   */
  public static void main(String[] arguments) {
    MortalNode mortal = new MortalNode(Step.valueOf(arguments[0]), Path.of(arguments[1]));
    Map<String, String> properties =
        Arrays.stream(arguments)
            .skip(2)
            .map(argument -> argument.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    TestNode node = TestNode.startHooked(properties, mortal);
    for (int i = 0; i < MOST_ACCOUNTS; i++) {
      node.holder().make("Bot1x");
      mortal.armed = true;
    }
    LockSupport.park();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return switch (bean) {
      case LogEntries entries -> after(entries, "append", Step.PLACES_WRITTEN);
      case Publication publication -> after(publication, "note", Step.NOTED);
      case CheckpointStore store -> after(store, "replace", Step.CHECKPOINT_KEPT);
      case Supplier<?> producers when name.equals("relayProducers") ->
          (Supplier<Producer<?, ?>>)
              () ->
                  mortal(
                      (Producer<?, ?>) producers.get(),
                      (producer, send, arguments) ->
                          send(producer, send, (ProducerRecord<?, ?>) arguments[0], arguments[1]));
      case Supplier<?> producers when name.equals("liveKeyProducers") ->
          (Supplier<Producer<?, ?>>) () -> mortal((Producer<?, ?>) producers.get(), this::sendKey);
      default -> bean;
    };
  }

  private Object after(Object bean, String method, Step step) {
    ProxyFactory proxy = new ProxyFactory(bean);
    proxy.setProxyTargetClass(true);
    proxy.addAdvice(
        (MethodInterceptor)
            call -> {
              Object result = call.proceed();
              if (call.getMethod().getName().equals(method)) {
                done(step);
              }
              return result;
            });
    return proxy.getProxy();
  }

  private interface Sending {
    Object send(Producer<?, ?> to, Method send, Object[] arguments) throws Throwable;
  }

  /** Equal to itself only, as a producer is. */
  @SuppressWarnings("ReferenceEquality")
  private Producer<?, ?> mortal(Producer<?, ?> producer, Sending sending) {
    return (Producer<?, ?>)
        Proxy.newProxyInstance(
            MortalNode.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "send" -> sending.send(producer, method, arguments);
                  case "commitTransaction" -> commit(producer, method, arguments);
                  case "equals" -> proxy == arguments[0];
                  default -> call(producer, method, arguments);
                });
  }

  private Object sendKey(Producer<?, ?> to, Method send, Object[] arguments) throws Throwable {
    Object sent = call(to, send, arguments);
    to.flush();
    done(Step.KEY_SENT);
    return sent;
  }

  private @Nullable Object commit(Producer<?, ?> to, Method commit, Object[] none)
      throws Throwable {
    Object done = call(to, commit, none);
    done(Step.KEY_COMMITTED);
    return done;
  }

  private Object send(Producer<?, ?> to, Method send, ProducerRecord<?, ?> record, Object callback)
      throws Throwable {
    boolean event = record.topic().equals(Topics.EVENTS);
    if (event) {
      done(Step.PLACES_COMMITTED);
    }
    Callback acknowledged =
        (metadata, failure) -> {
          if (failure == null) {
            done(event ? Step.ACKNOWLEDGED : Step.CHECKPOINT_ACKNOWLEDGED);
          }
          ((Callback) callback).onCompletion(metadata, failure);
        };
    Object sent = call(to, send, new Object[] {record, acknowledged});
    done(event ? Step.SENT : Step.CHECKPOINT_SENT);
    return sent;
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private void done(Step step) {
    if (!armed || step != last) {
      return;
    }
    try {
      Files.writeString(marker, step.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (true) {
      LockSupport.park();
    }
  }
}
