package io.ringfence.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.ringfence.chain.encode.Call;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What owners ask the venue's signature for, with a key of their own or a contract wallet, and what a signature is not good for twice. */
@ServiceTest
@TestProfile(EngineProfile.class)
class PledgeAndConsentTest {

  private static final BigInteger CAP = VenueDriver.usdc(1_000_000);

  /** Kinds of owners. */
  enum Kind { KEY, CONTRACT_WALLET }

  /** An owner's address and the key that signs for it: its own, or its contract wallet's. */
  private record Owner(Address address, Signer key) {}

  @Inject TestChain chain;
  @Inject VenueDriver venue;
  @Inject Engine engine;
  @Inject Database database;

  private String id;

  @BeforeEach
  void setUp() {
    venue.prices(60_000, 3_000);
    id = UUID.randomUUID().toString();
  }

  @ParameterizedTest
  @EnumSource
  void ownersSignatureGetsTheVenuesAndTheChainTakesBoth(Kind kind) {
    Owner owner = owner(kind);
    Address account = chain.open(owner.address(), 0);
    PledgeTerms terms = terms(account);
    Data own = owner.key().sign(digest(terms));
    Data venues = new Data(ask(id, terms, own).statusCode(200).extract().path("venueSignature"));
    ask(id, terms, own).statusCode(200).body("venueSignature", equalTo(venues.hex()));
    chain.send(TestChain.DEPLOYER, chain.calls().pledge(terms, own, venues));
    chain.catchUp();
    assertThat(chain.contracts().vault().record(account).status()).isEqualTo(AccountStatus.ACTIVE);
    assertThat(chain.contracts().vault().record(account).venue()).isEqualTo(VenueDriver.VENUE);
    assertThat(chain.contracts().vault().debitCap(account)).isEqualTo(CAP);

    ask(id + "-again", terms, own).statusCode(409).contentType(Problem.MEDIA_TYPE).body("detail", containsString("pledged"));
    assertThatThrownBy(() -> chain.send(TestChain.DEPLOYER, chain.calls().pledge(terms, own, venues)))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource
  void signatureOfAnybodyElseIsRefused(Kind kind) {
    Owner owner = owner(kind);
    PledgeTerms terms = terms(chain.open(owner.address(), 0));
    Data strangers = chain.newOwner().sign(digest(terms));
    ask(id, terms, strangers).statusCode(403).contentType(Problem.MEDIA_TYPE).body("detail", containsString("ownerSignature"));
    ask(id, terms, new Data("0x1234")).statusCode(403);
    assertThat(requests(id)).isZero();
    ask(id, terms, owner.key().sign(digest(terms))).statusCode(200);
    assertThat(requests(id)).isEqualTo(1);
  }

  /** The wallet itself owns the account: the key that owns the wallet signs for it, but is not the account's owner. */
  @Test
  void signatureForOneAccountIsNoneForAnother() {
    Owner owner = owner(Kind.CONTRACT_WALLET);
    Address first = chain.open(owner.address(), 0);
    Address second = chain.open(owner.address(), 1);
    Address keysOwn = chain.open(owner.key().address(), 0);
    Data signature = owner.key().sign(digest(terms(first)));
    ask(id, terms(second), signature).statusCode(403);
    ask(id, terms(keysOwn), signature).statusCode(403);
    assertThat(requests(id)).isZero();
  }

  @Test
  void usedIdIsNotGoodForOtherTerms() {
    Owner owner = owner(Kind.KEY);
    PledgeTerms first = terms(chain.open(owner.address(), 0));
    PledgeTerms second = terms(chain.open(owner.address(), 1));
    ask(id, first, owner.key().sign(digest(first))).statusCode(200);
    ask(id, second, owner.key().sign(digest(second))).statusCode(409).body("field", equalTo("id"));
  }

  @Test
  void termsThatTheChainWouldRefuseAreNamed() {
    Owner owner = owner(Kind.KEY);
    PledgeTerms good = terms(chain.open(owner.address(), 0));
    refused(owner, new PledgeTerms(good.account(), 1, good.policyVersion() + 1, CAP, 0, good.deadline()), "terms.policyVersion");
    refused(owner, new PledgeTerms(good.account(), 1, good.policyVersion(), CAP, 1, good.deadline()), "terms.nonce");
    refused(owner, new PledgeTerms(good.account(), 1, good.policyVersion(), CAP, 0, 1), "terms.deadline");
    refused(owner, new PledgeTerms(good.account(), 2, good.policyVersion(), CAP, 0, good.deadline()), "terms.venue");
    Address nobody = new Address("0x000000000000000000000000000000000000dead");
    refused(owner, new PledgeTerms(nobody, 1, good.policyVersion(), CAP, 0, good.deadline()), "terms.account");
  }

  @ParameterizedTest
  @EnumSource
  void consentIsGivenAndItsSignatureServesOnce(Kind kind) {
    Owner owner = owner(kind);
    Address account = pledged(owner, 5_000);
    round();
    long deadline = chain.head().timestamp() + 600;
    Bytes32 request = requestId();
    Data signature = owner.key().sign(consentDigest(account, request, VenueDriver.usdc(1_000), deadline));
    var granted = askConsent(account, request, VenueDriver.usdc(1_000), deadline, signature).statusCode(200).extract().jsonPath();

    askConsent(account, requestId(), VenueDriver.usdc(1_000), deadline, signature).statusCode(403)
        .body("detail", containsString("ownerSignature"));
    askConsent(account, request, VenueDriver.usdc(1_001), deadline, signature).statusCode(403);
    askConsent(pledged(owner(Kind.KEY), 5_000), request, VenueDriver.usdc(1_000), deadline, signature).statusCode(403);

    Data venues = new Data(granted.getString("venueSignature"));
    Call call = chain.calls().withdrawWithConsent(
        account, chain.token("USDC"), VenueDriver.usdc(1_000), owner.address(), granted.getLong("deadline"), venues);
    assertThatThrownBy(() -> asOwner(owner(Kind.KEY), call)).isInstanceOf(IllegalStateException.class);
    asOwner(owner, call);
    assertThat(chain.contracts().token(chain.token("USDC")).balanceOf(owner.address())).isEqualTo(VenueDriver.usdc(1_000));
    assertThatThrownBy(() -> asOwner(owner, call)).isInstanceOf(IllegalStateException.class);
    chain.catchUp();

    askConsent(account, request, VenueDriver.usdc(1_000), deadline, signature).statusCode(200)
        .body("nonce", equalTo(granted.getInt("nonce"))).body("venueSignature", equalTo(venues.hex()));
    assertThat(chain.contracts().vault().record(account).consentNonce()).isEqualTo(granted.getLong("nonce") + 1);
  }

  /** The wallet's owner may change: what its former key signed is then not the wallet's word any more. */
  @Test
  void walletThatNoLongerStandsByItsSignatureGetsNothing() {
    Owner owner = owner(Kind.CONTRACT_WALLET);
    Address account = pledged(owner, 5_000);
    round();
    long deadline = chain.head().timestamp() + 600;
    Bytes32 request = requestId();
    Data signature = owner.key().sign(consentDigest(account, request, BigInteger.TEN, deadline));
    Address heir = chain.newOwner().address();
    chain.send(owner.key().address(), new Call(owner.address(), new Data("0xf2fde38b" + heir.word().hex().substring(2))));
    askConsent(account, request, BigInteger.TEN, deadline, signature).statusCode(403);
    long kept = database.inTransaction(sql -> sql.row("SELECT count(*) AS n FROM consent WHERE account = $1", account.hex()))
        .orElseThrow().getLong("n");
    assertThat(kept).isZero();
  }

  private Owner owner(Kind kind) {
    Signer key = chain.newOwner();
    return switch (kind) {
      case KEY -> new Owner(key.address(), key);
      case CONTRACT_WALLET -> new Owner(chain.contractWallet(key), key);
    };
  }

  /** From the owner's own address: a contract wallet is made to call by its key. */
  private void asOwner(Owner owner, Call call) {
    boolean wallet = chain.rpc().code(owner.address(), BlockTag.LATEST).length() > 0;
    chain.send(owner.key().address(), wallet ? chain.calls().execute(owner.address(), call.to(), call.data()) : call);
  }

  private Address pledged(Owner owner, long usdc) {
    Address account = chain.open(owner.address(), 0);
    chain.mint("USDC", account, VenueDriver.usdc(usdc));
    PledgeTerms terms = terms(account);
    Data own = owner.key().sign(digest(terms));
    Data venues = new Data(ask(UUID.randomUUID().toString(), terms, own).statusCode(200).extract().path("venueSignature"));
    chain.send(TestChain.DEPLOYER, chain.calls().pledge(terms, own, venues));
    chain.catchUp();
    return account;
  }

  private void round() {
    engine.round();
    chain.catchUp();
  }

  private void refused(Owner owner, PledgeTerms terms, String field) {
    ask(id, terms, owner.key().sign(digest(terms))).statusCode(400).contentType(Problem.MEDIA_TYPE).body("field", equalTo(field));
    assertThat(requests(id)).isZero();
  }

  private PledgeTerms terms(Address account) {
    return new PledgeTerms(account, VenueDriver.VENUE, chain.contracts().registry().policyVersion(VenueDriver.VENUE), CAP,
        chain.contracts().vault().pledges(account), chain.head().timestamp() + 3600);
  }

  private ValidatableResponse ask(String request, PledgeTerms terms, Data signature) {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("account", terms.account().hex());
    inner.put("venue", terms.venue());
    inner.put("policyVersion", terms.policyVersion());
    inner.put("debitCap", terms.debitCap().toString());
    inner.put("nonce", terms.nonce());
    inner.put("deadline", terms.deadline());
    return RestAssured.given().contentType("application/json")
        .body(Map.of("id", request, "terms", inner, "ownerSignature", signature.hex())).post("/v1/venues/1/pledges").then();
  }

  private ValidatableResponse askConsent(Address account, Bytes32 request, BigInteger amount, long deadline, Data signature) {
    String to = chain.contracts().vault().ownerOf(account).hex();
    return RestAssured.given().contentType("application/json")
        .body(Map.of("id", request.hex(), "token", chain.token("USDC").hex(), "amount", amount.toString(), "to", to, "deadline", deadline,
            "ownerSignature", signature.hex()))
        .post("/v1/venues/1/accounts/" + account + "/consents").then();
  }

  private Bytes32 digest(PledgeTerms terms) {
    return domain().pledge(terms);
  }

  private Bytes32 consentDigest(Address account, Bytes32 request, BigInteger amount, long deadline) {
    return domain().consentRequest(
        account, chain.token("USDC"), amount, chain.contracts().vault().ownerOf(account), request, deadline);
  }

  private Eip712 domain() {
    return new Eip712(chain.deployment().chainId(), chain.deployment().vault());
  }

  private static Bytes32 requestId() {
    return new Bytes32("0x" + UUID.randomUUID().toString().replace("-", "").repeat(2));
  }

  private long requests(String request) {
    return database.inTransaction(sql -> sql.row("SELECT count(*) AS n FROM request WHERE client_id = $1", request))
        .orElseThrow().getLong("n");
  }
}
