package io.ringfence.margin.risk;

/**
 * An account against its initial margin.
 *
 * @param margin what is left after everything that must be covered; zero or more passes
 * @param requirement what the model takes from the account's full market value: {@code value - margin}. An account that just passes is
 *     worth exactly this much, and owes others once it loses more than it
 */
public record InitialMargin(double margin, double requirement) {}
