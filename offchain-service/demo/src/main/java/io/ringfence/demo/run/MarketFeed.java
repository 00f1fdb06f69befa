package io.ringfence.demo.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.deploy.Deployment;
import io.ringfence.demo.market.MarketStep;
import io.ringfence.demo.market.MarketTape;
import io.ringfence.demo.market.Quote;
import io.ringfence.demo.run.Senders.Act;
import io.ringfence.demo.scenario.Trade;
import io.ringfence.demo.system.DemoException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Brings one step's prices to the feeds on the chain and to the service, and its trades to the service. */
final class MarketFeed {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DECIMALS = 18;

  private final Stage stage;

  MarketFeed(Stage stage) {
    this.stage = stage;
  }

  /** Sets the feeds: rounded down to the feed's decimals. A price that is not new is not set again, and grows old. */
  void setFeeds(MarketStep step, long shift) {
    List<Act> acts = new ArrayList<>();
    for (Quote spot : step.spots()) {
      Deployment.Feed feed = stage.deployment().feed(spot.instrument() + " / USD")
          .orElseThrow(() -> new DemoException("the deployment has no price feed of " + spot.instrument()));
      BigInteger answer = spot.price().setScale(feed.decimals(), RoundingMode.DOWN).unscaledValue();
      String id = "feed:" + spot.instrument() + ":" + spot.time() + ":" + shift;
      acts.add(new Act(TestKeys.DEPLOYER, id, stage.calls().setFeed(feed.address(), answer, spot.time().getEpochSecond() + shift)));
    }
    stage.senders().sendAll(acts);
  }

  /** Sends spot prices, perpetuals' marks and options' marks. */
  void sendPrices(MarketStep step) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode rows = body.putArray("rows");
    for (Quote spot : step.spots()) {
      row(rows, step, spot, "spot");
      row(rows, step, step.mark(spot.instrument() + MarketTape.PERPETUAL), "mark");
    }
    step.options().forEach(option -> row(rows, step, option, "mark"));
    send("/prices", "market-data", body);
  }

  /** Sends the step's trades, two rows each: what one buys the other sells, at the step's mark. */
  void sendTrades(MarketStep step, List<Trade> trades) {
    if (trades.isEmpty()) {
      return;
    }
    ObjectNode body = JSON.createObjectNode();
    ArrayNode rows = body.putArray("rows");
    for (Trade trade : trades) {
      BigDecimal price = price(step.mark(trade.instrument()));
      fill(rows, step, trade, trade.buyer(), trade.quantity(), price);
      fill(rows, step, trade, trade.seller(), trade.quantity().negate(), price);
    }
    send("/positions", "trading", body);
  }

  private void send(String path, String role, ObjectNode body) {
    JsonNode result = stage.service().post(Stage.VENUE_PATH + path, stage.state().get().apiKeys().get(role), body).good(path);
    if (!result.path("rejected").isEmpty()) {
      throw new DemoException("the service refused rows of " + path + ": " + result.path("rejected"));
    }
  }

  private static void row(ArrayNode rows, MarketStep step, Quote quote, String kind) {
    rows.addObject()
        .put("id", "price:" + step.number() + ":" + kind + ":" + quote.instrument())
        .put("instrument", quote.instrument())
        .put("kind", kind)
        .put("price", price(quote).toPlainString())
        .put("time", quote.time().toString());
  }

  private void fill(ArrayNode rows, MarketStep step, Trade trade, String who, BigDecimal quantity, BigDecimal price) {
    rows.addObject()
        .put("id", trade.id() + ":" + who)
        .put("account", stage.cast().get(who).account().hex())
        .put("instrument", trade.instrument())
        .put("quantity", quantity.toPlainString())
        .put("price", price.toPlainString())
        .put("fee", "0")
        .put("time", step.time().toString());
  }

  /** A mark in BTC times an underlying in USD has more digits than feeds take. */
  private static BigDecimal price(Quote quote) {
    return quote.price().scale() > DECIMALS ? quote.price().setScale(DECIMALS, RoundingMode.HALF_EVEN) : quote.price();
  }
}
