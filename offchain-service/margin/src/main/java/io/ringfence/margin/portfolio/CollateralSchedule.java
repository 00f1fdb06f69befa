package io.ringfence.margin.portfolio;

import io.ringfence.margin.InvalidFigureException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What each asset counts for as collateral: haircuts, a cap and concentration steps. The venue's own token counts zero whatever is said of
 * it: it would be worth least when it is needed.
 *
 * @param venueToken the venue's own token, or empty if it has none
 * @param limited whether haircuts and the confidence charge together take at most what a holding is worth, and scenarios move only what
 *     they leave; false for the published formulas, by which an asset of low confidence may count for less than nothing
 * @param rules by asset, as symbols of 1 to 16 letters, digits, dots and hyphens
 */
public record CollateralSchedule(String venueToken, boolean limited, SortedMap<String, CollateralRule> rules) {

  private static final Pattern ASSET = Pattern.compile("[A-Za-z0-9.-]{1,16}");

  /** Refuses names that need escapes and a rule for the venue's own token. */
  public CollateralSchedule {
    Admission.present("collateral.venueToken", venueToken);
    if (!venueToken.isEmpty()) {
      requireAsset(venueToken);
    }
    SortedMap<String, CollateralRule> copy = new TreeMap<>();
    Admission.present("collateral.rules", rules).forEach((asset, rule) -> {
      requireAsset(asset);
      copy.put(asset, Admission.present("collateral.rules." + asset, rule));
    });
    if (copy.containsKey(venueToken)) {
      throw new InvalidFigureException("collateral.rules." + venueToken, "is of the venue's own token, which counts zero; leave it out");
    }
    rules = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * An amount of an asset before the schedule is applied.
   *
   * @param asset symbol
   * @param amount units, zero or more
   * @param price in the currency of the spot
   * @param confidence of the price, 0 to 1
   */
  public record Balance(String asset, double amount, double price, double confidence) {}

  /** The same schedule of a venue with another token of its own. */
  public CollateralSchedule withVenueToken(String other) {
    return new CollateralSchedule(other, limited, rules);
  }

  /**
   * The underlying in whose scan an asset of an account stands, with positions there or without: the one that it follows if that is listed,
   * else the account's home.
   *
   * @param home where cash and all other collateral of the account stand
   * @param listed whether an underlying has a scan
   */
  public String scanOf(String asset, String home, Predicate<String> listed) {
    CollateralRule rule = rules.get(asset);
    return rule != null && !rule.follows().isEmpty() && listed.test(rule.follows()) ? rule.follows() : home;
  }

  /**
   * The holdings that the balances fall into in the scan of an underlying: one for each slice between an asset's concentration steps, with
   * the haircuts of that slice. What is above an asset's cap, and the venue's own token, become holdings of their own, cut entirely. What is
   * cut entirely cancels no risk, nor does what follows another underlying. Balances of one asset must have been added up.
   *
   * @param stablePrice price of the settlement asset
   * @param underlying whose scan it is
   * @throws InvalidFigureException if an asset has no rule or is given twice
   */
  public List<CollateralHolding> apply(Collection<Balance> balances, double stablePrice, String underlying) {
    double stable = Admission.positive("stable price", stablePrice);
    SortedMap<String, Balance> byAsset = new TreeMap<>();
    for (Balance balance : balances) {
      if (byAsset.put(balance.asset(), balance) != null) {
        throw new InvalidFigureException("collateral " + balance.asset(), "is given twice; add the amounts up");
      }
    }
    List<CollateralHolding> holdings = new ArrayList<>();
    for (Map.Entry<String, Balance> entry : byAsset.entrySet()) {
      if (entry.getKey().equals(venueToken)) {
        holdings.add(worthless(entry.getValue(), entry.getValue().amount()));
      } else {
        add(holdings, entry.getValue(), ruleOf(entry.getKey()), stable, underlying);
      }
    }
    return List.copyOf(holdings);
  }

  private CollateralRule ruleOf(String asset) {
    CollateralRule rule = rules.get(asset);
    if (rule == null) {
      throw new InvalidFigureException("collateral " + asset, "has no rule in the schedule; add one, or leave the asset out");
    }
    return rule;
  }

  private static void add(
      List<CollateralHolding> holdings, Balance balance, CollateralRule rule, double stable, String underlying) {
    double amount = Admission.notNegative("collateral " + balance.asset() + ".amount", balance.amount());
    double price = Admission.notNegative("collateral " + balance.asset() + ".price", balance.price());
    double value = amount * price / stable;
    double left = amount;
    double start = 0.0;
    for (int slice = 0; slice < rule.slices() && left > 0.0; slice++) {
      double end = rule.sliceEnd(slice);
      double part = value > end ? Math.min(left, (end - start) * stable / price) : left;
      if (part > 0.0) {
        double haircut = rule.maintenanceHaircut(slice);
        boolean cancels = rule.movesWith(underlying) && haircut < 1.0;
        holdings.add(new CollateralHolding(
            balance.asset(), part, price, balance.confidence(), haircut, rule.initialHaircut(slice), cancels));
      }
      left = left - part;
      start = end;
    }
    if (left > 0.0) {
      holdings.add(worthless(balance, left));
    }
  }

  private static CollateralHolding worthless(Balance balance, double amount) {
    return new CollateralHolding(balance.asset(), amount, balance.price(), 1.0, 1.0, 0.0, false);
  }

  private static void requireAsset(String asset) {
    if (!ASSET.matcher(asset).matches()) {
      throw new InvalidFigureException("collateral asset \"" + asset + "\"", "is not 1 to 16 letters, digits, dots and hyphens");
    }
  }
}
