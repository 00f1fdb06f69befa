package io.ringfence.service.epoch;

import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.type.Attestors;
import io.ringfence.chain.type.Data;
import io.ringfence.reserves.CloseOutReport;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.ProofFile;
import io.ringfence.reserves.Signature;
import io.ringfence.reserves.SigningDomain;
import io.ringfence.service.margin.MarketQuotes;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Gathers the venue's signature and as many attestors' as the chain asks for. */
public final class Quorum {

  private final Signer venue;
  private final List<Attestor> attestors;
  private final SigningDomain domain;

  /** A quorum of these signers in the attestation log's domain. */
  public Quorum(Signer venue, List<Attestor> attestors, SigningDomain domain) {
    this.venue = venue;
    this.attestors = List.copyOf(attestors);
    this.domain = domain;
  }

  /**
   * Signs a header.
   *
   * @throws AttestationRefusedException if fewer attestors sign than {@code needed} asks for
   */
  public ProofFile.Signatures sign(EpochHeader header, MarketQuotes market, Attestors needed) {
    return gather(header.structHash(), needed, attestor -> attestor.attest(header, market));
  }

  /** Signs a close-out report; throws like {@link #sign(EpochHeader, MarketQuotes, Attestors)}. */
  public ProofFile.Signatures sign(CloseOutReport report, String fills, Attestors needed) {
    return gather(report.structHash(), needed, attestor -> attestor.attest(report, fills));
  }

  /** Attestors' signatures as the chain takes them: 65 bytes each, by ascending signer. */
  public static Data packed(List<Signature> signatures) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    signatures.forEach(signature -> out.writeBytes(signature.toBytes()));
    return Data.of(out.toByteArray());
  }

  private ProofFile.Signatures gather(Hash structHash, Attestors needed, Function<Attestor, Signature> ask) {
    List<Attestor> eligible = attestors.stream()
        .filter(attestor -> needed.addresses().contains(attestor.address()))
        .sorted(Comparator.comparing(attestor -> attestor.address().hex()))
        .limit(needed.threshold())
        .toList();
    if (eligible.size() < needed.threshold()) {
      throw new AttestationRefusedException(
          "the venue needs " + needed.threshold() + " of its attestors, only " + eligible.size() + " are here");
    }
    Signature own = Signature.of(venue.sign(Wire.bytes32(domain.digest(structHash))).bytes());
    return new ProofFile.Signatures(own, eligible.stream().map(ask).toList());
  }
}
