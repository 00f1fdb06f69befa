/** Values as the contracts know them. Amounts are {@link java.math.BigInteger}s in the unit each record names; times are chain seconds. */
package io.ringfence.chain.type;
