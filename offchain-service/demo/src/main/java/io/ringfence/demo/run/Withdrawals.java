package io.ringfence.demo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.rpc.Receipt;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.demo.scenario.OwnerKind;
import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.ServiceClient;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.web3j.crypto.Hash;

/** What owners do at the three doors of a withdrawal. */
final class Withdrawals {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration REQUEST_LIFE = Duration.ofMinutes(20);
  private static final Duration ROOT_LIMIT = Duration.ofSeconds(60);
  private static final int CONFLICT = 409;
  private static final int ATTEMPTS = 20;

  private final Stage stage;
  private final Proofs proofs;
  private final Consumer<String> progress;

  Withdrawals(Stage stage, Consumer<String> progress) {
    this.stage = stage;
    this.proofs = new Proofs(stage);
    this.progress = progress;
  }

  /** Asks the venue's consent and withdraws with it. */
  void withConsent(String name, String symbol, BigDecimal whole) {
    Member member = stage.cast().get(name);
    String id = "withdraw-with-consent:" + name;
    if (!stage.senders().knows(id)) {
      Address token = stage.token(symbol).address();
      BigInteger amount = stage.units(symbol, whole);
      JsonNode consent = ask(member, token, amount).good("its consent to " + name + "'s withdrawal");
      stage.senders().send(member.client().key(), id, stage.calls().withdrawWithConsent(
          member.account(), token, amount, member.owner(), consent.required("deadline").asLong(),
          new Data(consent.required("venueSignature").asText())));
    }
    progress.accept(name + " withdraws " + whole + " " + symbol + " with the venue's consent");
  }

  /** Asks for a consent that the venue must refuse, with the numbers that say why. */
  void refusedByVenue(String name, String symbol, BigDecimal whole) {
    Member member = stage.cast().get(name);
    ServiceClient.Answer answer = ask(member, stage.token(symbol).address(), stage.units(symbol, whole));
    if (answer.status() != CONFLICT) {
      throw new DemoException("the service should have refused %s a withdrawal of %s %s with 409, and answered %d: %s".formatted(
          name, whole, symbol, answer.status(), answer.body()));
    }
    progress.accept("the venue refuses %s a withdrawal of %s %s: %s".formatted(name, whole, symbol, answer.body().path("detail").asText()));
  }

  /** Announces a withdrawal on the chain and has it paid under the next root, with nobody's consent. */
  void byRequest(String name, String symbol, BigDecimal whole) {
    Member member = stage.cast().get(name);
    Address token = stage.token(symbol).address();
    request(member, "request:" + name, token, stage.units(symbol, whole));
    if (waits(member, token)) {
      finalise(member, token);
    }
    progress.accept(name + " withdraws " + whole + " " + symbol + " by request and root, with nobody's consent");
  }

  /**
   * Asks on the chain for more than the requirement leaves, though unrealised profit would cover it: that counts against a call, never
   * for a withdrawal.
   */
  void refusedByChain(String name, String symbol) {
    Member member = stage.cast().get(name);
    Address token = stage.token(symbol).address();
    AccountProof proof = proofs.newest(member);
    BigInteger owing = proof.leaf().credit().subtract(stage.record(member.account()).settled());
    BigInteger value = stage.contracts().valuer().values(member.account(), proof.prices().collateral()).atRoot();
    BigInteger amount = value.subtract(proof.leaf().initialMargin()).add(owing.shiftRight(1));
    request(member, "request:" + name, token, amount);
    if (waits(member, token)) {
      String refusal = refusal(member, token);
      progress.accept("the chain refuses " + name + " a withdrawal by request: " + refusal);
      stage.senders().send(member.client().key(), "cancel:" + name, stage.calls().cancelWithdrawal(member.account(), token));
    }
  }

  /** Takes everything out of an account that is nobody's any more but its owner's. */
  void takeSurplus(Member member) {
    member.client().collateral().keySet().stream().sorted().forEach(symbol -> surplus(member, symbol));
    if (!member.client().collateral().containsKey("USDC")) {
      surplus(member, "USDC");
    }
  }

