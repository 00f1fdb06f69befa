package io.ringfence.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.ringfence.service.access.Needs;
import io.ringfence.service.access.Public;
import io.ringfence.service.access.WalletSigned;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;

@AnalyzeClasses(packages = "io.ringfence.service", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesGoOneWay = slices().matching("io.ringfence.service.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingImportsStartUp =
      noClasses().that().resideOutsideOfPackage("..service.boot..").should().dependOnClassesThat().resideInAPackage("..service.boot..");

  @ArchTest
  static final ArchRule ledgerImportsOnlyTheStore = noClasses().that().resideInAPackage("..service.ledger..").should()
      .dependOnClassesThat().resideInAnyPackage("..service.ingest..", "..service.feed..", "..service.access..", "..service.epoch..",
          "..service.defaulting..", "..service.settlement..", "..service.consent..", "..service.status..");

  @ArchTest
  static final ArchRule feedsAndIngestKnowNothingOfTheEngine = noClasses()
      .that().resideInAnyPackage("..service.feed..", "..service.ingest..")
      .should().dependOnClassesThat().resideInAnyPackage("..service.epoch..", "..service.margin..", "..service.defaulting..",
          "..service.settlement..", "..service.consent..", "..service.status..", "..service.transaction..");

  @ArchTest
  static final ArchRule moneyIsNeverDouble = noClasses()
      .that().resideInAnyPackage("..service.ledger..", "..service.feed..", "..service.ingest..")
      .should().dependOnClassesThat().areAssignableTo(Double.class);

  @ArchTest
  static final ArchRule everyEndpointStatesItsAccess = methods()
      .that().areAnnotatedWith(GET.class).or().areAnnotatedWith(POST.class).or().areAnnotatedWith(PUT.class)
      .or().areAnnotatedWith(PATCH.class).or().areAnnotatedWith(DELETE.class)
      .should().beAnnotatedWith(Needs.class).orShould().beAnnotatedWith(Public.class).orShould().beAnnotatedWith(WalletSigned.class);

  @ArchTest
  static final ArchRule writesAreNeverPublic = methods()
      .that().areAnnotatedWith(POST.class).or().areAnnotatedWith(PUT.class).or().areAnnotatedWith(PATCH.class)
      .or().areAnnotatedWith(DELETE.class)
      .should().notBeAnnotatedWith(Public.class);
}
