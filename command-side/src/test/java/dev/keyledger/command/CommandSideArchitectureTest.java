package dev.keyledger.command;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.keyledger.crypto.SecretText;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of the command side. */
class CommandSideArchitectureTest {
  private static final String KEYRING = "dev.keyledger.command.keyring..";
  private static final String CRYPTO = "dev.keyledger.command.crypto..";
  private static final String HTTP = "dev.keyledger.command.http..";
  private static final String STORE = "dev.keyledger.command.store..";
  private static final String RELAY = "dev.keyledger.command.relay..";
  private static final String MAIL = "dev.keyledger.command.mail..";
  private static final String DUE = "dev.keyledger.command.due..";
  private static final String REVOCATION = "dev.keyledger.command.revocation..";

  private static final Set<String> AXON_IN_THE_DOMAIN =
      Set.of(
          CommandHandler.class.getName(),
          EventSourcingHandler.class.getName(),
          AggregateCreationPolicy.class.getName(),
          AggregateIdentifier.class.getName(),
          AggregateLifecycle.class.getName(),
          CreationPolicy.class.getName(),
          TargetAggregateIdentifier.class.getName(),
          Revision.class.getName());

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.keyledger.command");

  @Test
  void theDomainKnowsNoFrameworkBeyondAFewAnnotations() {
    check(
        classes()
            .that()
            .resideInAPackage(KEYRING)
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                        KEYRING,
                        "dev.keyledger.events..",
                        "java.lang..",
                        "java.time..",
                        "java.util..",
                        "java.nio.charset..",
                        "java.security..",
                        "inet.ipaddr..",
                        "org.jspecify.annotations..")
                    .or(type(SecretText.class))
                    .or(axonInTheDomain()))
            .because("the rules of a key ring are decided without I/O and outlive frameworks"));
  }

  @Test
  void theDomainIsToldTheTimeAndMakesNoRandomness() {
    check(
        noClasses()
            .that()
            .resideInAPackage(KEYRING)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.random.RandomGenerator.class)
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .because("what it decides must be the same whenever and wherever it is asked"));
  }

  @Test
  void cryptoKnowsTheDomainAndNothingElse() {
    check(
        noClasses()
            .that()
            .resideInAPackage(CRYPTO)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HTTP, STORE, RELAY, MAIL, DUE, REVOCATION, "org.axonframework..")
            .because("it makes codes and keys and has no business with where they go"));
  }

  @Test
  void httpGoesThroughTheKeyRings() {
    check(
        noClasses()
            .that()
            .resideInAPackage(HTTP)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                RELAY, MAIL, DUE, CRYPTO, "org.axonframework.eventsourcing..", "javax.sql..")
            .because("a request is a command to one key ring; everything else follows the events"));
  }

  @Test
  void nothingKnowsHttp() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(KEYRING, CRYPTO, STORE, RELAY, MAIL, DUE, REVOCATION)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(HTTP)
            .because("statuses and headers are decided in one place"));
  }

  @Test
  void theRelayKnowsEventsOnly() {
    check(
        noClasses()
            .that()
            .resideInAPackage(RELAY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                KEYRING, CRYPTO, STORE, MAIL, DUE, REVOCATION, "org.springframework.mail..")
            .because("it passes on what was decided and decides nothing"));
  }

  @Test
  void theStoreDoesNotKnowWhatFollowsTheEvents() {
    check(
        noClasses()
            .that()
            .resideInAPackage(STORE)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(RELAY, MAIL, DUE, REVOCATION, CRYPTO)
                    .and(
                        DescribedPredicate.not(
                            DescribedPredicate.describe(
                                "are the contacts",
                                (JavaClass c) -> c.getSimpleName().equals("Contacts")))))
            .because("Axon is set up in one place, and the store works without its followers"));
  }

  @Test
  void packagesDependOnEachOtherInOneDirection() {
    check(
        slices()
            .matching("dev.keyledger.command.(*)..")
            .should()
            .beFreeOfCycles()
            .because("what goes round can't be read from one end to the other"));
  }

  @Test
  void kafkaStaysInTheRelay() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(RELAY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..")
            .because("commands must work while Kafka is down"));
  }

  private static DescribedPredicate<JavaClass> axonInTheDomain() {
    return DescribedPredicate.describe(
        "are annotations or the life cycle of Axon", c -> AXON_IN_THE_DOMAIN.contains(c.getName()));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
