package io.ringfence.chain.read;

import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.CallRequest;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;

/**
 * Whether a wallet signed, by the rule that the contracts go by: an address without code by its key, one with code by what it answers to
 * ERC-1271. Safe for use by many threads.
 */
public final class WalletSignatures {
  private static final String IS_VALID_SIGNATURE = "1626ba7e";
  private static final int WORD = 64;

  private final JsonRpc rpc;

  /** Asking contract wallets through this node. */
  public WalletSignatures(JsonRpc rpc) {
    this.rpc = rpc;
  }

  /**
   * Whether {@code signer} signed {@code digest}.
   *
   * @throws RpcException if the node does not answer; a wallet that reverts has simply not signed
   */
  public boolean signed(Address signer, Bytes32 digest, Data signature) {
    if (rpc.code(signer, BlockTag.LATEST).length() == 0) {
      return recovers(signer, digest, signature);
    }
    try {
      String answer = rpc.call(CallRequest.view(signer, question(digest, signature)), BlockTag.LATEST).hex();
      return answer.length() == 2 + WORD && answer.equals("0x" + IS_VALID_SIGNATURE + "0".repeat(WORD - IS_VALID_SIGNATURE.length()));
    } catch (RpcException.Refused e) {
      return false;
    }
  }

  private static boolean recovers(Address signer, Bytes32 digest, Data signature) {
    try {
      return Eip712.recover(digest, signature).equals(signer);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** isValidSignature(bytes32,bytes): digest, offset 64, length, the bytes padded to words. */
  private static Data question(Bytes32 digest, Data signature) {
    String bytes = signature.hex().substring(2);
    String padding = "0".repeat((WORD - bytes.length() % WORD) % WORD);
    return new Data("0x" + IS_VALID_SIGNATURE + digest.hex().substring(2) + "%064x".formatted(64) + "%064x".formatted(signature.length())
        + bytes + padding);
  }
}
