package dev.keyledger.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Keeps the shared module light enough for anybody's service. */
class SharedEventsArchitectureTest {

  @Test
  void dependsOnTheJdkAndAnnotationsOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "dev.keyledger.events..",
            "com.fasterxml.jackson.annotation..",
            "org.jspecify.annotations..")
        .because("other teams' subscribers take it as a library and must not inherit ours")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.keyledger.events"));
  }
}
