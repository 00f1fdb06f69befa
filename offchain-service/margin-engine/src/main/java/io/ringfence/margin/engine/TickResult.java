package io.ringfence.margin.engine;

/**
 * What a change of prices or positions has led to.
 *
 * @param recomputedRows how many options' values were computed anew
 * @param breached accounts whose initial or maintenance margin is below zero, ascending
 * @param unmargined accounts that have no margin ({@link MarginEngine#status} says why), ascending
 */
public record TickResult(int recomputedRows, int[] breached, int[] unmargined) {}
