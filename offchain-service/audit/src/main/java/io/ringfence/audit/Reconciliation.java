package io.ringfence.audit;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.type.Address;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a comparison found.
 *
 * @param blockNumber the block at which both sides were read
 * @param checked number of lines compared
 * @param mismatches lines that differ, in order
 * @param unbalanced journal entries that are not double entry
 */
public record Reconciliation(long blockNumber, int checked, List<Mismatch> mismatches, List<Ledger.Unbalanced> unbalanced) {

  /** The ledger's name of everybody outside; the chain has no balance to compare with, and double entry fixes it. */
  private static final String WORLD = "external";

  private static final String ACCOUNT = "account:";

  public Reconciliation {
    mismatches = List.copyOf(mismatches);
    unbalanced = List.copyOf(unbalanced);
  }

  /** Whether everything agrees. */
  public boolean clean() {
    return mismatches.isEmpty() && unbalanced.isEmpty();
  }

  /**
   * Compares a running service's ledger with the chain, at the block the ledger has come to.
   *
   * @throws AuditException if the ledger cannot be read
   * @throws io.ringfence.chain.rpc.RpcException if the chain cannot be
   */
  public static Reconciliation run(LedgerReader ledgerReader, JsonRpc rpc, Deployment deployment) {
    Ledger ledger = ledgerReader.read();
    Map<Line, BigInteger> chain = new ChainReader(rpc, deployment).read(ledger.blockNumber(), ledger.blockHash(), accounts(ledger));
    return compare(ledger, chain);
  }

  static Reconciliation compare(Ledger ledger, Map<Line, BigInteger> chain) {
    Set<Line> lines = new TreeSet<>(chain.keySet());
    ledger.balances().keySet().stream().filter(line -> !line.account().equals(WORLD)).forEach(lines::add);
    List<Mismatch> mismatches = new ArrayList<>();
    for (Line line : lines) {
      BigInteger posted = ledger.balances().getOrDefault(line, BigInteger.ZERO);
      BigInteger real = chain.getOrDefault(line, BigInteger.ZERO);
      if (!posted.equals(real)) {
        mismatches.add(new Mismatch(line, posted, real));
      }
    }
    return new Reconciliation(ledger.blockNumber(), lines.size(), mismatches, ledger.unbalanced());
  }

  /** Mismatches by line, for a reader who looks for one. */
  public Map<Line, Mismatch> byLine() {
    return mismatches.stream().collect(Collectors.toMap(Mismatch::line, mismatch -> mismatch, (a, b) -> a, TreeMap::new));
  }

  private static Set<Address> accounts(Ledger ledger) {
    return ledger.balances().keySet().stream()
        .map(Line::account)
        .filter(name -> name.startsWith(ACCOUNT))
        .map(name -> new Address(name.substring(ACCOUNT.length())))
        .collect(Collectors.toSet());
  }
}
