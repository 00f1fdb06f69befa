package io.ringfence.margin.risk;

import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.Expiring;
import io.ringfence.margin.InvalidFigureException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A line of an account's book. A quantity counts units of the underlying and is negative if short. */
public sealed interface Holding {

  /** The asset whose price it follows. */
  String underlying();

  /** Units of the underlying. */
  double quantity();

  /** The perpetual. */
  record Perpetual(String underlying, double quantity) implements Holding {
    /** Refuses a quantity that is no number. */
    public Perpetual {
      quantity = Admitted.any("quantity of " + underlying + "-PERP", quantity);
    }
  }

  /** One listed option, held until it expires and settled then. */
  record Listed(EuropeanOption option, double quantity) implements Holding {
    /** Refuses a quantity that is no number. */
    public Listed {
      quantity = Admitted.any("quantity of " + option.name(), quantity);
    }

    @Override
    public String underlying() {
      return option.underlying();
    }
  }

  /**
   * An option that is opened anew at every moment looked at, so that one book can be held against windows years apart: its strike is
   * {@code moneyness} times the spot (to 8 decimals, half to even), its expiry the first 08:00 UTC at or after {@code days} from then.
   *
   * @param moneyness strike over spot, positive
   * @param days whole days to expiry, 1 or more
   */
  record Rolling(String underlying, Right right, double moneyness, int days, double quantity) implements Holding {

    private static final int STRIKE_DECIMALS = 8;
    private static final int MOST_DAYS = 3650;

    /** Refuses figures out of range. */
    public Rolling {
      moneyness = Admitted.positive("moneyness", moneyness);
      if (days < 1 || days > MOST_DAYS) {
        throw new InvalidFigureException("days", "is " + days + "; give whole days from 1 to " + MOST_DAYS);
      }
      quantity = Admitted.any("quantity", quantity);
    }

    /** The option that this is at a moment. */
    public EuropeanOption at(Instant time, double spot) {
      BigDecimal strike = new BigDecimal(spot * moneyness).setScale(STRIKE_DECIMALS, RoundingMode.HALF_EVEN);
      Instant earliest = time.plusSeconds(days * 86_400L);
      LocalDate date = earliest.atZone(ZoneOffset.UTC).toLocalDate();
      boolean sameDay = !date.atTime(Expiring.EXPIRY_TIME).toInstant(ZoneOffset.UTC).isBefore(earliest);
      return new EuropeanOption(underlying, sameDay ? date : date.plusDays(1), strike, right);
    }
  }
}
