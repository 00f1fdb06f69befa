package io.ringfence.chain.tx;

import io.ringfence.chain.abi.AbiIndex;
import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.read.Revert;
import io.ringfence.chain.read.RevertDecoder;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.CallRequest;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.Receipt;
import io.ringfence.chain.rpc.RpcException;
import java.util.Optional;

/** Finds out why a contract refused. */
record Refusals(JsonRpc rpc) {
  /** The refusal with the contract's own error, if the node gave one; else as it is. */
  RuntimeException named(CallRequest call, RpcException.Refused refused) {
    return refused.revertData()
        .<RuntimeException>map(data -> new CallRefusedException(
            AbiIndex.packed().functionName(call.data()) + " of " + call.to(), RevertDecoder.decode(data), refused))
        .orElse(refused);
  }

  /**
   * Why a mined transaction reverted: the same call after its block, where what came before it in the block has happened, else before it.
   * Empty if neither reverts or the node has forgotten that state.
   */
  Optional<Revert> why(StoredIntent intent, Receipt receipt) {
    CallRequest call = new CallRequest(Optional.of(intent.sender()), intent.intent().to(), intent.intent().data(), intent.intent().value());
    return revertAt(call, receipt.blockNumber()).or(() -> revertAt(call, receipt.blockNumber() - 1));
  }

  private Optional<Revert> revertAt(CallRequest call, long block) {
    try {
      rpc.call(call, BlockTag.at(block));
      return Optional.empty();
    } catch (RpcException.Refused refused) {
      return refused.revertData().map(RevertDecoder::decode);
    }
  }
}
