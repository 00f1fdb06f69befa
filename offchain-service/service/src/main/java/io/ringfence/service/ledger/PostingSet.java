package io.ringfence.service.ledger;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The postings of one journal entry; those of each asset sum to zero.
 *
 * @param postings none for an event that moves nothing
 */
public record PostingSet(List<Posting> postings) {
  /** An event that moves nothing. */
  public static final PostingSet NONE = new PostingSet(List.of());

  /** Refuses postings that do not balance: what one side gains, another must lose. */
  public PostingSet {
    postings = List.copyOf(postings);
    Map<String, BigInteger> sums =
        postings.stream().collect(Collectors.groupingBy(
            Posting::asset, Collectors.reducing(BigInteger.ZERO, Posting::amount, BigInteger::add)));
    sums.forEach((asset, sum) -> {
      if (sum.signum() != 0) {
        throw new IllegalArgumentException("postings of " + asset + " are out of balance by " + sum);
      }
    });
  }

  /** {@code amount} of {@code asset} from one ledger account to another; a negative amount goes the other way, zero moves nothing. */
  public static PostingSet move(String asset, String from, String to, BigInteger amount) {
    if (amount.signum() == 0 || from.equals(to)) {
      return NONE;
    }
    return new PostingSet(List.of(new Posting(from, asset, amount.negate()), new Posting(to, asset, amount)));
  }
}
