package io.ringfence.chain.read;

import static io.ringfence.chain.abi.Structs.big;

import io.ringfence.chain.abi.Structs;
import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.generated.Vault;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochFacts;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.Leaf;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;

/** Views of the attestation log. */
public final class LogReads {
  private final Caller caller;

  LogReads(Caller caller) {
    this.caller = caller;
  }

  /** Newest epoch; 0 before the first. */
  public long newest(long venue) {
    return caller.number(Wrappers.VAULT.newest(big(venue)));
  }

  /** Facts of a posted epoch. */
  public EpochFacts posted(long venue, long epoch) {
    var answers = caller.answers(Wrappers.VAULT.posted(big(venue), big(epoch)), 2);
    return facts(Bytes32.of((byte[]) answers.get(0).getValue()), (Vault.EpochFacts) answers.get(1));
  }

  /** What venue and attestors sign. */
  public Bytes32 digestOf(Bytes32 structHash) {
    return caller.hash(Wrappers.VAULT.digestOf(structHash.bytes()));
  }

  public Bytes32 structHashOf(EpochHeader header) {
    return caller.hash(Wrappers.VAULT.structHashOf(Structs.header(header)));
  }

  /** Facts of the header if it is the newest and fresh; refused otherwise. */
  public EpochFacts requireFresh(EpochHeader header) {
    return facts(Eip712.structHash(header),
        caller.struct(Wrappers.VAULT.requireFresh(Structs.header(header)), Vault.EpochFacts.class));
  }

  /** Returns if the leaf is in the posted tree with sums that add up; refused with the check that failed. */
  public void verifyInclusion(EpochHeader header, Leaf leaf, Data siblings) {
    // The generator leaves out views without an answer.
    Function function = new Function("verifyInclusion",
        List.of(Structs.header(header), Structs.leaf(leaf), new DynamicBytes(siblings.bytes())), List.of());
    caller.ask(new Data(FunctionEncoder.encode(function)));
  }

  private static EpochFacts facts(Bytes32 structHash, Vault.EpochFacts facts) {
    return new EpochFacts(structHash, facts.postedAt.longValueExact(), facts.snapshotTime.longValueExact(),
        facts.snapshotBlock.longValueExact());
  }
}
