/**
 * How large must the default fund be? {@link io.ringfence.margin.stress.StressTest} moves the market at once by each of a set of named
 * scenarios and adds up, for each member, what its accounts would leave unpaid; {@link io.ringfence.margin.stress.FundSize} takes the
 * scenario in which the two greatest of those are greatest together.
 */
package io.ringfence.margin.stress;
