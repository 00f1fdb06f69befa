package io.ringfence.demo.story;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.EventDecoder;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.LogQuery;
import io.ringfence.chain.rpc.RawLog;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.SettledCause;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Every event of the deployment's contracts, tokens and fund, in chain order.
 *
 * @param events as the contracts emitted them
 */
public record Story(List<ChainEvent> events) {

  private static final long RANGE = 2_000;

  public Story {
    events = List.copyOf(events);
  }

  /** Reads the chain from the deployment to {@code head}. */
  public static Story read(JsonRpc rpc, Deployment deployment, long head) {
    List<Address> emitters = new ArrayList<>();
    emitters.add(deployment.vault());
    deployment.tokens().forEach(token -> emitters.add(token.address()));
    deployment.venues().forEach(venue -> emitters.add(venue.fund()));
    EventDecoder decoder = new EventDecoder();
    List<ChainEvent> events = new ArrayList<>();
    for (long from = deployment.block(); from <= head; from += RANGE) {
      List<RawLog> logs = rpc.logs(new LogQuery(from, Math.min(head, from + RANGE - 1), emitters, List.of()));
      logs.forEach(log -> decoder.decode(log).ifPresent(events::add));
    }
    return new Story(events);
  }

  /** Events of one kind. */
  public <E extends ChainEvent> List<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** How many events of one kind there are. */
  public <E extends ChainEvent> int count(Class<E> kind) {
    return all(kind).size();
  }

  /** How many events of one kind meet a condition. */
  public <E extends ChainEvent> int count(Class<E> kind, Predicate<E> condition) {
    return (int) all(kind).stream().filter(condition).count();
  }

  /** Transfers into a segregated account that no sale and no settlement brought about. */
  public List<ChainEvent.Transfer> deposits() {
    Set<Address> accounts = new HashSet<>();
    all(ChainEvent.AccountOpened.class).forEach(opened -> accounts.add(opened.account()));
    Set<Bytes32> others = new HashSet<>();
    all(ChainEvent.LotTaken.class).forEach(taken -> others.add(taken.position().txHash()));
    all(ChainEvent.LotToFund.class).forEach(taken -> others.add(taken.position().txHash()));
    all(ChainEvent.SettledChanged.class).forEach(settled -> others.add(settled.position().txHash()));
    all(ChainEvent.ClaimPaid.class).forEach(paid -> others.add(paid.position().txHash()));
    return all(ChainEvent.Transfer.class).stream()
        .filter(transfer -> accounts.contains(transfer.to()) && !others.contains(transfer.position().txHash()))
        .toList();
  }

  /** Deposits that came before the account was opened. */
  public int depositsBeforeOpening() {
    Map<Address, Long> openedAt = new HashMap<>();
    all(ChainEvent.AccountOpened.class).forEach(opened -> openedAt.put(opened.account(), opened.position().blockNumber()));
    return (int) deposits().stream().filter(deposit -> deposit.position().blockNumber() < openedAt.get(deposit.to())).count();
  }

  /** Movements of settlement, in and out. */
  public List<ChainEvent.SettledChanged> settlements() {
    return all(ChainEvent.SettledChanged.class).stream().filter(change -> change.cause() == SettledCause.SETTLEMENT).toList();
  }

  /** Defaults that are over. */
  public List<ChainEvent.DefaultResolved> losses() {
    return all(ChainEvent.DefaultResolved.class);
  }

  /** Defaulters who, after their default, took out what was left. */
  public List<ChainEvent.Withdrawn> surpluses() {
    return all(ChainEvent.Withdrawn.class).stream()
        .filter(withdrawn -> losses().stream().anyMatch(loss ->
            loss.account().equals(withdrawn.account()) && loss.position().blockNumber() < withdrawn.position().blockNumber()))
        .toList();
  }

  /** Cures of accounts that paid in between their call and their cure. */
  public int curesByTopUp() {
    return count(ChainEvent.MarginCured.class, cured -> deposits().stream().anyMatch(deposit ->
        deposit.to().equals(cured.account())
            && deposit.position().blockNumber() <= cured.position().blockNumber()
            && all(ChainEvent.MarginCalled.class).stream().anyMatch(called ->
                called.account().equals(cured.account()) && called.position().blockNumber() <= deposit.position().blockNumber())));
  }

  static boolean positive(BigInteger amount) {
    return amount.signum() > 0;
  }
}
