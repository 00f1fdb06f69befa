package io.ringfence.service.epoch;

import io.ringfence.reserves.AttestorSet;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.EpochParameters;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.RootPrices;
import io.ringfence.reserves.SumNode;
import io.ringfence.service.venue.VenueFacts;
import java.math.BigInteger;

/** Puts an epoch's header together. */
final class HeaderMaker {

  private HeaderMaker() {}

  static EpochHeader make(
      EpochSnapshot snapshot, EpochTree tree, Hash previous, EpochParameters parameters, RootPrices prices, boolean settles) {
    SumNode root = tree.tree().root();
    return new EpochHeader(
        snapshot.venue(),
        snapshot.epoch(),
        snapshot.block().number(),
        Hash.fromHex(snapshot.block().hash()),
        previous,
        snapshot.accounts(),
        root.hash(),
        root.credit(),
        root.debit(),
        parameters.hash(),
        prices.hash(),
        settles);
  }

  static EpochParameters parameters(VenueFacts facts, Hash modelHash, BigInteger uncovered) {
    AttestorSet attestors =
        new AttestorSet(facts.attestors().addresses().stream().map(Wire::address).toList(), facts.attestors().threshold());
    return new EpochParameters(
        facts.policyVersion(),
        attestors.hash(),
        Wire.address(facts.settlementAsset().token()),
        Wire.address(facts.pool()),
        Wire.address(facts.fund()),
        modelHash,
        uncovered);
  }
}
