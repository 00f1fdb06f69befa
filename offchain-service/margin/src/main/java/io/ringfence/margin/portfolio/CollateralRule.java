package io.ringfence.margin.portfolio;

import io.ringfence.margin.InvalidFigureException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What one asset counts for.
 *
 * @param maintenanceHaircut part of its value that does not count for the maintenance margin
 * @param initialHaircut further part that does not count for the initial margin; with the largest step they make at most 1
 * @param follows the underlying whose moves it follows, as {@code BTC}: in that scan, and in no other, scenarios move it too; empty if none
 * @param cap the most value in settlement asset that counts for an account
 * @param steps concentration steps with rising values, each replacing the one before it
 */
public record CollateralRule(
    double maintenanceHaircut, double initialHaircut, String follows, double cap, List<ConcentrationStep> steps) {

  private static final Pattern UNDERLYING = Pattern.compile("([A-Z][A-Z0-9]{0,11})?");

  /** Refuses figures out of range and steps out of order. */
  public CollateralRule {
    maintenanceHaircut = Admission.fraction("collateral.maintenanceHaircut", maintenanceHaircut);
    initialHaircut = Admission.fraction("collateral.initialHaircut", initialHaircut);
    if (!UNDERLYING.matcher(Admission.present("collateral.follows", follows)).matches()) {
      throw new InvalidFigureException("collateral.follows", "is not 1 to 12 capitals and digits, a capital first; or empty for none");
    }
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

  /** Whether scenarios of an underlying move it. */
  public boolean movesWith(String underlying) {
    return !follows.isEmpty() && follows.equals(underlying);
  }

  /** How many slices the part within the cap falls into at most: one up to each step, and one from the last step to the cap. */
  public int slices() {
    return steps.size() + 1;
  }

  /** The value at which a slice ends, settlement asset: its step, or the cap if that is nearer. */
  public double sliceEnd(int slice) {
    return slice < steps.size() ? Math.min(cap, steps.get(slice).from()) : cap;
  }

  /** The part of a slice that does not count for the maintenance margin. */
  public double maintenanceHaircut(int slice) {
    return slice == 0 ? maintenanceHaircut : Math.min(1.0, maintenanceHaircut + steps.get(slice - 1).added());
  }

  /** The further part of a slice that does not count for the initial margin. */
  public double initialHaircut(int slice) {
    return Math.min(initialHaircut, 1.0 - maintenanceHaircut(slice));
  }
}
