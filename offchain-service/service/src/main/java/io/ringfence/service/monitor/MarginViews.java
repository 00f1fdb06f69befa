package io.ringfence.service.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.service.margin.StaleQuote;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the margin endpoints answer: amounts in settlement units and quantities as decimal text. */
final class MarginViews {

  private MarginViews() {}

  /**
   * How an account stands. {@code value} is V, {@code due} what settlement still owes it (negative: what it owes), the excesses what it
   * has above each requirement (negative: short), {@code freeCollateral} what could be withdrawn of the settlement asset.
   */
  public record Figures(
      String value,
      String due,
      String initialMargin,
      String maintenanceMargin,
      String initialExcess,
      String maintenanceExcess,
      String freeCollateral) {

    static Figures of(MarginFigures figures) {
      return new Figures(
          figures.value().toString(),
          figures.due().toString(),
          figures.requirement().initial().toString(),
          figures.requirement().maintenance().toString(),
          figures.initialExcess().toString(),
          figures.maintenanceExcess().toString(),
          figures.free().toString());
    }
  }

  /** How much can be added of an instrument at its mark; notionals in settlement units. */
  public record Power(String instrument, String mark, String buy, String buyNotional, String sell, String sellNotional) {}

  /** An account at this moment; {@code stale} only if it is. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record AccountMarginView(
      String account,
      long index,
      AccountStatus status,
      long block,
      String asOf,
      String modelHash,
      String net,
      String settled,
      Figures margin,
      List<StaleQuote> stale,
      List<Power> buyingPower,
      @Schema(implementation = Object.class) JsonNode breakdown) {}

  /** One line of the whole venue's; {@code problem} says why it has no margin. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Line(String account, long index, AccountStatus status, Figures margin, List<StaleQuote> stale, String problem) {}

  /** All accounts at this moment, the shortest first; those without a margin before them. */
  public record VenueMargins(
      long block, String asOf, String modelHash, int belowInitial, int belowMaintenance, int stale, int unmargined, List<Line> accounts) {}

  /** An account before and after trades and movements that have not happened. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record WhatIfView(
      String account,
      long block,
      String asOf,
      boolean passes,
      Figures before,
      Figures after,
      List<StaleQuote> stale,
      @Schema(implementation = Object.class) JsonNode breakdown) {}
}
