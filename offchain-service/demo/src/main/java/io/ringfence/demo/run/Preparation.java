package io.ringfence.demo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.encode.Call;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.demo.run.Senders.Act;
import io.ringfence.demo.scenario.Funding;
import io.ringfence.demo.system.DemoException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** Everything before the first price: money, accounts, the fund, keys, pledges. */
final class Preparation {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SETTLEMENT = "USDC";
  private static final BigInteger DEBIT_CAP = BigInteger.TEN.pow(13);
  private static final Duration TERMS_LIFE = Duration.ofHours(2);
  private static final List<String> ROLES = List.of("trading", "market-data", "operator", "reader");

  private final Stage stage;
  private final TestKeys keys;
  private final Consumer<String> progress;

  Preparation(Stage stage, TestKeys keys, Consumer<String> progress) {
    this.stage = stage;
    this.keys = keys;
    this.progress = progress;
  }

  /** Pays collateral to addresses at which nothing exists yet: a deposit is a transfer from anywhere. */
  void deposit() {
    List<Act> mints = new ArrayList<>();
    List<Act> transfers = new ArrayList<>();
    Map<String, BigInteger> totals = new TreeMap<>();
    for (Member member : stage.cast().all()) {
      member.client().collateral().forEach((symbol, amount) -> {
        BigInteger units = stage.units(symbol, amount);
        totals.merge(symbol, units, BigInteger::add);
        String id = "deposit:" + member.client().name() + ":" + symbol;
        if (!stage.senders().knows(id) && stage.rpc().code(member.account(), BlockTag.LATEST).length() != 0) {
          throw new DemoException("there is something at " + member.account() + " before it was opened");
        }
        transfers.add(new Act(TestKeys.DEPLOYER, id, stage.calls().transfer(stage.token(symbol).address(), member.account(), units)));
      });
    }
    Address exchange = keys.signer(TestKeys.DEPLOYER).address();
    BigInteger reserve = stage.units(SETTLEMENT, new BigDecimal("1000000"));
    totals.merge(SETTLEMENT, reserve, BigInteger::add);
    totals.forEach((symbol, sum) -> mints.add(mint("exchange", symbol, exchange, sum)));
    BigInteger keeperCash = stage.units(SETTLEMENT, Funding.KEEPER);
    mints.add(mint("keeper-1", SETTLEMENT, keys.signer(TestKeys.KEEPER_1).address(), keeperCash));
    mints.add(mint("keeper-2", SETTLEMENT, keys.signer(TestKeys.KEEPER_2).address(), keeperCash));
    mints.add(mint("venue", SETTLEMENT, keys.signer(TestKeys.VENUE).address(), stage.units(SETTLEMENT, Funding.VENUE_TRANCHE)));
    for (int i = 0; i < Funding.MEMBERS.size(); i++) {
      Address member = keys.signer(TestKeys.MEMBER_1 + i).address();
      mints.add(mint("member-" + (i + 1), SETTLEMENT, member, stage.units(SETTLEMENT, Funding.MEMBERS.get(i))));
    }
    stage.senders().sendAll(mints);
    stage.senders().sendAll(transfers);
    progress.accept(transfers.size() + " deposits by plain transfer to " + stage.cast().all().size() + " addresses that do not exist yet");
  }

  /** Fills both tranches: first the venue's own, then the members'. */
  void fund() {
    Address asset = stage.token(SETTLEMENT).address();
    Address fund = stage.venue().fund();
    Address series = stage.contracts().fund(fund).series();
    BigInteger own = stage.units(SETTLEMENT, Funding.VENUE_TRANCHE);
    List<Act> approvals = new ArrayList<>(List.of(new Act(TestKeys.VENUE, "fund:approve:venue", stage.calls().approve(asset, fund, own))));
    List<Act> payments = new ArrayList<>(List.of(new Act(TestKeys.VENUE, "fund:venue", stage.calls().fundVenueTranche(fund, own))));
    for (int i = 0; i < Funding.MEMBERS.size(); i++) {
      int key = TestKeys.MEMBER_1 + i;
      BigInteger share = stage.units(SETTLEMENT, Funding.MEMBERS.get(i));
      approvals.add(new Act(key, "fund:approve:" + key, stage.calls().approve(asset, series, share)));
      payments.add(new Act(key, "fund:member:" + key, stage.calls().deposit(series, share, keys.signer(key).address())));
    }
    stage.senders().sendAll(approvals);
    stage.senders().sendAll(payments);
    progress.accept("default fund: " + Funding.VENUE_TRANCHE + " of the venue's own, then " + Funding.MEMBERS + " of its members");
  }

