package dev.keyledger.command;

import dev.keyledger.command.store.KeyRings;
import dev.keyledger.testkit.TestPlatform;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A command side under test: the real application, on the test platform unless told otherwise. */
public final class TestNode implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final Map<String, String> properties;
  private final @Nullable InstantSource clock;

  private TestNode(
      ConfigurableApplicationContext context,
      Map<String, String> properties,
      @Nullable InstantSource clock) {
    this.context = context;
    this.properties = properties;
    this.clock = clock;
  }

  /** A node on a database of its own, on which codes follow each other without a pause. */
  public static TestNode start() {
    return start(properties());
  }

  public static TestNode start(Map<String, String> properties) {
    return start(properties, null);
  }

  /**
   * A node with these properties.
   *
   * @param clock what the node takes for the time; null for the real one
   */
  public static TestNode start(Map<String, String> properties, @Nullable InstantSource clock) {
    return start(properties, clock, context -> {});
  }

  private static TestNode start(
      Map<String, String> properties,
      @Nullable InstantSource clock,
      Consumer<GenericApplicationContext> preparation) {
    String[] arguments =
        properties.entrySet().stream()
            .map(property -> "--" + property.getKey() + "=" + property.getValue())
            .toArray(String[]::new);
    return new TestNode(
        new SpringApplicationBuilder(CommandSideApplication.class)
            .initializers(
                context -> prepare((GenericApplicationContext) context, clock),
                context -> preparation.accept((GenericApplicationContext) context))
            .run(arguments),
        properties,
        clock);
  }

  /**
   * A node with these properties.
   *
   * @param hook may put something else in a bean's place
   */
  public static TestNode startHooked(Map<String, String> properties, BeanPostProcessor hook) {
    return start(properties, null, context -> context.getBeanFactory().addBeanPostProcessor(hook));
  }

  private static void prepare(GenericApplicationContext context, @Nullable InstantSource clock) {
    context.registerBean(ReactorResourceFactory.class, TestNode::ownResources);
    if (clock != null) {
      context.registerBean(
          "testClock", InstantSource.class, () -> clock, bean -> bean.setPrimary(true));
    }
  }

  /** What the web server runs on; the one that JVMs share would end with the first node. */
  private static ReactorResourceFactory ownResources() {
    ReactorResourceFactory resources = new ReactorResourceFactory();
    resources.setUseGlobalResources(false);
    return resources;
  }

  /** Another node on the same database. */
  public TestNode sibling(String nodeId) {
    Map<String, String> others = new HashMap<>(properties);
    others.put("keyledger.node-id", nodeId);
    return start(others, clock);
  }

  /** Properties of a node on a database of its own; the second factor is asked of who has it. */
  public static Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(TestPlatform.get().commandSideProperties());
    properties.put("keyledger.two-factor.policy", "if-enrolled");
    properties.put("keyledger.codes.resend-cooldown", "0s");
    return properties;
  }

  public <T> T get(Class<T> bean) {
    return context.getBean(bean);
  }

  public KeyRings rings() {
    return get(KeyRings.class);
  }

  public JdbcClient jdbc() {
    return get(JdbcClient.class);
  }

  public int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** An account that nothing happened to. */
  public Holder holder() {
    return new Holder(this, TestPlatform.get().freshName("acct"));
  }

  @Override
  public void close() {
    context.close();
  }
}
