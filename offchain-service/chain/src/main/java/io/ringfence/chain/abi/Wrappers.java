package io.ringfence.chain.abi;

import io.reactivex.Flowable;
import io.ringfence.chain.generated.DefaultFund;
import io.ringfence.chain.generated.Erc20;
import io.ringfence.chain.generated.MemberSeries;
import io.ringfence.chain.generated.PriceFeed;
import io.ringfence.chain.generated.TestFixtures;
import io.ringfence.chain.generated.Vault;
import io.ringfence.chain.type.Address;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.BatchResponse;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.websocket.events.Notification;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticGasProvider;

/**
 * The generated wrappers, used for their codecs alone: they encode calls and decode answers, and have no connection. What is asked and sent
 * goes through {@link io.ringfence.chain.rpc.JsonRpc}.
 */
public final class Wrappers {
  private static final String NOBODY = Address.ZERO.hex();
  private static final Web3j OFFLINE = Web3j.build(new Offline());
  private static final ReadonlyTransactionManager UNABLE = new ReadonlyTransactionManager(OFFLINE, NOBODY);
  private static final ContractGasProvider NO_GAS = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);

  /** Of every part that the vault runs. */
  public static final Vault VAULT = Vault.load(NOBODY, OFFLINE, UNABLE, NO_GAS);

  public static final DefaultFund FUND = DefaultFund.load(NOBODY, OFFLINE, UNABLE, NO_GAS);
  public static final Erc20 ERC20 = Erc20.load(NOBODY, OFFLINE, UNABLE, NO_GAS);
  public static final MemberSeries SERIES = MemberSeries.load(NOBODY, OFFLINE, UNABLE, NO_GAS);
  public static final PriceFeed FEED = PriceFeed.load(NOBODY, OFFLINE, UNABLE, NO_GAS);
  public static final TestFixtures FIXTURES = TestFixtures.load(NOBODY, OFFLINE, UNABLE, NO_GAS);

  private Wrappers() {}

  /** Refuses to talk to anybody. */
  private static final class Offline implements Web3jService {
    private static UnsupportedOperationException refusal() {
      return new UnsupportedOperationException("the wrappers only encode and decode; they have no connection");
    }

    @Override
    public <T extends Response> T send(Request request, Class<T> responseType) {
      throw refusal();
    }

    @Override
    public <T extends Response> CompletableFuture<T> sendAsync(Request request, Class<T> responseType) {
      throw refusal();
    }

    @Override
    public BatchResponse sendBatch(BatchRequest batchRequest) {
      throw refusal();
    }

    @Override
    public CompletableFuture<BatchResponse> sendBatchAsync(BatchRequest batchRequest) {
      throw refusal();
    }

    @Override
    public <T extends Notification<?>> Flowable<T> subscribe(Request request, String unsubscribeMethod, Class<T> responseType) {
      throw refusal();
    }

    @Override
    public void close() {}
  }
}
