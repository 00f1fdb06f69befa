package io.ringfence.margin;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every figure of the standard margin. Rates are fractions (0.15 is 15%).
 *
 * <p>The canonical form ({@link #canonicalBytes()}) identifies the parameters; its Keccak-256 hash is a root's {@code modelHash}. The
 * defaults in that form are the resource {@code standard-default.json} of this package. Its shape is this record's, so a JSON mapper that
 * binds records reads it; numbers are strings, because they are decimals.
 *
 * @param model {@link #MODEL}; names the formulas that the figures belong to
 * @param version which edition of the figures it is: 1 to 32 letters, digits, dots and hyphens; whoever changes a figure changes it too
 * @param option rates for options
 * @param linear tiers for perpetuals and futures by underlying, with {@value #EVERY_OTHER} for every underlying not named
 * @param buffer the anti-procyclical buffer on the initial requirement
 */
public record StandardMarginParameters(
    String model, String version, OptionRates option, SortedMap<String, List<LinearTier>> linear, Buffer buffer) {

  /** The formulas of {@link StandardMargin}. A change of any formula changes this name, and with it every model hash. */
  public static final String MODEL = "ringfence-standard-1";

  /** The key of the tiers for every underlying that has none of its own. */
  public static final String EVERY_OTHER = "*";

  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.-]{1,32}");

  public StandardMarginParameters {
    if (!MODEL.equals(model)) {
      throw new InvalidFigureException("model", "is \"" + model + "\"; this library computes " + MODEL);
    }
    requirePresent("version", version);
    if (!VERSION.matcher(version).matches()) {
      throw new InvalidFigureException("version", "is not 1 to 32 letters, digits, dots and hyphens");
    }
    requirePresent("option", option);
    requirePresent("linear", linear);
    requirePresent("buffer", buffer);
    if (!linear.containsKey(EVERY_OTHER)) {
      throw new InvalidFigureException("linear", "has no tiers for \"" + EVERY_OTHER + "\"; add those of every underlying not named");
    }
    SortedMap<String, List<LinearTier>> copy = new TreeMap<>();
    linear.forEach((underlying, tiers) -> copy.put(checkedUnderlying(underlying), checkedTiers(underlying, tiers)));
    linear = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * Rates for options, as fractions of the spot S unless said.
   *
   * @param initial of S, less what the option is out of the money
   * @param initialFloor of S, the least initial rate however far out of the money
   * @param maintenanceCall of S, for a short call
   * @param maintenancePut of S, for a short put
   * @param maintenancePutMark of the mark, for a short put where that is more
   * @param unpairedInitial of the forward, for each net-short call when the maximum loss is charged
   * @param unpairedMaintenance the same for maintenance
   */
  public record OptionRates(
      BigDecimal initial,
      BigDecimal initialFloor,
      BigDecimal maintenanceCall,
      BigDecimal maintenancePut,
      BigDecimal maintenancePutMark,
      BigDecimal unpairedInitial,
      BigDecimal unpairedMaintenance) {

    public OptionRates {
      initial = Figures.notNegative("option.initial", initial);
      initialFloor = Figures.notNegative("option.initialFloor", initialFloor);
      maintenanceCall = Figures.notNegative("option.maintenanceCall", maintenanceCall);
      maintenancePut = Figures.notNegative("option.maintenancePut", maintenancePut);
      maintenancePutMark = Figures.notNegative("option.maintenancePutMark", maintenancePutMark);
      unpairedInitial = Figures.notNegative("option.unpairedInitial", unpairedInitial);
      unpairedMaintenance = Figures.notNegative("option.unpairedMaintenance", unpairedMaintenance);
      requireOrder("option.maintenanceCall", maintenanceCall, "option.initialFloor", initialFloor);
      requireOrder("option.maintenancePut", maintenancePut, "option.initialFloor", initialFloor);
      requireOrder("option.initialFloor", initialFloor, "option.initial", initial);
      requireOrder("option.unpairedMaintenance", unpairedMaintenance, "option.unpairedInitial", unpairedInitial);
    }
  }

  /**
   * The rates of the part of a position's notional above {@code from} and below the next tier's {@code from}.
   *
   * @param from notional in settlement asset; zero in the first tier
   * @param initial fraction of that part
   * @param maintenance fraction of that part, at most {@code initial}
   */
  public record LinearTier(BigDecimal from, BigDecimal initial, BigDecimal maintenance) {

    public LinearTier {
      from = Figures.notNegative("linear.from", from);
      initial = Figures.notNegative("linear.initial", initial);
      maintenance = Figures.notNegative("linear.maintenance", maintenance);
      requireOrder("linear.maintenance", maintenance, "linear.initial", initial);
    }
  }

  /**
   * The anti-procyclical buffer: initial rates are this factor higher in calm times than they need be, so that stress need not raise them.
   *
   * @param factor 1 or more
   * @param decision the recorded decision by which a factor below {@link #FULL} is in force; empty otherwise
   */
  public record Buffer(BigDecimal factor, String decision) {

    /** The least factor that needs no decision. */
    public static final BigDecimal FULL = new BigDecimal("1.25");

    private static final Pattern DECISION = Pattern.compile("[A-Za-z0-9 .,:;/#_-]{0,200}");

    public Buffer {
      factor = Figures.positive("buffer.factor", factor);
      if (factor.compareTo(BigDecimal.ONE) < 0) {
        throw new InvalidFigureException("buffer.factor", "is below 1; 1 is a buffer drawn down completely");
      }
      if (decision == null || !DECISION.matcher(decision).matches()) {
        throw new InvalidFigureException("buffer.decision", "is not a text of at most 200 letters, digits, spaces and .,:;/#_-");
      }
      if (factor.compareTo(FULL) < 0 && decision.isBlank()) {
        throw new InvalidFigureException("buffer.decision", "is empty; a factor below " + FULL + " needs the name of the decision");
      }
    }
  }

  /** The defaults. */
  public static StandardMarginParameters standard() {
    return new StandardMarginParameters(
        MODEL,
        "1",
        new OptionRates(
            decimal("0.15"), decimal("0.1"), decimal("0.075"), decimal("0.075"), decimal("0.075"), decimal("1.2"), decimal("1.1")),
        new TreeMap<>(Map.of(EVERY_OTHER, List.of(
            new LinearTier(decimal("0"), decimal("0.1"), decimal("0.05")),
            new LinearTier(decimal("1000000"), decimal("0.12"), decimal("0.06")),
            new LinearTier(decimal("5000000"), decimal("0.15"), decimal("0.075")),
            new LinearTier(decimal("10000000"), decimal("0.2"), decimal("0.1"))))),
        new Buffer(Buffer.FULL, ""));
  }

  /** The same figures with another buffer. */
  public StandardMarginParameters withBuffer(BigDecimal factor, String decision) {
    return new StandardMarginParameters(model, version, option, linear, new Buffer(factor, decision));
  }

  /** The same figures with tiers of its own for one underlying, or for every other one under {@value #EVERY_OTHER}. */
  public StandardMarginParameters withLinear(String underlying, List<LinearTier> tiers) {
    SortedMap<String, List<LinearTier>> changed = new TreeMap<>(linear);
    changed.put(underlying, tiers);
    return new StandardMarginParameters(model, version, option, changed, buffer);
  }

  /** The tiers that apply to an underlying. */
  public List<LinearTier> tiersOf(String underlying) {
    List<LinearTier> own = linear.get(underlying);
    return own == null ? linear.get(EVERY_OTHER) : own;
  }

  /**
   * The parameters as canonical JSON in UTF-8 (RFC 8785: keys sorted, no white space), numbers as plain decimal strings without trailing
   * zeros. Equal parameters have equal bytes.
   */
  public byte[] canonicalBytes() {
    return CanonicalJson.write(this).getBytes(StandardCharsets.UTF_8);
  }

  private static BigDecimal decimal(String value) {
    return new BigDecimal(value);
  }

  private static void requirePresent(String figure, Object value) {
    if (value == null) {
      throw new InvalidFigureException(figure, "is absent");
    }
  }

  private static void requireOrder(String lesser, BigDecimal lesserValue, String greater, BigDecimal greaterValue) {
    if (lesserValue.compareTo(greaterValue) > 0) {
      throw new InvalidFigureException(lesser, "(" + lesserValue + ") is more than " + greater + " (" + greaterValue + ")");
    }
  }

  private static String checkedUnderlying(String underlying) {
    if (!EVERY_OTHER.equals(underlying)) {
      InstrumentNames.requireUnderlying(underlying);
    }
    return underlying;
  }

  private static List<LinearTier> checkedTiers(String underlying, List<LinearTier> tiers) {
    String figure = "linear." + underlying;
    if (tiers == null || tiers.isEmpty() || tiers.getFirst().from().signum() != 0) {
      throw new InvalidFigureException(figure, "does not begin with a tier from 0");
    }
    for (int i = 1; i < tiers.size(); i++) {
      if (tiers.get(i).from().compareTo(tiers.get(i - 1).from()) <= 0) {
        throw new InvalidFigureException(figure, "has a tier from " + tiers.get(i).from() + " that is not above the one before it");
      }
    }
    return List.copyOf(tiers);
  }
}
