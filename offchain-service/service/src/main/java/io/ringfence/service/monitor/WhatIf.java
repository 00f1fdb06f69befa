package io.ringfence.service.monitor;

import io.ringfence.margin.Book;
import io.ringfence.margin.Fill;
import io.ringfence.service.margin.MarginMarket;
import io.ringfence.service.margin.MarginSubject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Trades and movements that have not happened.
 *
 * @param fills at their prices
 * @param deposits smallest units of each accepted asset in the venue's order, negative for withdrawals
 */
record WhatIf(List<Fill> fills, List<BigInteger> deposits) {

  /** Copies the lists. */
  WhatIf {
    fills = List.copyOf(fills);
    deposits = List.copyOf(deposits);
  }

  /** The account as it would be. */
  MarginSubject applied(MarginSubject subject, MarginMarket market) {
    Book book = subject.book();
    for (Fill fill : fills) {
      book = book.apply(fill);
    }
    List<BigInteger> free = new ArrayList<>();
    for (int asset = 0; asset < subject.free().size(); asset++) {
      free.add(subject.free().get(asset).add(deposits.get(asset)));
    }
    return new MarginSubject(book, free, subject.due().add(net(book, market).subtract(net(subject.book(), market))));
  }

  private static BigInteger net(Book book, MarginMarket market) {
    return book.net(market.quotes().snapshot(List.of(book)), market.collateral().settlementDecimals()).units();
  }
}
