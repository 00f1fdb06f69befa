package io.ringfence.chain.tx;

import io.ringfence.chain.rpc.Fees;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/** Makes EIP-1559 transactions that one address has signed for one chain. */
record TransactionSigning(long chainId, Signer signer) {
  /** Signs {@code intent}, whose gas limit is set, for a nonce. */
  Attempt attempt(Intent intent, long nonce, Fees fees, Instant now) {
    RawTransaction transaction = RawTransaction.createTransaction(chainId, BigInteger.valueOf(nonce),
        BigInteger.valueOf(intent.gasLimit().orElseThrow()), intent.to().hex(), intent.value(), intent.data().hex(),
        fees.maxPriorityFeePerGas(), fees.maxFeePerGas());
    byte[] signature = signer.sign(Bytes32.of(Hash.sha3(TransactionEncoder.encode(transaction)))).bytes();
    byte[] signed = TransactionEncoder.encode(transaction, new Sign.SignatureData(
        signature[64], Arrays.copyOfRange(signature, 0, 32), Arrays.copyOfRange(signature, 32, 64)));
    return new Attempt(Bytes32.of(Hash.sha3(signed)), Data.of(signed), fees, now);
  }
}