  private void surplus(Member member, String symbol) {
    Address token = stage.token(symbol).address();
    BigInteger left = stage.contracts().token(token).balanceOf(member.account());
    String id = "surplus:" + member.client().name() + ":" + symbol;
    if (left.signum() > 0 && member.client().kind() == OwnerKind.KEY && !stage.senders().knows(id)) {
      stage.senders().send(member.client().key(), id, stage.calls().withdraw(member.account(), token, left, member.owner()));
      progress.accept(member.client().name() + " takes the surplus of "
          + new BigDecimal(left).movePointLeft(stage.token(symbol).decimals()).toPlainString() + " " + symbol + " home, asking nobody");
    }
  }

  private ServiceClient.Answer ask(Member member, Address token, BigInteger amount) {
    Bytes32 id = Bytes32.of(Hash.sha3(
        ("consent:" + member.client().name() + ":" + token + ":" + amount).getBytes(StandardCharsets.UTF_8)));
    long deadline = stage.head().timestamp() + REQUEST_LIFE.toSeconds();
    Eip712 domain = new Eip712(stage.deployment().chainId(), stage.deployment().vault());
    Data signature = member.signer().sign(domain.consentRequest(member.account(), token, amount, member.owner(), id, deadline));
    ObjectNode body = JSON.createObjectNode()
        .put("id", id.hex())
        .put("token", token.hex())
        .put("amount", amount.toString())
        .put("to", member.owner().hex())
        .put("deadline", deadline)
        .put("ownerSignature", signature.hex());
    return stage.service().post(Stage.VENUE_PATH + "/accounts/" + member.account() + "/consents", "", body);
  }

  private boolean waits(Member member, Address token) {
    return !stage.contracts().vault().request(member.account(), token).to().isZero();
  }

  private void request(Member member, String id, Address token, BigInteger amount) {
    Receipt receipt = stage.senders().send(
        member.client().key(), id, stage.calls().requestWithdrawal(member.account(), token, amount, member.owner()));
    long block = receipt.blockNumber();
    stage.waiting().untilTrue("a root after the request", ROOT_LIMIT, () -> proofs.newest(member).header().snapshotBlock() > block);
  }

  /** Another root may be posted between the proof and the call, which then is not about the newest any more: try again with that. */
  private void finalise(Member member, Address token) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      AccountProof proof = proofs.newest(member);
      try {
        stage.senders().send(TestKeys.DEPLOYER, "finalise:" + member.client().name() + ":" + proof.header().epoch() + ":" + attempt,
            stage.calls().finaliseWithdrawal(token, proof));
        return;
      } catch (CallRefusedException refused) {
        requireOutrun(refused);
      } catch (DemoException failed) {
        if (!failed.getMessage().contains("NotNewest")) {
          throw failed;
        }
      }
    }
    throw new DemoException("the withdrawal of " + member.client().name() + " could not be finalised under any root");
  }

  private String refusal(Member member, Address token) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<String> refusal = tried(member, token, attempt);
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    throw new DemoException("no root was new for long enough to have the withdrawal of " + member.client().name() + " refused");
  }

  private Optional<String> tried(Member member, Address token, int attempt) {
    AccountProof proof = proofs.newest(member);
    try {
      stage.senders().send(TestKeys.DEPLOYER, "finalise:" + member.client().name() + ":" + proof.header().epoch() + ":" + attempt,
          stage.calls().finaliseWithdrawal(token, proof));
    } catch (CallRefusedException refused) {
      if (refused.revert().error().equals("RequirementNotMet")) {
        return Optional.of(refused.revert().toString());
      }
      requireOutrun(refused);
      return Optional.empty();
    }
    throw new DemoException("the chain paid " + member.client().name() + " more than its requirement leaves");
  }

  private static void requireOutrun(CallRefusedException refused) {
    if (!refused.revert().error().equals("NotNewest")) {
      throw refused;
    }
  }
}
