package io.ringfence.service.margin;

import io.ringfence.margin.Position;
import java.math.BigInteger;
import java.util.List;

/**
 * An account's figures for a leaf, in settlement base units.
 *
 * @param net cumulative net result since the pledge, rounded down, signed, before haircuts
 * @param initialMargin rounded up
 * @param maintenanceMargin rounded up
 * @param positions the open ones, by name
 */
public record AccountMargin(BigInteger net, BigInteger initialMargin, BigInteger maintenanceMargin, List<Position> positions) {}
