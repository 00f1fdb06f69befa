package io.ringfence.chain.follow;

import io.ringfence.chain.type.Address;
import java.util.Set;

/**
 * What a follower asks for: all events of {@code contracts}, and transfers of {@code tokens} from or to {@code holders}.
 *
 * @param contracts emitters whose every log is wanted
 * @param tokens tokens whose transfers are wanted
 * @param holders accounts whose transfers are wanted; empty, or more than {@link #MAX_HOLDERS}: transfers of everybody
 */
public record LogFilter(Set<Address> contracts, Set<Address> tokens, Set<Address> holders) {
  /** Above this many holders a node is asked for all transfers of the tokens. */
  public static final int MAX_HOLDERS = 200;

  public LogFilter {
    contracts = Set.copyOf(contracts);
    tokens = Set.copyOf(tokens);
    holders = Set.copyOf(holders);
  }
}
