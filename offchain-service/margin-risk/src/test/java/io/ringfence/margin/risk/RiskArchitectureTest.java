package io.ringfence.margin.risk;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** No I/O, no clock, no function whose bits differ between machines; and backtest and stress do not know each other. */
@AnalyzeClasses(
    packages = {"io.ringfence.margin.risk", "io.ringfence.margin.backtest", "io.ringfence.margin.stress"},
    importOptions = DoNotIncludeTests.class)
class RiskArchitectureTest {

  private static final Set<String> EXACT = Set.of("sqrt", "abs", "min", "max", "rint");

  @ArchTest
  static final ArchRule onlyExactFunctionsOfThePlatform = noClasses().should().callCodeUnitWhere(
      DescribedPredicate.describe("is a function of Math that is not exact", RiskArchitectureTest::isInexact));

  @ArchTest
  static final ArchRule noInputOrOutput = noClasses().should().dependOnClassesThat().resideInAnyPackage(
      "java.io..", "java.nio.file..", "java.net..", "java.util.concurrent..", "java.util.random..", "com.fasterxml..");

  @ArchTest
  static final ArchRule noClock = noClasses().should().callCodeUnitWhere(
      DescribedPredicate.describe("reads a clock", call -> call.getName().equals("now") || call.getName().equals("nanoTime")));

  @ArchTest
  static final ArchRule whatIsSharedKnowsNeither = noClasses().that().resideInAPackage("..margin.risk")
      .should().dependOnClassesThat(resideInAPackage("..margin.backtest").or(resideInAPackage("..margin.stress")));

  @ArchTest
  static final ArchRule backtestDoesNotKnowStress =
      noClasses().that().resideInAPackage("..margin.backtest").should().dependOnClassesThat().resideInAPackage("..margin.stress");

  @ArchTest
  static final ArchRule stressDoesNotKnowBacktest =
      noClasses().that().resideInAPackage("..margin.stress").should().dependOnClassesThat().resideInAPackage("..margin.backtest");

  private static boolean isInexact(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    return (owner.equals("java.lang.Math") || owner.equals("java.lang.StrictMath")) && !EXACT.contains(call.getName());
  }
}
