package io.ringfence.demo.story;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.SettledCause;
import io.ringfence.chain.type.SkipCause;
import io.ringfence.chain.type.WithdrawalDoor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The story in sentences, one event a line, with the chain's time. */
public final class Timeline {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final JsonRpc rpc;
  private final Deployment deployment;
  private final Function<Address, String> names;
  private final Map<Long, Instant> times = new HashMap<>();
  private final Map<BigInteger, ChainEvent.LotStarted> lots = new HashMap<>();

  /** @param names names of accounts and keepers */
  public Timeline(JsonRpc rpc, Deployment deployment, Function<Address, String> names) {
    this.rpc = rpc;
    this.deployment = deployment;
    this.names = names;
  }

  /** All lines. What happens to everybody (deposits, openings, pledges, roots, settlements) is summed up by block or in all. */
  public List<String> lines(Story story) {
    story.all(ChainEvent.LotStarted.class).forEach(lot -> lots.put(lot.lot(), lot));
    List<String> lines = new ArrayList<>();
    lines.add(("         %d deposits by plain transfer, %d of them before the account existed; "
        + "%d accounts opened, %d pledged; %d roots posted").formatted(
        story.deposits().size(), story.depositsBeforeOpening(), story.count(ChainEvent.AccountOpened.class),
        story.count(ChainEvent.AccountPledged.class), story.count(ChainEvent.EpochPosted.class)));
    Set<String> settled = new TreeSet<>();
    Set<String> skipped = new TreeSet<>();
    for (ChainEvent event : story.events()) {
      if (event instanceof ChainEvent.SettledChanged change && change.cause() == SettledCause.SETTLEMENT) {
        settled.add(name(change.account()));
      } else if (event instanceof ChainEvent.SettlementSkipped skip) {
        if (skip.cause() == SkipCause.NOTHING_THERE) {
          skipped.add(name(skip.account()));
        }
      } else {
        sentence(event).ifPresent(text -> {
          settlement(settled, skipped).ifPresent(lines::add);
          lines.add(CLOCK.format(time(event)) + " " + text);
        });
      }
    }
    settlement(settled, skipped).ifPresent(lines::add);
    return lines;
  }

  /** One line for a whole settlement, which then counts as told. */
  private static Optional<String> settlement(Set<String> settled, Set<String> skipped) {
    // Whoever found the pool empty at first and was paid from it then was not left for later.
    skipped.removeAll(settled);
    if (settled.isEmpty() && skipped.isEmpty()) {
      return Optional.empty();
    }
    String line = "         settlement has moved what %d accounts owed or were owed%s".formatted(
        settled.size(), skipped.isEmpty() ? "" : "; without settlement asset, and so left for later: " + String.join(", ", skipped));
    settled.clear();
    skipped.clear();
    return Optional.of(line);
  }

  private Optional<String> sentence(ChainEvent event) {
    return switch (event) {
      case ChainEvent.Withdrawn e ->
          Optional.of("%s withdraws %s (%s)".formatted(name(e.account()), amount(e.token(), e.amount()), door(e.door())));
      case ChainEvent.WithdrawalCancelled e -> Optional.of("%s takes back a request that the chain refused".formatted(name(e.account())));
      case ChainEvent.MarginCalled e -> Optional.of("%s is called%s, until %s".formatted(name(e.account()),
          e.maintenance() ? ", short of maintenance margin too" : "", CLOCK.format(Instant.ofEpochSecond(e.deadline()))));
      case ChainEvent.MarginCured e -> Optional.of("%s is cured under root %d".formatted(name(e.account()), e.epoch()));
      case ChainEvent.CallLapsed e -> Optional.of("%s's call lapses".formatted(name(e.account())));
      case ChainEvent.DefaultDeclared e -> Optional.of("%s defaults, owing %s".formatted(name(e.account()), money(e.owed())));
      case ChainEvent.LotStarted e -> Optional.of("lot %s: %s of %s goes to auction from %s down to %s".formatted(
          e.lot(), amount(e.token(), e.amount()), name(e.account()), price(e.token(), e.startPrice()), price(e.token(), e.floorPrice())));
      case ChainEvent.LotReset e -> Optional.of("lot %s starts again".formatted(e.lot()));
      case ChainEvent.LotTaken e -> Optional.of("lot %s: %s takes %s for %s".formatted(
          e.lot(), name(e.taker()), amount(tokenOf(e.lot()), e.amount()), money(e.payment())));
      case ChainEvent.LotToFund e -> Optional.of("lot %s: the venue's tranche buys %s for %s".formatted(
          e.lot(), amount(tokenOf(e.lot()), e.amount()), money(e.payment())));
      case ChainEvent.LotClosed e -> Optional.of("lot %s closes%s".formatted(
          e.lot(), e.unsold().signum() == 0 ? "" : "; " + amount(tokenOf(e.lot()), e.unsold()) + " was not needed and stays"));
      case ChainEvent.InKindChanged e when e.delta().signum() > 0 ->
          Optional.of("%s's %s pass to the pool's claimants in kind, at %s".formatted(
              name(e.who()), amount(e.token(), e.delta()), money(e.value())));
      case ChainEvent.CloseOutReported e ->
          Optional.of("%s's book is closed: net result %s".formatted(name(e.account()), money(e.finalNet())));
      case ChainEvent.LossFixed e -> Optional.of("%s's loss is fixed at %s".formatted(name(e.account()), money(e.loss())));
      case ChainEvent.DefaultResolved e -> Optional.of(
          "%s's default is resolved: loss %s = %s of its own + %s of the venue's tranche + %s of the members' + shortfall %s".formatted(
              name(e.account()), money(e.loss()), money(e.fromAccount()), money(e.fromVenue()), money(e.fromMembers()),
              money(e.shortfall())));
      default -> Optional.empty();
    };
  }

  private static String door(WithdrawalDoor door) {
    return switch (door) {
      case FREE -> "free";
      case CONSENT -> "with consent";
      case REQUEST -> "by request and root";
    };
  }

  private Instant time(ChainEvent event) {
    return times.computeIfAbsent(event.position().blockNumber(),
        number -> Instant.ofEpochSecond(rpc.block(BlockTag.at(number)).orElseThrow().timestamp()));
  }

  private String name(Address address) {
    return names.apply(address);
  }

  private Address tokenOf(BigInteger lot) {
    return lots.get(lot).token();
  }

  private Deployment.Token token(Address address) {
    return deployment.tokens().stream()
        .filter(token -> token.address().equals(address))
        .findFirst()
        .orElseGet(() -> new Deployment.Token(address.hex(), address, 0));
  }

  private String amount(Address address, BigInteger units) {
    Deployment.Token token = token(address);
    return new BigDecimal(units, token.decimals()).stripTrailingZeros().toPlainString() + " " + token.symbol();
  }

  private String money(BigInteger units) {
    return amount(deployment.venues().getFirst().settlementAsset(), units);
  }

  /** Settlement units for 1e18 smallest units, as money for one whole token. */
  private String price(Address address, BigInteger price) {
    int settlementDecimals = token(deployment.venues().getFirst().settlementAsset()).decimals();
    BigDecimal whole = new BigDecimal(price).movePointLeft(18).movePointRight(token(address).decimals()).movePointLeft(settlementDecimals);
    return whole.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }
}
