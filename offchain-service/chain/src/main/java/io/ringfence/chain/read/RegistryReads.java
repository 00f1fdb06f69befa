package io.ringfence.chain.read;

import static io.ringfence.chain.abi.Structs.big;

import io.ringfence.chain.abi.Structs;
import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.generated.Vault;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Attestors;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.VenueParameters;
import io.ringfence.chain.type.VenueState;
import java.math.BigInteger;
import java.util.List;

/** Views of the venue registry. */
public final class RegistryReads {
  private final Caller caller;

  RegistryReads(Caller caller) {
    this.caller = caller;
  }

  /** How many venues there are; ids are 1 to this. */
  public long venues() {
    return caller.number(Wrappers.VAULT.venues());
  }

  public Address venueKey(long venue) {
    return caller.address(Wrappers.VAULT.venueKey(big(venue)));
  }

  /** May pause the venue; zero: nobody may. */
  public Address guardian(long venue) {
    return caller.address(Wrappers.VAULT.guardian(big(venue)));
  }

  /** Whether the venue works. */
  public VenueState state(long venue) {
    return VenueState.of(caller.integer(Wrappers.VAULT.stateOf(big(venue))).intValueExact());
  }

  /** The venue's clock: chain seconds less the time spent in pauses. */
  public long clock(long venue) {
    return caller.number(Wrappers.VAULT.clock(big(venue)));
  }

  /** Seconds. */
  public long heartbeat(long venue) {
    return caller.number(Wrappers.VAULT.heartbeat(big(venue)));
  }

  public long policyVersion(long venue) {
    return caller.number(Wrappers.VAULT.policyVersion(big(venue)));
  }

  public VenueParameters parameters(long venue) {
    return Structs.parameters(caller.struct(Wrappers.VAULT.parameters(big(venue)), Vault.VenueParameters.class));
  }

  /** The settlement asset first. */
  public List<AssetConfig> assets(long venue) {
    return caller.list(Wrappers.VAULT.assets(big(venue)), Vault.AssetConfig.class).stream().map(Structs::asset).toList();
  }

  public Address settlementAsset(long venue) {
    return caller.address(Wrappers.VAULT.settlementAsset(big(venue)));
  }

  public boolean isAccepted(long venue, Address token) {
    return caller.flag(Wrappers.VAULT.isAccepted(big(venue), token.hex()));
  }

  public Attestors attestors(long venue) {
    var answers = caller.answers(Wrappers.VAULT.attestors(big(venue)), 2);
    List<Address> addresses = Caller.list(answers.get(0), org.web3j.abi.datatypes.Address.class).stream()
        .map(address -> new Address(address.getValue()))
        .toList();
    return new Attestors(addresses, ((BigInteger) answers.get(1).getValue()).intValueExact());
  }

  public Bytes32 attestorSetHash(long venue) {
    return caller.hash(Wrappers.VAULT.attestorSetHash(big(venue)));
  }

  public Address fundOf(long venue) {
    return caller.address(Wrappers.VAULT.fundOf(big(venue)));
  }
}
