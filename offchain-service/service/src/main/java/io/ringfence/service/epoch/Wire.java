package io.ringfence.service.epoch;

import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.Bytes16;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.reserves.Address;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.RootPrices;
import io.ringfence.reserves.SumNode;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Turns what the reserves library computes into what the chain library sends. */
public final class Wire {

  private static final int SUM_BYTES = 16;

  private Wire() {}

  /** A header as calldata takes it. */
  public static io.ringfence.chain.type.EpochHeader header(EpochHeader header) {
    return new io.ringfence.chain.type.EpochHeader(
        header.venue(),
        header.epoch(),
        header.snapshotBlock(),
        bytes32(header.snapshotHash()),
        bytes32(header.previous()),
        header.accounts(),
        bytes32(header.root()),
        header.totalCredit(),
        header.totalDebit(),
        bytes32(header.paramsHash()),
        bytes32(header.pricesHash()),
        header.settles());
  }

  /** Root prices as calldata takes them. */
  public static io.ringfence.chain.type.RootPrices prices(RootPrices prices) {
    return new io.ringfence.chain.type.RootPrices(prices.collateral(), bytes32(prices.market()));
  }

  /** A leaf as calldata takes it. */
  public static io.ringfence.chain.type.Leaf leaf(Leaf leaf) {
    return new io.ringfence.chain.type.Leaf(
        leaf.index(),
        address(leaf.account()),
        leaf.credit(),
        leaf.debit(),
        leaf.initialMargin(),
        leaf.maintenanceMargin(),
        bytes32(leaf.positionsHash()),
        Bytes16.of(leaf.salt().toBytes()));
  }

  /** A path as calldata takes it: 64 bytes for each sibling, hash 32, credit 16, debit 16. */
  public static Data siblings(List<SumNode> siblings) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (SumNode sibling : siblings) {
      out.writeBytes(sibling.hash().toBytes());
      out.writeBytes(sum(sibling.credit()));
      out.writeBytes(sum(sibling.debit()));
    }
    return Data.of(out.toByteArray());
  }

  /** Everything a claim about one account needs. */
  public static AccountProof proof(EpochHeader header, RootPrices prices, Leaf leaf, List<SumNode> siblings) {
    return new AccountProof(header(header), prices(prices), leaf(leaf), siblings(siblings));
  }

  /** The same address in the chain library's type. */
  public static io.ringfence.chain.type.Address address(Address address) {
    return io.ringfence.chain.type.Address.of(address.toBytes());
  }

  /** The same address in the reserves library's type. */
  public static Address address(io.ringfence.chain.type.Address address) {
    return Address.of(address.bytes());
  }

  /** The same hash in the chain library's type. */
  public static Bytes32 bytes32(Hash hash) {
    return Bytes32.of(hash.toBytes());
  }

  /** The same hash in the reserves library's type. */
  public static Hash hash(Bytes32 word) {
    return Hash.of(word.bytes());
  }

  private static byte[] sum(BigInteger amount) {
    byte[] signed = amount.toByteArray();
    byte[] out = new byte[SUM_BYTES];
    byte[] magnitude = signed.length > SUM_BYTES ? Arrays.copyOfRange(signed, signed.length - SUM_BYTES, signed.length) : signed;
    System.arraycopy(magnitude, 0, out, SUM_BYTES - magnitude.length, magnitude.length);
    return out;
  }
}
