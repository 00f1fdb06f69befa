package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.problem.JsonBody;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the fields of one row, refusing what is missing, of the wrong kind or out of range. */
final class RowReader {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,39})(\\.[0-9]{1,40})?");
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private final JsonNode row;
  private final RingfenceConfig.Limits limits;

  /** Over {@code row}, which may have {@code fields} and no others. */
  RowReader(JsonNode row, Set<String> fields, RingfenceConfig.Limits limits) throws BadRowException {
    if (!row.isObject()) {
      throw new BadRowException("rows", "a row must be a JSON object");
    }
    var unknown = JsonBody.unknownField(row, fields);
    if (unknown.isPresent()) {
      throw new BadRowException(unknown.get(), "no such field in a row");
    }
    this.row = row;
    this.limits = limits;
  }

  /** The id of a row that may be bad otherwise; null if that is no use either. */
  static String idOf(JsonNode row) {
    JsonNode id = row.path("id");
    return id.isTextual() && ID.matcher(id.textValue()).matches() ? id.textValue() : null;
  }

  String id() throws BadRowException {
    String id = text("id");
    if (!ID.matcher(id).matches()) {
      throw new BadRowException("id", "give 1 to 100 letters, digits or ._:/-");
    }
    return id;
  }

  String text(String field) throws BadRowException {
    JsonNode value = row.path(field);
    if (value.isMissingNode() || value.isNull()) {
      throw new BadRowException(field, "is missing");
    }
    if (!value.isTextual()) {
      throw new BadRowException(field, "must be text");
    }
    return value.textValue();
  }

  /** A signed decimal, at most {@code bound} either way. */
  BigDecimal decimal(String field, BigDecimal bound) throws BadRowException {
    JsonNode value = row.path(field);
    if (value.isMissingNode() || value.isNull()) {
      throw new BadRowException(field, "is missing");
    }
    String text = value.isTextual() ? value.textValue() : value.isNumber() ? value.asText() : "";
    if (!DECIMAL.matcher(text).matches()) {
      throw new BadRowException(field, "must be a decimal number like \"1.25\", without exponent");
    }
    var number = new BigDecimal(text).stripTrailingZeros();
    if (number.abs().compareTo(bound) > 0) {
      throw new BadRowException(field, "is out of range: at most " + bound.toPlainString());
    }
    if (number.scale() > limits.scale()) {
      throw new BadRowException(field, "has more than " + limits.scale() + " digits after the point");
    }
    return number;
  }

  /** As {@link #decimal}; 0 if the row does not say. */
  BigDecimal decimalOrZero(String field, BigDecimal bound) throws BadRowException {
    return row.has(field) ? decimal(field, bound) : BigDecimal.ZERO;
  }

  /** A price: above zero. */
  BigDecimal price(String field) throws BadRowException {
    return positive(field, limits.price());
  }

  /** A decimal above zero, at most {@code bound}. */
  BigDecimal positive(String field, BigDecimal bound) throws BadRowException {
    BigDecimal number = decimal(field, bound);
    if (number.signum() <= 0) {
      throw new BadRowException(field, "must be above zero");
    }
    return number;
  }

  /** From 0 to 1; 1 if the row does not say. */
  BigDecimal fractionOrOne(String field) throws BadRowException {
    if (!row.has(field)) {
      return BigDecimal.ONE;
    }
    BigDecimal fraction = decimal(field, BigDecimal.ONE);
    if (fraction.signum() < 0) {
      throw new BadRowException(field, "is out of range: from 0 to 1");
    }
    return fraction;
  }

  /** {@link #instant} of the field {@code time}. */
  Instant time() throws BadRowException {
    return instant("time");
  }

  /** A time: ISO 8601 text in UTC, or whole seconds since 1970; kept to the microsecond. */
  Instant instant(String field) throws BadRowException {
    JsonNode value = row.path(field);
    if (value.isMissingNode() || value.isNull()) {
      throw new BadRowException(field, "is missing");
    }
    Instant time;
    try {
      if (!value.isTextual() && !value.canConvertToExactIntegral()) {
        throw new BadRowException(field, "must be like \"2025-10-10T21:15:00Z\", or whole seconds since 1970");
      }
      time = value.isTextual() ? Instant.parse(value.textValue()) : Instant.ofEpochSecond(value.longValue());
    } catch (DateTimeException e) {
      throw new BadRowException(field, "must be like \"2025-10-10T21:15:00Z\", or whole seconds since 1970");
    }
    if (time.isBefore(EARLIEST)) {
      throw new BadRowException(field, "is before " + EARLIEST);
    }
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
