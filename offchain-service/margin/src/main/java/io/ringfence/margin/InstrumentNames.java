package io.ringfence.margin;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

/** The grammar of canonical names. */
final class InstrumentNames {

  static final String PERPETUAL_SUFFIX = "-PERP";

  private static final int MAX_LENGTH = 80;
  private static final Pattern UNDERLYING = Pattern.compile("[A-Z][A-Z0-9]{0,11}");
  private static final Pattern DATE = Pattern.compile("[0-9]{8}");
  private static final Pattern STRIKE = Pattern.compile("(0|[1-9][0-9]{0,17})(\\.[0-9]{0,17}[1-9])?");
  private static final DateTimeFormatter DATE_FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

  private InstrumentNames() {}

  static Instrument parse(String name) {
    if (name == null || name.isEmpty()) {
      throw new InstrumentNameException("", "is empty");
    }
    if (name.length() > MAX_LENGTH) {
      throw new InstrumentNameException(name, "is longer than " + MAX_LENGTH + " characters");
    }
    String[] parts = name.split("-", -1);
    if (!UNDERLYING.matcher(parts[0]).matches()) {
      throw new InstrumentNameException(name, "the underlying \"" + parts[0] + "\" is not 1 to 12 capitals and digits, a capital first");
    }
    return switch (parts.length) {
      case 2 -> name.endsWith(PERPETUAL_SUFFIX) ? new Perpetual(parts[0]) : new DatedFuture(parts[0], date(name, parts[1]));
      case 4 -> new EuropeanOption(parts[0], date(name, parts[1]), strike(name, parts[2]), right(name, parts[3]));
      default -> throw new InstrumentNameException(name,
          "has " + parts.length + " parts between hyphens, not 2 (perpetual, future) or 4 (option)");
    };
  }

  static String format(LocalDate expiry) {
    return DATE_FORMAT.format(expiry);
  }

  static String letter(EuropeanOption.Right right) {
    return switch (right) {
      case CALL -> "C";
      case PUT -> "P";
    };
  }

  static void requireUnderlying(String underlying) {
    if (underlying == null || !UNDERLYING.matcher(underlying).matches()) {
      throw new InstrumentNameException(String.valueOf(underlying), "the underlying is not 1 to 12 capitals and digits, a capital first");
    }
  }

  static void requireExpiry(String underlying, LocalDate expiry) {
    if (expiry == null || expiry.getYear() < 1 || expiry.getYear() > 9999) {
      throw new InvalidFigureException("expiry of an instrument on " + underlying, "is " + expiry + "; give a date of the years 1 to 9999");
    }
  }

  private static LocalDate date(String name, String text) {
    if (!DATE.matcher(text).matches()) {
      throw new InstrumentNameException(name, "\"" + text + "\" is neither PERP nor an expiry date of the form yyyymmdd");
    }
    try {
      return LocalDate.parse(text, DATE_FORMAT);
    } catch (DateTimeException e) {
      throw new InstrumentNameException(name, "\"" + text + "\" is not a day of the calendar");
    }
  }

  private static BigDecimal strike(String name, String text) {
    if (!STRIKE.matcher(text).matches() || text.equals("0")) {
      throw new InstrumentNameException(name,
          "the strike \"" + text + "\" is not a positive decimal without sign, exponent, leading or trailing zeros");
    }
    return new BigDecimal(text);
  }

  private static EuropeanOption.Right right(String name, String text) {
    return switch (text) {
      case "C" -> EuropeanOption.Right.CALL;
      case "P" -> EuropeanOption.Right.PUT;
      default -> throw new InstrumentNameException(name, "\"" + text + "\" is neither C (call) nor P (put)");
    };
  }
}
