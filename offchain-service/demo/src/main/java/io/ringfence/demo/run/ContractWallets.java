package io.ringfence.demo.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.Fees;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Data;
import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.Waiting;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.web3j.crypto.ContractUtils;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/** Contract wallets of owners. A wallet is the first thing its key ever creates, so its address follows from the key. */
final class ContractWallets {

  private static final BigInteger GAS = BigInteger.valueOf(2_000_000);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final JsonRpc rpc;
  private final long chainId;
  private final TestKeys keys;
  private final Waiting waiting;
  private final Path artifact;

  /** @param artifact the compiled wallet */
  ContractWallets(JsonRpc rpc, long chainId, TestKeys keys, Waiting waiting, Path artifact) {
    this.rpc = rpc;
    this.chainId = chainId;
    this.keys = keys;
    this.waiting = waiting;
    this.artifact = artifact;
  }

  /** The wallet of a key, whether or not it exists yet. */
  Address addressOf(int key) {
    return new Address(ContractUtils.generateContractAddress(keys.signer(key).address().hex(), BigInteger.ZERO));
  }

  /** Creates those that do not exist yet. */
  void create(List<Integer> owners) {
    String bytecode = bytecode();
    Fees fees = rpc.suggestedFees();
    for (int key : owners) {
      Address owner = keys.signer(key).address();
      if (rpc.pendingNonce(owner) == 0) {
        String data = bytecode + owner.word().hex().substring(2);
        RawTransaction creation = RawTransaction.createTransaction(
            chainId, BigInteger.ZERO, GAS, "", BigInteger.ZERO, data, fees.maxPriorityFeePerGas(), fees.maxFeePerGas());
        rpc.sendRaw(Data.of(TransactionEncoder.signMessage(creation, Credentials.create(keys.keyPair(key)))));
      }
    }
    for (int key : owners) {
      waiting.untilTrue("the contract wallet of key " + key, LIMIT, () -> rpc.code(addressOf(key), BlockTag.LATEST).length() > 0);
    }
  }

  private String bytecode() {
    try {
      return new ObjectMapper().readTree(artifact.toFile()).required("bytecode").asText();
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new DemoException("the compiled contract " + artifact + " cannot be read; build again", unreadable);
    }
  }
}
