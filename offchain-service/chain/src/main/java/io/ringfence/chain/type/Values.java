package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * Value after haircuts, settlement units, rounded down asset by asset; waiting withdrawals count as gone.
 *
 * @param atRoot at the given root prices
 * @param live at live prices
 */
public record Values(BigInteger atRoot, BigInteger live) {}
