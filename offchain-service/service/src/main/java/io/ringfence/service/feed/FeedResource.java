package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.service.access.Needs;
import io.ringfence.service.access.Role;
import io.ringfence.service.problem.JsonBody;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Positions and prices by REST batch, how their streams stand, and the prices that settle expiries. */
@Path("/v1/venues/{venue}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Feeds")
@Blocking
public class FeedResource {
  private final StoredFeeds feeds;
  private final StreamReads streams;
  private final SettlementPriceFeed settlementPrices;

  /** Into these feeds. */
  public FeedResource(StoredFeeds feeds, StreamReads streams, SettlementPriceFeed settlementPrices) {
    this.feeds = feeds;
    this.streams = streams;
    this.settlementPrices = settlementPrices;
  }

  /** A change of position at a price; {@code id} is made by the client, {@code time} is ISO 8601 text or seconds since 1970. */
  public record PositionRow(String id, String account, String instrument, String quantity, String price, String fee, String time) {}

  /** Changes of position; {@code stream} and {@code sequence} (from 1, without gaps) go together, or are both left out. */
  public record Positions(String stream, Long sequence, List<PositionRow> rows) {}

  /**
   * A price; {@code kind} is spot, mark, forward, rate or volatility. {@code instrument} is the underlying for a spot, the dated future of
   * that expiry for a forward or a rate, an option for a volatility. {@code price} of a rate is interest a year, continuously compounded,
   * and of a volatility a year's standard deviation, both as fractions. {@code confidence} is from 0 to 1, which it is if left out.
   */
  public record PriceRow(String id, String instrument, String kind, String price, String confidence, String time) {}

  /** Prices; {@code stream} and {@code sequence} (from 1, without gaps) go together, or are both left out. */
  public record Prices(String stream, Long sequence, List<PriceRow> rows) {}

  /** A venue's streams. */
  public record Feeds(List<StreamReads.Stream> streams) {}

  /**
   * The price that settles all contracts on {@code underlying} of one {@code expiry}: ISO 8601 text, 08:00 UTC of their date; {@code price}
   * is settlement currency for one unit.
   */
  public record Settled(String id, String underlying, String expiry, String price) {}

  @POST
  @Path("/positions")
  @Needs(Role.TRADING)
  @Operation(summary = "Changes of position; good rows are kept, bad ones listed, an id applies once",
      description = "An update of a stream may be sent again, and before one that it follows: it applies once, and the answer's next is "
          + "the first sequence that is missing. Other content under a sequence that was received is a conflict (409), as is a sequence "
          + "too far past the first missing one. The same by WebSocket: /v1/venues/{venue}/feed.")
  public FeedAnswer positions(
      @PathParam("venue") long venue,
      @RequestBody(content = @Content(schema = @Schema(implementation = Positions.class))) byte[] body) {
    return accept(venue, FeedKind.POSITIONS, body);
  }

  @POST
  @Path("/prices")
  @Needs(Role.MARKET_DATA)
  @Operation(summary = "Prices; good rows are kept, bad ones listed, an id applies once",
      description = "Streams as with positions. The newest by time is current; of one time, the one with the higher sequence of its "
          + "stream, then the later place in the batch; across streams and without one, the one received last.")
  public FeedAnswer prices(
      @PathParam("venue") long venue,
      @RequestBody(content = @Content(schema = @Schema(implementation = Prices.class))) byte[] body) {
    return accept(venue, FeedKind.PRICES, body);
  }

  @GET
  @Path("/feeds")
  @Needs({Role.READER, Role.TRADING, Role.MARKET_DATA, Role.OPERATOR})
  @Operation(summary = "Streams: the first sequence missing of each, the highest received, and what is missing between")
  public Feeds feeds(@PathParam("venue") long venue) {
    feeds.requireRegistered(venue);
    return new Feeds(streams.streams(venue));
  }

  @POST
  @Path("/expiries")
  @Needs(Role.OPERATOR)
  @Operation(summary = "The price that settles an expiry: given once, it closes every open position of it at its payoff")
  public Settled expiries(
      @PathParam("venue") long venue,
      @RequestBody(content = @Content(schema = @Schema(implementation = Settled.class))) byte[] body) {
    JsonNode node = JsonBody.object(body, SettlementPriceFeed.FIELDS);
    feeds.requireRegistered(venue);
    SettlementPriceFeed.SettlementPrice kept = settlementPrices.give(venue, node);
    return new Settled(kept.id(), kept.underlying(), kept.expiry().toString(), kept.price().toPlainString());
  }

  private FeedAnswer accept(long venue, FeedKind kind, byte[] body) {
    return feeds.accept(FeedUpdate.read(venue, kind, JsonBody.object(body, FeedUpdate.FIELDS))).orProblem();
  }
}
