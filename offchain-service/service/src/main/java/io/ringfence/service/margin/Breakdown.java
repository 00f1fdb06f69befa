package io.ringfence.service.margin;

import io.ringfence.margin.MarginResult;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a requirement came about. */
public sealed interface Breakdown {

  /** Position by position. */
  record Standard(MarginResult result) implements Breakdown {}

  /** By underlying; the margins add up to the account's, in the order of names. */
  record Portfolio(SortedMap<String, PortfolioMarginResult> underlyings) implements Breakdown {

    /** Copies the map. */
    public Portfolio {
      underlyings = Collections.unmodifiableSortedMap(new TreeMap<>(underlyings));
    }
  }
}
