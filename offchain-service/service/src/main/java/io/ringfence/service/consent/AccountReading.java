package io.ringfence.service.consent;

import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.Address;
import io.ringfence.service.domain.GrantedConsent;
import io.ringfence.service.margin.CollateralTerms;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What a decision about one account rests on, all of it at one block. Amounts are smallest units of each accepted asset, in the policy's
 * order; values and requirements are settlement units.
 *
 * @param time the block's, chain seconds
 * @param heartbeat how long a consent may last, seconds
 * @param tokens the accepted assets
 * @param balances what the account holds
 * @param waiting what it has asked on the chain to withdraw
 * @param atRoot the newest root's prices
 * @param live the prices at the block
 * @param requiredAtRoot what the root requires, what is owed included
 * @param requiredNow what this moment's trades require
 */
record AccountReading(
    long time,
    long heartbeat,
    AccountRecord record,
    List<Address> tokens,
    List<BigInteger> balances,
    List<BigInteger> waiting,
    CollateralTerms atRoot,
    CollateralTerms live,
    BigInteger requiredAtRoot,
    Requiring requiredNow) {

  /** What an account requires, what it owes included, if these amounts are left to it. */
  @FunctionalInterface
  interface Requiring {
    BigInteger of(List<BigInteger> left);
  }

  /**
   * Refuses a request that would leave too little.
   *
   * @param outstanding consents that can still be used: what they allow counts as gone
   * @throws ProblemException 409 with {@code value}, {@code required} and {@code pending}
   */
  void requireEnoughLeft(ConsentRequest request, List<GrantedConsent> outstanding) {
    List<BigInteger> pending = new ArrayList<>();
    List<BigInteger> counted = new ArrayList<>();
    boolean enough = true;
    for (int asset = 0; asset < tokens.size(); asset++) {
      BigInteger gone = waiting.get(asset).add(allowed(outstanding, tokens.get(asset)));
      BigInteger left = balances.get(asset).subtract(gone);
      if (tokens.get(asset).equals(request.token())) {
        left = left.subtract(request.amount());
        enough = left.signum() >= 0;
      }
      pending.add(gone);
      counted.add(left.max(BigInteger.ZERO));
    }
    BigInteger value = atRoot.value(counted).min(live.value(counted));
    BigInteger required = requiredAtRoot.max(requiredNow.of(counted));
    if (!enough || value.compareTo(required) < 0) {
      throw new ProblemException(Problem.of(ProblemKind.CONFLICT, (enough ? "too little would remain" : "the account holds less than that")
              + ": value " + value + ", required " + required + " settlement units")
          .with("value", value.toString())
          .with("required", required.toString())
          .with("pending", pending.stream().map(BigInteger::toString).toList()));
    }
  }

  private static BigInteger allowed(List<GrantedConsent> outstanding, Address token) {
    return outstanding.stream()
        .filter(consent -> consent.asked().token().equals(token.hex()))
        .map(consent -> consent.asked().amount())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
