/**
 * The keeper: a program of its own that buys the collateral of defaulters at auction when that pays. It needs a node, a key and the
 * addresses of a deployment; it has no access to a venue's service or database.
 *
 * <p>Money is in settlement units (smallest units of the venue's settlement asset) unless said. Prices are settlement units for 1e18
 * smallest units of a token, as in the contracts. Every figure that the keeper earns by is rounded down, every cost up.
 */
package io.ringfence.keeper;
