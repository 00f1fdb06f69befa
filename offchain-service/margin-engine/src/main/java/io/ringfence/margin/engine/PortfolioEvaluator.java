package io.ringfence.margin.engine;

import io.ringfence.margin.portfolio.ConfidenceRule;
import io.ringfence.margin.portfolio.PortfolioMargin;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarket;
import io.ringfence.margin.portfolio.PositionRates;
import java.util.Arrays;

/**
 * The two margins of an account in one underlying, by {@link PortfolioMargin}'s operations in its order. One thread has one evaluator.
 */
final class PortfolioEvaluator {

  private final PortfolioMarginParameters parameters;
  private final ScenarioTable table;
  private final UnderlyingBooks books;
  private final ScenarioKernel kernel;
  private final CollateralValuation collateral;
  private final FutureValuation futures;
  private final Scratch scratch;
  private PortfolioMarket market;
  private double initialFactor;
  private double value;
  private double basis;
  private double positionsMaintenance;
  private double positionsInitial;

  PortfolioEvaluator(
      PortfolioMarginParameters parameters, ScenarioTable table, AssetTable assets, UnderlyingBooks books, ScenarioKernel kernel) {
    this.parameters = parameters;
    this.table = table;
    this.books = books;
    this.kernel = kernel;
    collateral = new CollateralValuation(parameters, assets);
    futures = new FutureValuation(table, books.futures(), parameters.basis());
    scratch = new Scratch(table.chain().expiries().length, table.layout().stride());
  }

  /** Takes over the prices that are not in the table. */
  void update(PortfolioMarket next) {
    market = next;
    initialFactor = parameters.loss().initialAt(next.stablePrice());
  }

  /** Computes one account's margins into the books, or marks why there are none. */
  void evaluate(int account) {
    if (market == null) {
      beforeTheFirstMarket(account);
      return;
    }
    double quantity = books.perpetualQuantity()[account];
    if (quantity != 0.0 && market.perpetualPrice() == 0.0 || !collateral.of(books.collateral(), account, market)) {
      books.mark(account, UnderlyingBooks.UNQUOTED);
      return;
    }
    futures.of(account);
    value(account);
    double linearNotional = futures.withMovingNotionals(quantity * market.perpetualPrice());
    charge(account, Math.abs(quantity) * market.spot());
    scan(account, linearNotional);
    double worst = scratch.worst()[CollateralValuation.INITIAL];
    double maintenanceWorst = scratch.worst()[CollateralValuation.MAINTENANCE];
    double maintenance =
        value + collateral.maintenance() + maintenanceWorst * parameters.loss().maintenance() - positionsMaintenance;
    double risk = positionsMaintenance + positionsInitial - worst * initialFactor;
    double buffered = (parameters.buffer().factor() - 1.0) * risk;
    double initial = value + collateral.initial() + worst * initialFactor - positionsMaintenance - positionsInitial - buffered;
    if (Double.isFinite(initial) && Double.isFinite(maintenance)) {
      books.put(account, initial, maintenance);
    } else {
      books.mark(account, holdsUnquoted(account) ? UnderlyingBooks.UNQUOTED : UnderlyingBooks.NOT_FINITE);
    }
  }

  /** The worst loss of either margin, into the scratch. */
  private void scan(int account, double linearNotional) {
    double[] worst = scratch.worst();
    Arrays.fill(worst, Double.NaN);
    if (!Double.isFinite(basis)) {
      return;
    }
    kernel.scan(table, books.positions().lists(), account, linearNotional, scratch);
    // Called from one place: from two, the compiler comes to the end of what it inlines, and vectors become objects.
    for (int margin = 0; margin < worst.length; margin++) {
      double exposure = collateral.exposure(margin);
      worst[margin] = margin > 0 && exposure == collateral.exposure(margin - 1)
          ? worst[margin - 1]
          : kernel.worst(table.layout(), basis, exposure, scratch);
    }
  }

