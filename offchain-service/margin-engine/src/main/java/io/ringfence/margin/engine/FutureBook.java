package io.ringfence.margin.engine;

import io.ringfence.margin.portfolio.Admission;

/**
 * The dated futures that each account holds of one underlying, nearest first. A future takes two places of its account's list, both under
 * the number of its expiry: the quantity, then the unrealised profit. One without units is kept while it has a profit.
 */
final class FutureBook {

  private final OptionChain chain;
  private final PackedLists lists;

  FutureBook(OptionChain chain, int accounts) {
    this.chain = chain;
    lists = new PackedLists("positions in futures on " + chain.underlying(), accounts, 0);
  }

  /** How many futures the account has. */
  int count(int account) {
    return lists.length(account) / 2;
  }

  /** The expiry of one of them, by its number in the chain; ascending. */
  int expiry(int account, int index) {
    return lists.keys()[lists.start(account) + 2 * index];
  }

  /** Units of the underlying, negative if short. */
  double quantity(int account, int index) {
    return lists.values()[lists.start(account) + 2 * index];
  }

  /** Settlement asset. */
  double unrealised(int account, int index) {
    return lists.values()[lists.start(account) + 2 * index + 1];
  }

  /** Makes this all that the account has in the future of an expiry; refuses figures out of range, and an expiry without a future. */
  void set(int account, long expirySeconds, double quantity, double unrealised) {
    int expiry = chain.futureAt(expirySeconds);
    String name = "the future on " + chain.underlying() + " at " + expirySeconds;
    double units = Admission.any("quantity of " + name, quantity);
    double profit = Admission.any("unrealised profit of " + name, unrealised);
    int held = count(account);
    int[] keys = new int[2 * held + 2];
    double[] values = new double[2 * held + 2];
    int places = 0;
    int next = 0;
    while (next < held && expiry(account, next) < expiry) {
      places = append(keys, values, places, expiry(account, next), quantity(account, next), unrealised(account, next));
      next++;
    }
    if (units != 0.0 || profit != 0.0) {
      places = append(keys, values, places, expiry, units, profit);
    }
    if (next < held && expiry(account, next) == expiry) {
      next++;
    }
    while (next < held) {
      places = append(keys, values, places, expiry(account, next), quantity(account, next), unrealised(account, next));
      next++;
    }
    lists.replace(account, keys, values, places);
  }

  private static int append(int[] keys, double[] values, int places, int expiry, double quantity, double unrealised) {
    keys[places] = expiry;
    values[places] = quantity;
    keys[places + 1] = expiry;
    values[places + 1] = unrealised;
    return places + 2;
  }

  long bytes() {
    return lists.bytes();
  }
}
