package io.ringfence.service.margin;

/**
 * A quote that a position is valued by.
 *
 * @param required whether it must be quoted; one that need not be counts only if it is
 */
public record QuoteNeed(MarketQuotes.Kind kind, String instrument, boolean required) {}