  private void beforeTheFirstMarket(int account) {
    if (books.isEmpty(account)) {
      books.put(account, 0.0, 0.0);
    } else {
      books.mark(account, UnderlyingBooks.UNQUOTED);
    }
  }

  /** The value without collateral, the basis contingency, and the marks of the expiries for the kernel. */
  private void value(int account) {
    PackedLists lists = books.positions().lists();
    int[] keys = lists.keys();
    double[] quantities = lists.values();
    double[] specials = table.specials();
    int start = lists.start(account);
    int end = start + lists.length(account);
    double sum = futures.withProfits(books.cash()[account] + books.perpetualValue()[account]);
    double contingency = 0.0;
    double mark = 0.0;
    double up = 0.0;
    double down = 0.0;
    int segment = 0;
    for (int i = start; i < end; i++) {
      int row = PositionBook.row(keys[i]);
      int special = row * ScenarioTable.SPECIALS;
      double quantity = quantities[i];
      mark = mark + quantity * specials[special];
      up = up + quantity * specials[special + 1];
      down = down + quantity * specials[special + 2];
      if (PositionBook.lastOfExpiry(keys[i])) {
        scratch.marks()[segment++] = mark;
        sum = sum + mark;
        contingency = futures.withBasis(table.chain().expiryOf(row), up - mark, down - mark, contingency);
        mark = 0.0;
        up = 0.0;
        down = 0.0;
      }
    }
    value = sum;
    basis = futures.withRemainingBasis(contingency) + 0.0;
  }

  /** The contingencies of positions. */
  private void charge(int account, double perpetualNotional) {
    PositionRates rates = parameters.contingency();
    double nakedNotional = books.positions().nakedShorts(account) * market.spot();
    double futuresNotional = futures.grossNotional();
    positionsMaintenance = rates.perpetualMaintenance() * perpetualNotional + rates.perpetualMaintenance() * futuresNotional
        + rates.optionMaintenance() * nakedNotional;
    positionsInitial = doubtedPositions(account, perpetualNotional,
        rates.perpetualInitial() * perpetualNotional + rates.perpetualInitial() * futuresNotional + rates.optionInitial() * nakedNotional);
  }

  /** Adds the charges for low confidence: perpetual, futures, options by expiry. */
  private double doubtedPositions(int account, double perpetualNotional, double before) {
    ConfidenceRule rule = parameters.confidence();
    double initial = before;
    double common = market.spotConfidence();
    if (perpetualNotional > 0.0) {
      common = Math.min(common, market.perpetualConfidence());
      initial = initial + rule.charge(common, perpetualNotional);
    }
    initial = futures.withDoubts(rule, market.spotConfidence(), initial);
    if (Math.min(common, table.leastConfidenceOfAll()) < rule.threshold()) {
      initial = doubtedExpiries(account, common, initial);
    }
    return initial;
  }

  private double doubtedExpiries(int account, double common, double before) {
    PackedLists lists = books.positions().lists();
    int start = lists.start(account);
    int end = start + lists.length(account);
    double initial = before;
    double gross = 0.0;
    for (int i = start; i < end; i++) {
      int key = lists.keys()[i];
      gross = gross + Math.abs(lists.values()[i]);
      if (PositionBook.lastOfExpiry(key)) {
        double least = Math.min(common, table.leastConfidence()[table.chain().expiryOf(PositionBook.row(key))]);
        initial = initial + parameters.confidence().charge(least, gross * market.spot());
        gross = 0.0;
      }
    }
    return initial;
  }

  private boolean holdsUnquoted(int account) {
    if (futures.holdsUnquoted()) {
      return true;
    }
    PackedLists lists = books.positions().lists();
    int start = lists.start(account);
    int end = start + lists.length(account);
    for (int i = start; i < end; i++) {
      if (!table.quoted(PositionBook.row(lists.keys()[i]))) {
        return true;
      }
    }
    return false;
  }
}
