package io.ringfence.demo.run;

import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.type.Address;
import io.ringfence.demo.scenario.Client;

/**
 * A client of the scenario with its addresses on this chain.
 *
 * @param client who
 * @param signer the owner's key
 * @param owner the owner: the key's address, or its contract wallet
 * @param account the segregated account, whether or not it exists yet
 */
public record Member(Client client, Signer signer, Address owner, Address account) {}
