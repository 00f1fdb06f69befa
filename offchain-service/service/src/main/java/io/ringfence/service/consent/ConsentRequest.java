package io.ringfence.service.consent;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;

/**
 * An owner's wish to withdraw with the venue's consent, signed by the owner as EIP-712
 * {@code ConsentRequest(address account,address token,uint256 amount,address to,bytes32 id,uint40 deadline)} in the vault's domain.
 *
 * @param amount smallest units of {@code token}
 * @param id made by the client: a retry gets the same answer
 * @param deadline chain seconds; the consent does not outlive it
 */
record ConsentRequest(Address account, Address token, BigInteger amount, Address to, Bytes32 id, long deadline, Data ownerSignature) {}
