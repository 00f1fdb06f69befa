package io.ringfence.service.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.encode.Call;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.LocalNode;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.sign.KeystoreSigner;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.service.ingest.ChainIngest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Hands that move things on the local chain, each transaction mined when the method returns, and let the ledger catch up. */
@ApplicationScoped
public class TestChain {
  /** Deploys, owns the test feeds, and pays for whatever a test sends. */
  public static final Address DEPLOYER = new Address("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicLong OWNERS = new AtomicLong(0x1001);
  private static final BigInteger ETHER = BigInteger.TEN.pow(18);

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Deployment deployment;
  private final JsonRpc rpc;
  private final Contracts contracts;
  private final Calls calls;
  private final ChainIngest ingest;

  TestChain(Deployment deployment, JsonRpc rpc, Contracts contracts, ChainIngest ingest) {
    this.deployment = deployment;
    this.rpc = rpc;
    this.contracts = contracts;
    this.calls = new Calls(deployment);
    this.ingest = ingest;
  }

  public Deployment deployment() {
    return deployment;
  }

  public Contracts contracts() {
    return contracts;
  }

  public Calls calls() {
    return calls;
  }

  public JsonRpc rpc() {
    return rpc;
  }

  public LocalNode node() {
    return new LocalNode(rpc);
  }

  /** The newest block. */
  public BlockRef head() {
    return rpc.block(BlockTag.LATEST).orElseThrow();
  }

  /** A token by its symbol. */
  public Address token(String symbol) {
    return deployment.token(symbol).orElseThrow().address();
  }

  /** An owner whom nobody has used before, with ether. */
  public Signer newOwner() {
    Signer owner = KeystoreSigner.ofPrivateKey(BigInteger.valueOf(OWNERS.getAndIncrement()));
    node().setBalance(owner.address(), ETHER);
    return owner;
  }

  /** The signer of a local role, {@code venue} for one. */
  public Signer role(String name) {
    Path keys = keysDirectory();
    return KeystoreSigner.load(keys.resolve(name + ".json"), keys.resolve("password.txt"), deployment.chainId());
  }

  /** Where the local chain's keystores are. */
  public static Path keysDirectory() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("keys-example/LOCAL-CHAIN-ONLY"))) {
      here = here.getParent();
    }
    return here.resolve("keys-example");
  }

  /** Sends a call from anybody, who need not sign, and sees it mined; a refused one is an {@link IllegalStateException}. */
  public String send(Address from, Call call) {
    ask("hardhat_impersonateAccount", List.of(from.hex()));
    return ask("eth_sendTransaction", List.of(Map.of("from", from.hex(), "to", call.to().hex(), "data", call.data().hex()))).asText();
  }

  /** A contract wallet (ERC-1271) that {@code key} owns and signs for. */
  public Address contractWallet(Signer key) {
    Path artifact = keysDirectory().resolveSibling("contracts/artifacts/mocks/TestContractWallet.sol/TestContractWallet.json");
    try {
      String code = JSON.readTree(artifact.toFile()).required("bytecode").asText() + key.address().word().hex().substring(2);
      ask("hardhat_impersonateAccount", List.of(key.address().hex()));
      String hash = ask("eth_sendTransaction", List.of(Map.of("from", key.address().hex(), "data", code))).asText();
      return new Address(ask("eth_getTransactionReceipt", List.of(hash)).required("contractAddress").asText());
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + artifact + "; build the contracts", e);
    }
  }

  /** Mints test tokens straight to an address, whether or not anything is there. */
  public void mint(String symbol, Address to, BigInteger amount) {
    send(DEPLOYER, calls.mint(token(symbol), to, amount));
  }

  /** Opens an account and returns its address. */
  public Address open(Address owner, long number) {
    Address account = contracts.vault().predict(owner, BigInteger.valueOf(number));
    send(DEPLOYER, calls.open(owner, BigInteger.valueOf(number)));
    return account;
  }

  /** Pledges an account to a venue, both sides signing. */
  public void pledge(Signer owner, Address account, long venue) {
    var terms = new PledgeTerms(account, venue, contracts.registry().policyVersion(venue), ETHER, contracts.vault().pledges(account),
        head().timestamp() + 3600);
    var digest = new Eip712(deployment.chainId(), deployment.vault()).pledge(terms);
    Data ownerSignature = owner.sign(digest);
    send(DEPLOYER, calls.pledge(terms, ownerSignature, role("venue").sign(digest)));
  }

  /** A new account of a new owner, pledged to venue 1, which the ledger knows. */
  public Address pledgedAccount() {
    Signer owner = newOwner();
    Address account = open(owner.address(), 0);
    pledge(owner, account, 1);
    catchUp();
    return account;
  }

  /** Lets the ledger follow to the newest block. */
  public void catchUp() {
    while (ingest.step()) {
      continue;
    }
  }

  private JsonNode ask(String method, List<Object> parameters) {
    try {
      String body = JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", parameters));
      var request = HttpRequest.newBuilder(deployment.rpc()).header("content-type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
      JsonNode answer = JSON.readTree(http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
      if (answer.has("error")) {
        throw new IllegalStateException(method + ": " + answer.get("error"));
      }
      return answer.get("result");
    } catch (IOException e) {
      throw new IllegalStateException(method, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
