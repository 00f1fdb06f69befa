package io.ringfence.chain.sign;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;

/** Whoever can sign for one address. */
public interface Signer {
  Address address();

  /** Signs a digest as it is: 65 bytes r | s | v with v 27 or 28 and s in the lower half. */
  Data sign(Bytes32 digest);
}
