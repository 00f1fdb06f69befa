package io.ringfence.service.venue;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Attestors;
import io.ringfence.chain.type.VenueParameters;
import io.ringfence.service.domain.RegisteredVenue;
import io.ringfence.service.store.Entities;
import java.util.List;

/**
 * What the chain says of the venue itself. None of it changes within a policy version.
 *
 * @param assets accepted assets, the settlement asset first
 */
public record VenueFacts(
    int id, long policyVersion, Address pool, Address fund, List<AssetConfig> assets, Attestors attestors, VenueParameters parameters) {

  /** Copies the assets. */
  public VenueFacts {
    assets = List.copyOf(assets);
  }

  /** The settlement asset. */
  public AssetConfig settlementAsset() {
    return assets.getFirst();
  }

  /** Reads them from the chain. */
  public static VenueFacts read(ChainAccess chain, int id) {
    var registry = chain.contracts().registry();
    return new VenueFacts(
        id,
        registry.policyVersion(id),
        chain.contracts().pool().poolOf(id),
        registry.fundOf(id),
        registry.assets(id),
        registry.attestors(id),
        registry.parameters(id));
  }

  /** Whether the ledger knows the venue yet. */
  public static boolean registered(Entities entities, int id) {
    return entities.find(RegisteredVenue.class, (long) id).isPresent();
  }
}
