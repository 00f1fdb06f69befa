package io.ringfence.margin.cli;

import io.ringfence.margin.DatedFuture;
import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.Perpetual;
import io.ringfence.margin.backtest.VolatilityRule;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.risk.Account;
import io.ringfence.margin.risk.Holding;
import io.ringfence.margin.risk.MarginModel;
import io.ringfence.margin.risk.Member;
import io.ringfence.margin.risk.PortfolioModel;
import io.ringfence.margin.risk.StandardModel;
import io.ringfence.margin.risk.VolatilitySurface;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a book: members with accounts, the model, and what stands in for option quotes. docs/backtest.md describes the format. */
final class BookReader {

  static final String FORMAT = "ringfence-book-1";

  private BookReader() {}

  static BookFile read(Path file) {
    return read(Fields.root(InputFiles.read(file)));
  }

  private static BookFile read(Fields root) {
    requireFormat(root, FORMAT);
    MarginModel model = model(root);
    Fields volatility = root.object("volatility");
    SortedMap<String, Double> levels = positives(volatility.object("levels"));
    VolatilityRule rule = rule(volatility);
    VolatilitySurface surface = surface(volatility);
    volatility.requireNoOthers();
    double rate = root.has("rate") ? root.notNegative("rate") : 0.0;
    SortedMap<String, Double> prices = root.has("assetPrices") ? positives(root.object("assetPrices")) : new TreeMap<>();
    Optional<Instant> asOf = root.has("asOf") ? Optional.of(OwnFormat.moment(root)) : Optional.empty();
    SortedMap<String, Double> spots = root.has("spots") ? positives(root.object("spots")) : new TreeMap<>();
    List<Member> members = new ArrayList<>();
    for (Fields member : root.list("members")) {
      members.add(member(member));
    }
    root.requireNoOthers();
    List<Member> sorted = root.make(() -> Member.sorted(members));
    if (sorted.isEmpty()) {
      throw new InputException("members", "are none; give at least one");
    }
    return new BookFile(model, sorted, rule, levels, surface, rate, prices, asOf, spots);
  }

  static void requireFormat(Fields root, String expected) {
    String format = root.text("format");
    if (!format.equals(expected)) {
      throw new InputException("format", "is \"" + format + "\"; this command reads \"" + expected + "\"");
    }
  }

  private static MarginModel model(Fields root) {
    String model = root.text("model");
    return switch (model) {
      case "portfolio" -> new PortfolioModel(ParameterFile.portfolio(root));
      case "standard" -> new StandardModel(ParameterFile.standard(root), PortfolioGrids.standard().collateral());
      default -> throw new InputException("model", "is \"" + model + "\"; give \"portfolio\" or \"standard\"");
    };
  }

  private static VolatilityRule rule(Fields volatility) {
    String rule = volatility.text("rule");
    return switch (rule) {
      case "flat" -> new VolatilityRule.Flat();
      case "realised" -> volatility.make(() -> new VolatilityRule.Realised(
          volatility.positive("halfLifeDays"),
          volatility.positive("multiplier"),
          volatility.positive("least"),
          volatility.positive("most")));
      default -> throw new InputException(volatility.path("rule"), "is \"" + rule + "\"; give \"flat\" or \"realised\"");
    };
  }

  private static VolatilitySurface surface(Fields volatility) {
    if (!volatility.has("surface")) {
      return VolatilitySurface.FLAT;
    }
    List<VolatilitySurface.Node> nodes = new ArrayList<>();
    for (Fields node : volatility.list("surface")) {
      nodes.add(new VolatilitySurface.Node(node.positive("days"), node.positive("moneyness"), node.positive("ratio")));
      node.requireNoOthers();
    }
    return volatility.make(() -> VolatilitySurface.of(nodes));
  }

  private static Member member(Fields member) {
    String name = member.text("name");
    List<Account> accounts = new ArrayList<>();
    for (Fields account : member.list("accounts")) {
      accounts.add(account(account));
    }
    member.requireNoOthers();
    return member.make(() -> new Member(name, accounts));
  }

  private static Account account(Fields account) {
    String name = account.text("name");
    double cash = account.number("cash");
    SortedMap<String, Double> collateral = new TreeMap<>();
    if (account.has("collateral")) {
      for (Fields balance : account.list("collateral")) {
        if (collateral.put(balance.text("asset"), balance.notNegative("amount")) != null) {
          throw new InputException(balance.path("asset"), "is given twice; add the amounts up");
        }
        balance.requireNoOthers();
      }
    }
    List<Holding> holdings = new ArrayList<>();
    for (Fields position : account.list("positions")) {
      holdings.add(holding(position));
      position.requireNoOthers();
    }
    account.requireNoOthers();
    return account.make(() -> new Account(name, cash, collateral, holdings));
  }

  private static Holding holding(Fields position) {
    double quantity = position.number("quantity");
    if (position.has("underlying")) {
      return rolling(position, quantity);
    }
    var instrument = OwnFormat.instrument(position.path("instrument"), position.text("instrument"));
    return switch (instrument) {
      case Perpetual perpetual -> position.make(() -> new Holding.Perpetual(perpetual.underlying(), quantity));
      case EuropeanOption option -> position.make(() -> new Holding.Listed(option, quantity));
      case DatedFuture future -> throw new InputException(position.path("instrument"),
          "is the future " + future.name() + "; a book of this format holds perpetuals and options");
    };
  }

  private static Holding rolling(Fields position, double quantity) {
    String underlying = position.text("underlying");
    OwnFormat.instrument(position.path("underlying"), underlying + "-PERP");
    String text = position.text("right");
    Right right = switch (text) {
      case "call" -> Right.CALL;
      case "put" -> Right.PUT;
      default -> throw new InputException(position.path("right"), "is \"" + text + "\"; give \"call\" or \"put\"");
    };
    double moneyness = position.positive("moneyness");
    int days = (int) Math.min(Integer.MAX_VALUE, position.whole("days"));
    return position.make(() -> new Holding.Rolling(underlying, right, moneyness, days, quantity));
  }

  private static SortedMap<String, Double> positives(Fields byName) {
    SortedMap<String, Double> values = new TreeMap<>();
    byName.names().forEach(name -> values.put(name, byName.positive(name)));
    return values;
  }
}
