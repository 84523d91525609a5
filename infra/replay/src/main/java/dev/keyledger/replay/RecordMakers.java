package dev.keyledger.replay;

import static java.lang.invoke.MethodType.genericMethodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedConstructor;

/**
 * Makes records by a handle that is made ready once. Jackson (3.1) calls a constructor of several
 * parameters by {@link MethodHandle#invokeWithArguments}, which finds out each time how to: that
 * was a seventh of the time that reading an event took.
 */
final class RecordMakers extends JacksonModule {
  @Override
  public String getModuleName() {
    return "record-makers";
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void setupModule(SetupContext context) {
    context.addValueInstantiators(
        new ValueInstantiators.Base() {
          @Override
          public ValueInstantiator modifyValueInstantiator(
              DeserializationConfig config,
              BeanDescription.Supplier type,
              ValueInstantiator instantiator) {
            return type.getBeanClass().isRecord()
                    && instantiator instanceof StdValueInstantiator standard
                    && standard.getWithArgsCreator() instanceof AnnotatedConstructor creator
                ? new RecordMaker(standard, creator.getAnnotated())
                : instantiator;
          }
        });
  }

  private static final class RecordMaker extends StdValueInstantiator {
    private final MethodHandle maker;

    RecordMaker(StdValueInstantiator standard, Constructor<?> constructor) {
      super(standard);
      int parameters = constructor.getParameterCount();
      try {
        maker =
            MethodHandles.publicLookup()
                .unreflectConstructor(constructor)
                .asFixedArity()
                .asType(genericMethodType(parameters))
                .asSpreader(Object[].class, parameters);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("no access to " + constructor, e);
      }
    }

    @Override
    public Object createFromObjectWith(DeserializationContext context, Object[] arguments) {
      try {
        return (Object) maker.invokeExact(arguments);
      } catch (Error e) {
        throw e;
      } catch (Throwable e) {
        return context.handleInstantiationProblem(
            getValueClass(), arguments, rewrapCtorProblem(context, e));
      }
    }
  }
}
