package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.portfolio.Admission;
import io.ringfence.margin.portfolio.ExpiryShocks;
import io.ringfence.margin.portfolio.PerpetualPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The portfolio margins of all accounts, kept up with prices ({@link #tick}) and books ({@link #refresh}). Margins are in settlement asset;
 * zero or more passes. In one underlying they are {@link io.ringfence.margin.portfolio.PortfolioMargin}'s to the bit; an account's are the
 * sums over the underlyings in the order of their names.
 *
 * <p>What cannot be computed is never a number: the account is listed as unmargined and {@link #status} says why. Input that is refused
 * throws {@link InvalidFigureException} and changes nothing.
 *
 * <p>Used by one thread at a time; it shares the work among threads of its own until it is closed.
 */
public final class MarginEngine implements AutoCloseable {

  private static final AccountStatus[] STATUSES = AccountStatus.values();

  private final EngineSetup setup;
  private final Instruments instruments;
  private final Workers workers;
  private final List<UnderlyingEngine> underlyings = new ArrayList<>();
  private final AccountMargins margins;
  private final boolean[] stale;
  private int[] staleAccounts = new int[16];
  private int staleCount;

  /** An engine with empty books and no market. */
  public MarginEngine(EngineSetup setup) {
    this.setup = setup;
    instruments = setup.instruments();
    workers = new Workers(setup.threads());
    for (int i = 0; i < instruments.underlyings().size(); i++) {
      underlyings.add(new UnderlyingEngine(setup, instruments.chain(i)));
    }
    margins = new AccountMargins(underlyings, setup.accounts());
    stale = new boolean[setup.accounts()];
  }

  /**
   * Makes these positions all options that an account holds. Lots of one option are added up in the order of their quantities, so the order
   * given does not matter.
   *
   * @param ids numbers of instruments
   * @param quantities units of the underlying, negative if short, at most 1e30
   */
  public void setOptions(int account, int[] ids, double[] quantities) {
    requireAccount(account);
    if (ids.length != quantities.length) {
      throw new InvalidFigureException("options of account " + account, "are " + ids.length + " with " + quantities.length + " quantities");
    }
    List<List<PositionBook.Lot>> lots = new ArrayList<>();
    underlyings.forEach(underlying -> lots.add(new ArrayList<>()));
    for (int i = 0; i < ids.length; i++) {
      int underlying = instruments.underlyingOf(ids[i]);
      double quantity = Admission.any("quantity of instrument " + ids[i], quantities[i]);
      lots.get(underlying).add(new PositionBook.Lot(instruments.row(ids[i]), quantity));
    }
    List<PositionBook.Netted> netted = new ArrayList<>();
    for (int i = 0; i < underlyings.size(); i++) {
      netted.add(underlyings.get(i).books().positions().net(lots.get(i)));
    }
    for (int i = 0; i < underlyings.size(); i++) {
      underlyings.get(i).books().positions().replace(account, netted.get(i));
    }
    stale(account);
  }

  /** Adds a traded quantity of an option to what an account holds; what comes to zero is gone. */
  public void trade(int account, int id, double quantity) {
    requireAccount(account);
    double admitted = Admission.any("traded quantity of instrument " + id, quantity);
    books(instruments.underlyingOf(id)).positions().add(account, instruments.row(id), admitted);
    stale(account);
  }

  /** Sets an account's perpetual in an underlying. */
  public void setPerpetual(int account, String underlying, PerpetualPosition perpetual) {
    requireAccount(account);
    UnderlyingBooks books = books(instruments.underlyingIndex(underlying));
    books.perpetualQuantity()[account] = perpetual.quantity();
    books.perpetualValue()[account] = perpetual.unrealised() + perpetual.funding();
    stale(account);
  }

  /**
   * Makes this all that an account has in the dated future of an expiry; nothing of both is none.
   *
   * @param expirySeconds the expiry of a listed future, seconds since 1970
   * @param quantity units of the underlying, negative if short
   * @param unrealised profit since the last settlement, settlement asset
   * @throws InvalidFigureException also if no such future is listed
   */
  public void setFuture(int account, String underlying, long expirySeconds, double quantity, double unrealised) {
    requireAccount(account);
    books(instruments.underlyingIndex(underlying)).futures().set(account, expirySeconds, quantity, unrealised);
    stale(account);
  }

  /** Sets the cash of an account that is assigned to an underlying, negative if owed. */
  public void setCash(int account, String underlying, double cash) {
    requireAccount(account);
    books(instruments.underlyingIndex(underlying)).cash()[account] = Admission.any("cash of account " + account, cash);
    stale(account);
  }

  /**
   * Makes these amounts, by asset, all the collateral of an account that is assigned to an underlying; the parameters' schedule applies.
   *
   * @throws InvalidFigureException also if an asset has no rule in the schedule, or follows another of the underlyings: it belongs there
   */
  public void setCollateral(int account, String underlying, Map<String, Double> amounts) {
    requireAccount(account);
    int index = instruments.underlyingIndex(underlying);
    AssetTable assets = underlyings.get(index).assets();
    amounts.keySet().forEach(asset -> requirePlace(asset, underlying));
    int[] numbers = amounts.keySet().stream().mapToInt(assets::number).sorted().toArray();
    double[] ordered = new double[numbers.length];
    amounts.forEach((asset, amount) -> ordered[Arrays.binarySearch(numbers, assets.number(asset))] =
        Admission.notNegative("collateral " + asset + ".amount", amount));
    books(index).collateral().replace(account, numbers, ordered, numbers.length);
    stale(account);
  }

  private void requirePlace(String asset, String underlying) {
    String scan = setup.parameters().collateral().scanOf(asset, underlying, instruments.underlyings()::contains);
    if (!scan.equals(underlying)) {
      throw new InvalidFigureException("collateral " + asset, "follows " + scan + ", not " + underlying + "; assign it there");
    }
  }

  /** Takes over the prices of one underlying and computes what depends on them, and every account whose book has changed. */
  public TickResult tick(UnderlyingMarket market) {
    return tick(List.of(market));
  }

  /** Takes over the prices of several underlyings in one pass over the accounts. */
  public TickResult tick(List<UnderlyingMarket> markets) {
    List<UnderlyingEngine> moved = markets.stream()
        .map(market -> underlyings.get(instruments.underlyingIndex(market.underlying())))
        .toList();
    List<ExpiryShocks[]> prepared = new ArrayList<>();
    for (int i = 0; i < moved.size(); i++) {
      prepared.add(moved.get(i).prepare(markets.get(i)));
    }
    int rows = 0;
    for (int i = 0; i < moved.size(); i++) {
      rows += moved.get(i).update(markets.get(i), prepared.get(i), workers);
    }
    evaluateStale();
    UnderlyingEngine[] each = moved.toArray(UnderlyingEngine[]::new);
    workers.run(margins.blocks(), (worker, block) -> {
      for (UnderlyingEngine underlying : each) {
        for (int account = margins.firstOf(block); account < margins.endOf(block); account++) {
          underlying.evaluate(worker, account);
        }
      }
      margins.totalBlock(block);
    });
    return new TickResult(rows, margins.breached(), margins.unmargined());
  }

  /** Computes the accounts whose books have changed since the last tick or refresh; the lists are of these accounts alone. */
  public TickResult refresh() {
    int[] accounts = evaluateStale();
    Arrays.sort(accounts);
    int[] breached = Arrays.stream(accounts).filter(margins::isBreached).toArray();
    int[] unmargined = Arrays.stream(accounts).filter(account -> margins.status()[account] != UnderlyingBooks.MARGINED).toArray();
    return new TickResult(0, breached, unmargined);
  }

  private int[] evaluateStale() {
    int[] accounts = Arrays.copyOf(staleAccounts, staleCount);
    int perBlock = 64;
    workers.run((accounts.length + perBlock - 1) / perBlock, (worker, block) -> {
      int end = Math.min(accounts.length, (block + 1) * perBlock);
      for (int i = block * perBlock; i < end; i++) {
        for (UnderlyingEngine underlying : underlyings) {
          underlying.evaluate(worker, accounts[i]);
        }
        margins.total(accounts[i]);
        stale[accounts[i]] = false;
      }
    });
    staleCount = 0;
    return accounts;
  }

  /** IM of an account, as last computed; NaN if it has none. */
  public double initial(int account) {
    requireAccount(account);
    return margins.initial()[account];
  }

  /** MM of an account, likewise. */
  public double maintenance(int account) {
    requireAccount(account);
    return margins.maintenance()[account];
  }

  /** Whether the account has margins, as last computed. */
  public AccountStatus status(int account) {
    requireAccount(account);
    return STATUSES[margins.status()[account]];
  }

  /** IM of all accounts, by number; a copy. */
  public double[] initials() {
    return margins.initial().clone();
  }

  /** MM of all accounts, by number; a copy. */
  public double[] maintenances() {
    return margins.maintenance().clone();
  }

  /** Bytes of the arrays that grow with accounts and positions: books, margins and lists. */
  public long bookBytes() {
    return underlyings.stream().mapToLong(underlying -> underlying.books().bytes()).sum()
        + margins.bytes() + stale.length + 4L * staleAccounts.length;
  }

  /** Bytes of the scenario tables, which grow with instruments and scenarios. */
  public long tableBytes() {
    return underlyings.stream().mapToLong(UnderlyingEngine::tableBytes).sum();
  }

  private UnderlyingBooks books(int underlying) {
    return underlyings.get(underlying).books();
  }

  private void stale(int account) {
    if (stale[account]) {
      return;
    }
    stale[account] = true;
    if (staleCount == staleAccounts.length) {
      staleAccounts = Arrays.copyOf(staleAccounts, Math.min(setup.accounts(), 2 * staleCount));
    }
    staleAccounts[staleCount++] = account;
  }

  private void requireAccount(int account) {
    if (account < 0 || account >= setup.accounts()) {
      throw new InvalidFigureException("account " + account, "does not exist; there are " + setup.accounts() + ", numbered from 0");
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
