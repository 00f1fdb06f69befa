package io.ringfence.service.epoch;

import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.Address;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.ProofFile;
import io.ringfence.reserves.RangeProof;
import io.ringfence.reserves.RootPrices;
import io.ringfence.reserves.SumTree;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A root with its leaves: whatever is claimed about an account under it can be proven from here. */
public final class Root {

  private static final int ID_DIGITS = 8;

  private final EpochHeader header;
  private final RootPrices prices;
  private final ProofFile.Signatures signatures;
  private final SumTree tree;
  private final Map<String, Leaf> byAccount;
  private final List<Leaf> slots;

  /** The root of {@code leaves}, which must be all of the header's tree. */
  public Root(EpochHeader header, RootPrices prices, ProofFile.Signatures signatures, Collection<Leaf> leaves) {
    this.header = header;
    this.prices = prices;
    this.signatures = signatures;
    this.tree = SumTree.of(Math.toIntExact(header.accounts()), leaves);
    this.byAccount = new TreeMap<>();
    Leaf[] byIndex = new Leaf[Math.toIntExact(header.accounts())];
    for (Leaf leaf : leaves) {
      byAccount.put(Wire.address(leaf.account()).hex(), leaf);
      byIndex[Math.toIntExact(leaf.index())] = leaf;
    }
    this.slots = Arrays.asList(byIndex);
    if (!tree.root().equals(header.rootNode())) {
      throw new IllegalStateException("the stored leaves of epoch " + header.epoch() + " do not make up its root");
    }
  }

  /** The signed header. */
  public EpochHeader header() {
    return header;
  }

  /** Its number and the beginning of its hash, for ids: {@code 12-5f3a09c1}. */
  public String id() {
    return header.epoch() + "-" + header.structHash().hex().substring(2, 2 + ID_DIGITS);
  }

  /** The collateral prices and the market commitment. */
  public RootPrices prices() {
    return prices;
  }

  /** An account's leaf, if it was pledged at the snapshot. */
  public Optional<Leaf> leaf(Address account) {
    return Optional.ofNullable(byAccount.get(account.hex()));
  }

  /** All leaves, by account. */
  public Collection<Leaf> leaves() {
    return byAccount.values();
  }

  /** What the contracts ask for to believe a claim about {@code leaf}. */
  public AccountProof proof(Leaf leaf) {
    return Wire.proof(header, prices, leaf, tree.proof(leaf.index()).siblings());
  }

  /** The leaves of a range of indices, both included, with their common proof. */
  public RangeProof range(int first, int last) {
    return tree.rangeProof(first, slots.subList(first, last + 1));
  }

  /** What the client is given. */
  public ProofFile proofFile(Leaf leaf) {
    return new ProofFile(header, signatures, prices, leaf, tree.proof(leaf.index()).siblings());
  }
}