  /** Opens every account at the address that was paid before. */
  void open() {
    List<Act> acts = new ArrayList<>();
    for (Member member : stage.cast().all()) {
      Call open = stage.calls().open(member.owner(), member.client().number());
      acts.add(new Act(TestKeys.DEPLOYER, "open:" + member.client().name(), open));
    }
    stage.senders().sendAll(acts);
    progress.accept(stage.cast().all().size() + " accounts opened at those addresses");
  }

  /** Has the administrator issue one key for each role. */
  void issueKeys(Path adminKeyFile) {
    String admin = readAdminKey(adminKeyFile);
    for (String role : ROLES) {
      if (!stage.state().get().apiKeys().containsKey(role)) {
        // A key whose secret a killed run did not keep is no use: each run asks under an id of its own.
        ObjectNode wanted = JSON.createObjectNode()
            .put("id", "demo:" + role + ":" + UUID.randomUUID())
            .put("venue", Stage.VENUE).put("role", role).put("name", "demo " + role);
        JsonNode issued = stage.service().post("/v1/keys", admin, wanted).good("an API key");
        stage.state().apiKey(role, issued.required("secret").asText());
      }
    }
  }

  /** Pledges every account: the owner signs the terms, the service countersigns for the venue, anyone brings both to the chain. */
  void pledge() {
    Eip712 domain = new Eip712(stage.deployment().chainId(), stage.deployment().vault());
    long deadline = stage.head().timestamp() + TERMS_LIFE.toSeconds();
    long version = stage.contracts().registry().policyVersion(Stage.VENUE);
    List<Act> acts = new ArrayList<>();
    for (Member member : stage.cast().all()) {
      if (stage.record(member.account()).venue() != 0) {
        continue;
      }
      long nonce = stage.contracts().vault().pledges(member.account());
      PledgeTerms terms = new PledgeTerms(member.account(), Stage.VENUE, version, DEBIT_CAP, nonce, deadline);
      Data ownerSignature = member.signer().sign(domain.pledge(terms));
      Data venueSignature = countersign(member, terms, ownerSignature);
      Call call = stage.calls().pledge(terms, ownerSignature, venueSignature);
      acts.add(new Act(TestKeys.DEPLOYER, "pledge:" + member.client().name() + ":" + deadline, call));
    }
    stage.senders().sendAll(acts);
    progress.accept(stage.cast().all().size() + " accounts pledged, each by two signatures");
  }

  private Data countersign(Member member, PledgeTerms terms, Data ownerSignature) {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", "pledge:" + member.client().name() + ":" + terms.deadline());
    body.putObject("terms")
        .put("account", terms.account().hex())
        .put("venue", terms.venue())
        .put("policyVersion", terms.policyVersion())
        .put("debitCap", terms.debitCap().toString())
        .put("nonce", terms.nonce())
        .put("deadline", terms.deadline());
    body.put("ownerSignature", ownerSignature.hex());
    JsonNode answer = stage.service().post(Stage.VENUE_PATH + "/pledges", "", body).good("the pledge of " + member.client().name());
    return new Data(answer.required("venueSignature").asText());
  }

  private static String readAdminKey(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new DemoException("the administrator's key " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private Act mint(String who, String symbol, Address to, BigInteger units) {
    return new Act(TestKeys.DEPLOYER, "mint:" + who + ":" + symbol, stage.calls().mint(stage.token(symbol).address(), to, units));
  }
}
