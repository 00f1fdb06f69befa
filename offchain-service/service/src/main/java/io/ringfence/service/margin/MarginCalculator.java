package io.ringfence.service.margin;

import io.ringfence.margin.Book;
import io.ringfence.margin.MarginResult;
import io.ringfence.margin.MarketSnapshot;
import io.ringfence.margin.StandardMargin;
import io.ringfence.margin.StandardMarginParameters;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Keccak;
import jakarta.enterprise.context.ApplicationScoped;

/** Computes an account's net result and requirement from its book. */
@ApplicationScoped
public class MarginCalculator {

  private final StandardMargin model = new StandardMargin(StandardMarginParameters.standard());

  /**
   * The figures of one book at one set of prices.
   *
   * @param settlementDecimals decimals of the venue's settlement asset
   * @throws io.ringfence.margin.MarginException if a price is missing, an instrument has expired or a figure does not fit a leaf
   */
  public AccountMargin compute(Book book, MarketSnapshot market, int settlementDecimals) {
    MarginResult requirement = model.compute(book.positions(), market);
    return new AccountMargin(
        book.net(market, settlementDecimals).units(),
        requirement.leafInitial(settlementDecimals).units(),
        requirement.leafMaintenance(settlementDecimals).units(),
        book.positions());
  }

  /** Commitment to the model and every figure of it: Keccak-256 of the canonical JSON of its parameters. */
  public Hash modelHash() {
    return Keccak.of(model.parameters().canonicalBytes());
  }
}
