package io.ringfence.reserves;

import java.util.List;

/**
 * What a client is given each epoch to check and to use on the chain: the signed header, its own leaf, and the path between.
 * {@code docs/wire.md} gives the JSON form.
 *
 * @param header the epoch's header
 * @param signatures on the header's digest; not checked here
 * @param prices what the header's {@code pricesHash} commits to; a claim on the chain has to pass them
 * @param leaf the client's leaf
 * @param siblings the path's siblings, bottom-up
 */
public record ProofFile(EpochHeader header, Signatures signatures, RootPrices prices, Leaf leaf, List<SumNode> siblings) {
  /** Copies the siblings. Throws {@link WireFormatException} naming a part that is missing. */
  public ProofFile {
    Required.present(header, "header");
    Required.present(signatures, "signatures");
    Required.present(prices, "prices");
    Required.present(leaf, "leaf");
    siblings = Required.allPresent(siblings, "siblings");
  }

  /**
   * @param venue the venue's signature
   * @param attestors the attestors' signatures, in the order in which they are posted
   */
  public record Signatures(Signature venue, List<Signature> attestors) {
    /** Copies the list. Throws {@link WireFormatException} naming a part that is missing. */
    public Signatures {
      Required.present(venue, "signatures.venue");
      attestors = Required.allPresent(attestors, "signatures.attestors");
    }
  }

  /** Checks that the leaf is under the header's root and its sums within the header's totals. Says nothing of signatures. */
  public Verification verify() {
    return Proof.of(leaf, siblings).verify(header.accounts(), header.rootNode());
  }
}
