package dev.keyledger.query;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which part may know which. */
class ArchitectureTest {
  private static final String VIEWS = "dev.keyledger.query.views..";
  private static final String STORE = "dev.keyledger.query.store..";
  private static final String PROJECTION = "dev.keyledger.query.projection..";
  private static final String STREAM = "dev.keyledger.query.stream..";
  private static final String MEMORY = "dev.keyledger.query.memory..";
  private static final String VERIFICATION = "dev.keyledger.query.verification..";
  private static final String AUDIT = "dev.keyledger.query.audit..";
  private static final String HTTP = "dev.keyledger.query.http..";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.keyledger.query");

  @Test
  void knowsNothingOfTheCommandSide() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.keyledger.command..", "org.axonframework..", "io.axoniq..")
        .because("the two sides meet in Kafka only: what this side can do, any subscriber can do")
        .check(classes);
  }

  @Test
  void viewsAreFreeOfFrameworksAndStores() {
    noClasses()
        .that()
        .resideInAPackage(VIEWS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "org.apache.kafka..",
            "com.mongodb..",
            "org.bson..",
            "tools.jackson..",
            "com.fasterxml..",
            STORE,
            PROJECTION,
            HTTP)
        .because("what an account sees follows from its events alone")
        .check(classes);
  }

  @Test
  void mongoStaysInTheStore() {
    noClasses()
        .that(resideInAnyPackage(STREAM, PROJECTION, MEMORY, VERIFICATION, AUDIT, HTTP, VIEWS))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.mongodb..", "org.bson..", STORE)
        .because("the view can be kept elsewhere without touching who writes and who reads it")
        .check(classes);
  }

  @Test
  void kafkaStaysWithTheStream() {
    noClasses()
        .that(resideInAnyPackage(STORE, VERIFICATION, HTTP, VIEWS))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..", PROJECTION, STREAM)
        .because("answers come from the view, also while Kafka is down")
        .check(classes);
  }

  @Test
  void nothingLeansOnHttp() {
    noClasses()
        .that(resideInAnyPackage(STORE, STREAM, PROJECTION, MEMORY, VERIFICATION, AUDIT, VIEWS))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HTTP, "dev.keyledger.http..")
        .because("statuses and headers are decided in one place")
        .check(classes);
  }

  @Test
  void packagesFormNoCircle() {
    slices()
        .matching("dev.keyledger.query.(*)..")
        .should()
        .beFreeOfCycles()
        .because("each part can be read by itself")
        .check(classes);
  }
}
