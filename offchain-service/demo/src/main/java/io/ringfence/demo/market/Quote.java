package io.ringfence.demo.market;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One price.
 *
 * @param instrument what it is the price of, in the project's canonical name, or an underlying ("BTC")
 * @param price US dollars for one
 * @param time when the source saw it
 */
public record Quote(String instrument, BigDecimal price, Instant time) {}
