package io.ringfence.margin;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The models use nothing whose last bit, order or presence differs between machines. */
@AnalyzeClasses(packages = "io.ringfence.margin", importOptions = DoNotIncludeTests.class)
class FixedBitsTest {

  /** Exact, or correctly rounded everywhere. */
  private static final Set<String> EXACT = Set.of("sqrt", "abs", "min", "max", "rint");

  @ArchTest
  static final ArchRule onlyExactFunctionsOfThePlatform = noClasses()
      .should().callCodeUnitWhere(describe("is a function of Math that is not exact", FixedBitsTest::isInexact));

  @ArchTest
  static final ArchRule nothingOutsideTheLanguagesCore = noClasses()
      .should().dependOnClassesThat().resideInAnyPackage(
          "java.lang.reflect..", "java.util.concurrent..", "java.util.random..", "jdk.incubator..", "java.net..", "java.nio.file..");

  @ArchTest
  static final ArchRule noThreads = noClasses().should().dependOnClassesThat().areAssignableTo(Thread.class);

  @ArchTest
  static final ArchRule pricesKnowNoModel = noClasses().that().resideInAPackage("..pricing..")
      .should().dependOnClassesThat().resideOutsideOfPackages("java.lang..", "..pricing..");

  @ArchTest
  static final ArchRule standardModelDoesNotKnowThePortfolios = noClasses().that().resideInAPackage("io.ringfence.margin")
      .should().dependOnClassesThat().resideInAPackage("..portfolio..");

  private static boolean isInexact(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    return (owner.equals("java.lang.Math") || owner.equals("java.lang.StrictMath")) && !EXACT.contains(call.getName());
  }
}
