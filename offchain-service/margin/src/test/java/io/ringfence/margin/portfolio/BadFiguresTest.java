package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.InvalidFigureException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures that are no numbers, or beyond what they can be: each is refused by its name. */
class BadFiguresTest {

  private static final long DAY = 86_400;

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.1e30, -1.1e30})
  void whatIsNoNumberOrBeyondAnyIsRefusedEverywhere(double wrong) {
    refused("strike of the option in 86400 s", () -> new OptionPosition(DAY, wrong, Right.CALL, 0.5, 1));
    refused("volatility of CALL 100.0 in 86400 s", () -> new OptionPosition(DAY, 100, Right.CALL, wrong, 1));
    refused("quantity of PUT 100.0 in 86400 s", () -> new OptionPosition(DAY, 100, Right.PUT, 0.5, wrong));
    refused("quantity of the perpetual", () -> new PerpetualPosition(wrong, 0, 0));
    refused("unrealised profit of the perpetual", () -> new PerpetualPosition(0, wrong, 0));
    refused("funding of the perpetual", () -> new PerpetualPosition(0, 0, wrong));
    refused("cash", () -> new Portfolio(wrong, PerpetualPosition.NONE, List.of(), List.of()));
    refused("spot", () -> new PortfolioMarket(wrong, 1, 0, 1, 1, List.of()));
    refused("confidence of the spot", () -> new PortfolioMarket(1, wrong, 0, 1, 1, List.of()));
    refused("price of the perpetual", () -> new PortfolioMarket(1, 1, wrong, 1, 1, List.of()));
    refused("confidence of the perpetual", () -> new PortfolioMarket(1, 1, 0, wrong, 1, List.of()));
    refused("price of the settlement asset", () -> new PortfolioMarket(1, 1, 0, 1, wrong, List.of()));
    refused("expiry in 86400 s: forward", () -> new ExpiryMarket(DAY, wrong, 1, 0, 1, 1));
    refused("expiry in 86400 s: confidence of the forward", () -> new ExpiryMarket(DAY, 1, wrong, 0, 1, 1));
    refused("expiry in 86400 s: rate", () -> new ExpiryMarket(DAY, 1, 1, wrong, 1, 1));
    refused("expiry in 86400 s: confidence of the rate", () -> new ExpiryMarket(DAY, 1, 1, 0, wrong, 1));
    refused("expiry in 86400 s: confidence of the volatilities", () -> new ExpiryMarket(DAY, 1, 1, 0, 1, wrong));
    refused("collateral ETH.amount", () -> new CollateralHolding("ETH", wrong, 1, 1, 0, 0, false));
    refused("collateral ETH.price", () -> new CollateralHolding("ETH", 1, wrong, 1, 0, 0, false));
    refused("collateral ETH.confidence", () -> new CollateralHolding("ETH", 1, 1, wrong, 0, 0, false));
    refused("collateral ETH.maintenanceHaircut", () -> new CollateralHolding("ETH", 1, 1, 1, wrong, 0, false));
    refused("collateral ETH.initialHaircut", () -> new CollateralHolding("ETH", 1, 1, 1, 0, wrong, false));
    CollateralSchedule schedule = PortfolioGrids.standard().collateral();
    refused("collateral ETH.amount", () -> schedule.apply(List.of(new CollateralSchedule.Balance("ETH", wrong, 1, 1)), 1, "ETH"));
    refused("collateral ETH.price", () -> schedule.apply(List.of(new CollateralSchedule.Balance("ETH", 1, wrong, 1)), 1, "ETH"));
    refused("collateral ETH.confidence", () -> schedule.apply(List.of(new CollateralSchedule.Balance("ETH", 1, 1, wrong)), 1, "ETH"));
    refused("stable price", () -> schedule.apply(List.of(), wrong, "ETH"));
  }

  @Test
  void aLiveOptionNeedsAPositiveVolatility() {
    refused("volatility of PUT 100.0 in 86400 s is zero", () -> new OptionPosition(DAY, 100, Right.PUT, 0, 1));
    refused("volatility of PUT 100.0 in 86400 s is zero", () -> new OptionPosition(DAY, 100, Right.PUT, -0.0, 1));
    refused("volatility of PUT 100.0 in 86400 s is negative", () -> new OptionPosition(DAY, 100, Right.PUT, -0.5, 1));
    refused("volatility of PUT 100.0 in 0 s is negative", () -> new OptionPosition(0, 100, Right.PUT, -0.5, 1));
    new OptionPosition(0, 100, Right.PUT, 0, 1);
  }

  @Test
  void pricesMustBePositiveAndConfidencesFractions() {
    refused("spot is zero", () -> new PortfolioMarket(0, 1, 0, 1, 1, List.of()));
    refused("price of the settlement asset is zero", () -> new PortfolioMarket(1, 1, 0, 1, 0, List.of()));
    refused("expiry in 86400 s: forward is zero", () -> new ExpiryMarket(DAY, 0, 1, 0, 1, 1));
    refused("strike of the option in 86400 s is zero", () -> new OptionPosition(DAY, 0, Right.PUT, 1, 1));
    refused("confidence of the spot is 1.5, above 1", () -> new PortfolioMarket(1, 1.5, 0, 1, 1, List.of()));
    refused("collateral ETH.confidence is negative", () -> new CollateralHolding("ETH", 1, 1, -0.1, 0, 0, false));
    ExpiryMarket quoted = new ExpiryMarket(DAY, 1, 1, 0, 1, 1);
    refused("expiry in 86400 s is quoted twice", () -> new PortfolioMarket(1, 1, 0, 1, 1, List.of(quoted, quoted)));
    refused("expiry in 3153600001 s is more than 100 years away", () -> new ExpiryMarket(3_153_600_001L, 1, 1, 0, 1, 1));
  }

  private static void refused(String figure, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(InvalidFigureException.class).hasMessageStartingWith(figure);
  }
}
