package io.ringfence.service.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.chain.type.Address;
import io.ringfence.margin.Fill;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.MarginException;
import io.ringfence.service.margin.MarginMarket;
import io.ringfence.service.margin.MarginSubject;
import io.ringfence.service.margin.MarketQuotes;
import io.ringfence.service.problem.JsonBody;
import io.ringfence.service.problem.ProblemException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what might happen: {@code positions} to add, each with instrument, quantity and price, and {@code collateral} by token. */
final class WhatIfReader {

  static final Set<String> FIELDS = Set.of("positions", "collateral");

  private static final Set<String> POSITION = Set.of("instrument", "quantity", "price");
  private static final Set<String> COLLATERAL = Set.of("token", "amount");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,35})(\\.[0-9]{1,18})?");
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,77})");
  private static final int MOST_ROWS = 1000;

  private WhatIfReader() {}

  static WhatIf read(JsonNode body, MarginSubject subject, MarginMarket market) {
    List<Fill> fills = new ArrayList<>();
    JsonNode positions = rows(body, "positions");
    for (int i = 0; i < positions.size(); i++) {
      fills.add(fill(row(positions, "positions", i, POSITION), "positions[" + i + "].", market));
    }
    List<BigInteger> deposits = new ArrayList<>(Collections.nCopies(subject.free().size(), BigInteger.ZERO));
    JsonNode collateral = rows(body, "collateral");
    for (int i = 0; i < collateral.size(); i++) {
      move(deposits, row(collateral, "collateral", i, COLLATERAL), "collateral[" + i + "].", subject, market);
    }
    return new WhatIf(fills, deposits);
  }

  private static JsonNode rows(JsonNode body, String field) {
    JsonNode rows = body.path(field);
    if (!rows.isMissingNode() && (!rows.isArray() || rows.size() > MOST_ROWS)) {
      throw ProblemException.field(field, "must be a list of at most " + MOST_ROWS);
    }
    return rows;
  }

  private static JsonNode row(JsonNode rows, String list, int place, Set<String> fields) {
    JsonNode row = rows.get(place);
    String prefix = list + "[" + place + "]";
    if (!row.isObject()) {
      throw ProblemException.field(prefix, "must be an object");
    }
    JsonBody.unknownField(row, fields).ifPresent(field -> {
      throw ProblemException.field(prefix + "." + field, "no such field here");
    });
    return row;
  }

  private static Fill fill(JsonNode row, String prefix, MarginMarket market) {
    Instrument instrument;
    try {
      instrument = Instrument.parse(row.path("instrument").asText(""));
    } catch (MarginException e) {
      throw ProblemException.field(prefix + "instrument", e.getMessage());
    }
    BigDecimal quantity = decimal(row, "quantity", prefix);
    BigDecimal price = row.has("price") ? decimal(row, "price", prefix) : mark(instrument, prefix, market);
    try {
      return new Fill(instrument, quantity, price, BigDecimal.ZERO);
    } catch (MarginException e) {
      throw ProblemException.field(prefix + "quantity", e.getMessage());
    }
  }

  private static BigDecimal mark(Instrument instrument, String prefix, MarginMarket market) {
    return market.quotes().quotes().stream()
        .filter(quote -> quote.kind() == MarketQuotes.Kind.MARK && quote.instrument().equals(instrument.name()))
        .map(MarketQuotes.Quote::price)
        .findFirst()
        .orElseThrow(() -> ProblemException.field(prefix + "price", "is missing, and " + instrument.name() + " has no mark: give one"));
  }

  private static void move(List<BigInteger> deposits, JsonNode row, String prefix, MarginSubject subject, MarginMarket market) {
    int asset;
    try {
      asset = market.collateral().tokens().indexOf(new Address(row.path("token").asText("")));
    } catch (IllegalArgumentException e) {
      throw ProblemException.field(prefix + "token", "must be an address: 0x and 40 hex digits");
    }
    if (asset < 0) {
      throw ProblemException.field(prefix + "token", "the venue does not accept it as collateral");
    }
    String text = row.path("amount").asText("");
    if (!WHOLE.matcher(text).matches()) {
      throw ProblemException.field(prefix + "amount", "must be a whole number of smallest units, negative for a withdrawal");
    }
    BigInteger moved = deposits.get(asset).add(new BigInteger(text));
    if (subject.free().get(asset).add(moved).signum() < 0) {
      throw ProblemException.field(prefix + "amount", "is more than the account has: " + subject.free().get(asset));
    }
    deposits.set(asset, moved);
  }

  private static BigDecimal decimal(JsonNode row, String field, String prefix) {
    String text = row.path(field).isValueNode() ? row.path(field).asText() : "";
    if (!DECIMAL.matcher(text).matches()) {
      throw ProblemException.field(prefix + field, "must be a decimal number like \"1.25\", without exponent");
    }
    return new BigDecimal(text);
  }
}
