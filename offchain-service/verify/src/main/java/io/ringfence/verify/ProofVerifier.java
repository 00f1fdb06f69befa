package io.ringfence.verify;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.read.WalletSignatures;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Attestors;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochFacts;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.ProofFile;
import io.ringfence.reserves.Signature;
import io.ringfence.reserves.Verification.Rejected;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Checks a proof file against the chain. Trusts the node that it asks and the vault's address that it is given, and nothing else. */
final class ProofVerifier {

  private final JsonRpc rpc;
  private final Address vault;
  private final Contracts contracts;
  private final WalletSignatures wallets;
  private final Map<Check, Step> steps = Map.of(
      Check.CHAIN, this::chain,
      Check.POSTED, this::posted,
      Check.LINKED, this::linked,
      Check.SNAPSHOT, this::snapshot,
      Check.SIGNATURES, this::signatures,
      Check.PRICES, this::prices,
      Check.INCLUDED, this::included,
      Check.ACCOUNT, this::account);

  @FunctionalInterface
  private interface Step {
    void check(ProofFile proof) throws CheckFailedException;
  }

  ProofVerifier(URI node, Address vault) {
    rpc = new JsonRpc(node);
    this.vault = vault;
    contracts = new Contracts(rpc, new Deployment(rpc.chainId(), node, 0, vault, List.of(), List.of(), List.of()));
    wallets = new WalletSignatures(rpc);
  }

  /**
   * Makes one check.
   *
   * @throws CheckFailedException if it does not pass
   * @throws io.ringfence.chain.rpc.RpcException if the node does not answer
   */
  void check(Check check, ProofFile proof) throws CheckFailedException {
    steps.get(check).check(proof);
  }

  /** The views of the vault. */
  Contracts contracts() {
    return contracts;
  }

  private void chain(ProofFile proof) throws CheckFailedException {
    if (rpc.code(vault, BlockTag.LATEST).length() == 0) {
      throw new CheckFailedException(Check.CHAIN, "there is no contract at " + vault + " on chain " + rpc.chainId());
    }
    long venues = contracts.registry().venues();
    long venue = proof.header().venue();
    if (venue < 1 || venue > venues) {
      throw new CheckFailedException(Check.CHAIN, "the header is of venue " + venue + ", the vault has venues 1 to " + venues);
    }
  }

  private void posted(ProofFile proof) throws CheckFailedException {
    EpochHeader header = proof.header();
    EpochFacts facts = contracts.log().posted(header.venue(), header.epoch());
    if (!facts.posted()) {
      throw new CheckFailedException(Check.POSTED, "epoch " + header.epoch() + " of venue " + header.venue()
          + " was not posted; the newest is " + contracts.log().newest(header.venue()));
    }
    requireSame(Check.POSTED, "the header's hash", header.structHash(), facts.structHash());
  }

  private void linked(ProofFile proof) throws CheckFailedException {
    EpochHeader header = proof.header();
    if (header.epoch() == 1) {
      requireSame(Check.LINKED, "the first header's predecessor", header.previous(), Bytes32.ZERO);
    } else {
      requireSame(Check.LINKED, "the predecessor's hash", header.previous(),
          contracts.log().posted(header.venue(), header.epoch() - 1).structHash());
    }
  }

  private void snapshot(ProofFile proof) throws CheckFailedException {
    EpochHeader header = proof.header();
    Bytes32 hash = rpc.block(BlockTag.at(header.snapshotBlock()))
        .orElseThrow(() -> new CheckFailedException(Check.SNAPSHOT, "the node has no block " + header.snapshotBlock()))
        .hash();
    requireSame(Check.SNAPSHOT, "the hash of block " + header.snapshotBlock(), header.snapshotHash(), hash);
  }

  private void signatures(ProofFile proof) throws CheckFailedException {
    long venue = proof.header().venue();
    Bytes32 digest = bytes32(proof.header().digest(rpc.chainId(), io.ringfence.reserves.Address.of(vault.bytes())));
    Address venueKey = contracts.registry().venueKey(venue);
    if (!wallets.signed(venueKey, digest, data(proof.signatures().venue()))) {
      throw new CheckFailedException(Check.SIGNATURES, "the venue's signature is not that of its key " + venueKey);
    }
    Attestors attestors = contracts.registry().attestors(venue);
    List<Signature> signatures = proof.signatures().attestors();
    if (signatures.size() < attestors.threshold()) {
      throw new CheckFailedException(Check.SIGNATURES, signatures.size() + " attestors signed, " + attestors.threshold() + " have to");
    }
    String last = "";
    for (int i = 0; i < signatures.size(); i++) {
      Address signer = signer(digest, signatures.get(i), i);
      if (!attestors.addresses().contains(signer)) {
        throw new CheckFailedException(Check.SIGNATURES,
            "attestor signature " + i + " is of " + signer + ", who is none of the venue's attestors");
      }
      if (signer.hex().compareTo(last) <= 0) {
        throw new CheckFailedException(Check.SIGNATURES, "attestor signature " + i + " is of " + signer + ", after one of " + last
            + ": each attestor counts once, ascending by address");
      }
      last = signer.hex();
    }
  }

  private static Address signer(Bytes32 digest, Signature signature, int place) throws CheckFailedException {
    try {
      return Eip712.recover(digest, data(signature));
    } catch (IllegalArgumentException nobody) {
      throw new CheckFailedException(Check.SIGNATURES, "attestor signature " + place + " is nobody's: " + nobody.getMessage());
    }
  }

  private void prices(ProofFile proof) throws CheckFailedException {
    Hash given = proof.prices().hash();
    if (!given.equals(proof.header().pricesHash())) {
      throw new CheckFailedException(Check.PRICES, "the prices' hash is " + given + ", the header has " + proof.header().pricesHash());
    }
  }

  private void included(ProofFile proof) throws CheckFailedException {
    if (proof.verify() instanceof Rejected rejected) {
      throw new CheckFailedException(Check.INCLUDED, rejected.check() + ": " + rejected.detail());
    }
  }

  private void account(ProofFile proof) throws CheckFailedException {
    Address account = Address.of(proof.leaf().account().toBytes());
    try {
      contracts.vault().ownerOf(account);
    } catch (CallRefusedException notOurs) {
      throw new CheckFailedException(Check.ACCOUNT, account + " is no account of the vault at " + vault);
    }
    AccountRecord record = contracts.vault().record(account);
    long venue = proof.header().venue();
    if (record.venue() != venue || record.index() != proof.leaf().index()) {
      throw new CheckFailedException(Check.ACCOUNT, record.venue() == 0
          ? account + " is not pledged now"
          : account + " is now pledged to venue " + record.venue() + " with index " + record.index() + ", the leaf has index "
              + proof.leaf().index() + " under venue " + venue);
    }
  }

  private static void requireSame(Check check, String what, Hash given, Bytes32 chain) throws CheckFailedException {
    if (!bytes32(given).equals(chain)) {
      throw new CheckFailedException(check, what + " is " + given + " in the file and " + chain + " on the chain");
    }
  }

  private static Bytes32 bytes32(Hash hash) {
    return Bytes32.of(hash.toBytes());
  }

  private static Data data(Signature signature) {
    return new Data(signature.hex());
  }
}
