package io.ringfence.margin.engine;

import java.util.Arrays;

/** What every account has in one underlying, and the margins that were last computed of it: arrays by account. */
final class UnderlyingBooks {

  static final byte MARGINED = (byte) AccountStatus.MARGINED.ordinal();
  static final byte UNQUOTED = (byte) AccountStatus.UNQUOTED.ordinal();
  static final byte NOT_FINITE = (byte) AccountStatus.NOT_FINITE.ordinal();

  private final PositionBook positions;
  private final FutureBook futures;
  private final PackedLists collateral;
  private final double[] cash;
  private final double[] perpetualQuantity;
  private final double[] perpetualValue;
  private final double[] initial;
  private final double[] maintenance;
  private final byte[] status;

  UnderlyingBooks(OptionChain chain, int accounts, int expectedPositions) {
    positions = new PositionBook(chain, accounts, expectedPositions);
    futures = new FutureBook(chain, accounts);
    collateral = new PackedLists("collateral for " + chain.underlying(), accounts, 0);
    cash = new double[accounts];
    perpetualQuantity = new double[accounts];
    perpetualValue = new double[accounts];
    initial = new double[accounts];
    maintenance = new double[accounts];
    status = new byte[accounts];
    // An account without anything has margins of zero before the first market as well.
    Arrays.fill(status, MARGINED);
  }

  PositionBook positions() {
    return positions;
  }

  FutureBook futures() {
    return futures;
  }

  /** Assets by their number in the asset table, ascending, with amounts. */
  PackedLists collateral() {
    return collateral;
  }

  double[] cash() {
    return cash;
  }

  double[] perpetualQuantity() {
    return perpetualQuantity;
  }

  /** Unrealised profit and funding. */
  double[] perpetualValue() {
    return perpetualValue;
  }

  double[] initial() {
    return initial;
  }

  double[] maintenance() {
    return maintenance;
  }

  byte[] status() {
    return status;
  }

  boolean isEmpty(int account) {
    return positions.lists().length(account) == 0 && futures.count(account) == 0 && collateral.length(account) == 0 && cash[account] == 0.0
        && perpetualQuantity[account] == 0.0 && perpetualValue[account] == 0.0;
  }

  void put(int account, double initialMargin, double maintenanceMargin) {
    initial[account] = initialMargin;
    maintenance[account] = maintenanceMargin;
    status[account] = MARGINED;
  }

  void mark(int account, byte reason) {
    initial[account] = Double.NaN;
    maintenance[account] = Double.NaN;
    status[account] = reason;
  }

  long bytes() {
    return positions.bytes() + futures.bytes() + collateral.bytes() + (5L * 8 + 1) * status.length;
  }
}
