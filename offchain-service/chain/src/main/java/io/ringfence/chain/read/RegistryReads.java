package io.ringfence.chain.read;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Attestors;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.VenueParameters;
import java.util.List;

/** Views of the venue registry. */
public final class RegistryReads {
  private final Caller caller;

  RegistryReads(Caller caller) {
    this.caller = caller;
  }

  /** How many venues there are; ids are 1 to this. */
  public long venues() {
    throw new UnsupportedOperationException();
  }

  public Address venueKey(long venue) {
    throw new UnsupportedOperationException();
  }

  /** Seconds. */
  public long heartbeat(long venue) {
    throw new UnsupportedOperationException();
  }

  public long policyVersion(long venue) {
    throw new UnsupportedOperationException();
  }

  public VenueParameters parameters(long venue) {
    throw new UnsupportedOperationException();
  }

  /** The settlement asset first. */
  public List<AssetConfig> assets(long venue) {
    throw new UnsupportedOperationException();
  }

  public Address settlementAsset(long venue) {
    throw new UnsupportedOperationException();
  }

  public boolean isAccepted(long venue, Address token) {
    throw new UnsupportedOperationException();
  }

  public Attestors attestors(long venue) {
    throw new UnsupportedOperationException();
  }

  public Bytes32 attestorSetHash(long venue) {
    throw new UnsupportedOperationException();
  }

  public Address fundOf(long venue) {
    throw new UnsupportedOperationException();
  }
}
