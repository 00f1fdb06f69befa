package io.ringfence.margin.stress;

/**
 * What a member leaves unpaid in a scenario: the sum over its accounts of what each is worth below zero. An account that keeps something
 * pays for no other, the same member's included. Settlement asset, zero or more.
 *
 * @param member its name
 * @param held by {@link Basis#HELD}
 * @param withdrawn by {@link Basis#WITHDRAWN}
 */
public record MemberLoss(String member, double held, double withdrawn) {

  /** The loss by a basis. */
  public double of(Basis basis) {
    return switch (basis) {
      case HELD -> held;
      case WITHDRAWN -> withdrawn;
    };
  }
}
