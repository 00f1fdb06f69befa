package io.ringfence.margin.portfolio;

import io.ringfence.margin.InvalidFigureException;
import java.util.List;

/**
 * What one asset counts for.
 *
 * @param maintenanceHaircut part of its value that does not count for the maintenance margin
 * @param initialHaircut further part that does not count for the initial margin; with the largest step they make at most 1
 * @param riskCancelling whether it moves with the underlying, so that scenarios move it too
 * @param cap the most value in settlement asset that counts for an account
 * @param steps concentration steps with rising values, each replacing the one before it
 */
public record CollateralRule(
    double maintenanceHaircut, double initialHaircut, boolean riskCancelling, double cap, List<ConcentrationStep> steps) {

  /** Refuses figures out of range and steps out of order. */
  public CollateralRule {
    maintenanceHaircut = Admission.fraction("collateral.maintenanceHaircut", maintenanceHaircut);
    initialHaircut = Admission.fraction("collateral.initialHaircut", initialHaircut);
    cap = Admission.notNegative("collateral.cap", cap);
    steps = List.copyOf(Admission.present("collateral.steps", steps));
    double last = 0.0;
    double most = 0.0;
    for (ConcentrationStep step : steps) {
      if (step.from() <= last) {
        throw new InvalidFigureException("collateral.steps.from", "is " + step.from() + ", not above the step before it");
      }
      last = step.from();
      most = Math.max(most, step.added());
    }
    if (maintenanceHaircut + initialHaircut + most > 1.0 + 1e-12) {
      throw new InvalidFigureException("collateral.initialHaircut", "makes the haircuts more than 1 in all; more collateral would hurt");
    }
  }

  /** The part of a value within the cap that does not count for maintenance, settlement asset: slices in rising order, each at its rate. */
  public double deduction(double value) {
    double deducted = 0.0;
    double from = 0.0;
    double rate = maintenanceHaircut;
    // By index: this runs for every account at every tick, and an iterator would be an object each time.
    for (int i = 0; i < steps.size(); i++) {
      ConcentrationStep step = steps.get(i);
      double to = Math.min(value, step.from());
      deducted = deducted + Math.max(0.0, to - from) * rate;
      from = step.from();
      rate = maintenanceHaircut + step.added();
    }
    return deducted + Math.max(0.0, value - from) * rate;
  }
}
