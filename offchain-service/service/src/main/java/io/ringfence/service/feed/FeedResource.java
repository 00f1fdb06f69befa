package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.service.access.Needs;
import io.ringfence.service.access.Role;
import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.domain.RegisteredVenue;
import io.ringfence.service.problem.JsonBody;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Entities;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Positions and prices by REST batch, and the prices that settle expiries. */
@Path("/v1/venues/{venue}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Feeds")
@Blocking
public class FeedResource {
  private static final Set<String> FIELDS = Set.of("rows");

  private final PositionFeed positions;
  private final PriceFeed prices;
  private final SettlementPriceFeed settlementPrices;
  private final Entities entities;
  private final RingfenceConfig.Limits limits;

  /** Into these feeds. */
  public FeedResource(
      PositionFeed positions, PriceFeed prices, SettlementPriceFeed settlementPrices, Entities entities, RingfenceConfig config) {
    this.positions = positions;
    this.prices = prices;
    this.settlementPrices = settlementPrices;
    this.entities = entities;
    this.limits = config.limits();
  }

  /** A change of position at a price; {@code id} is made by the client, {@code time} is ISO 8601 text or seconds since 1970. */
  public record PositionRow(String id, String account, String instrument, String quantity, String price, String fee, String time) {}

  /** Changes of position. */
  public record Positions(List<PositionRow> rows) {}

  /** A price; {@code kind} is spot, mark or forward, and {@code instrument} the underlying for a spot price. */
  public record PriceRow(String id, String instrument, String kind, String price, String time) {}

  /** Prices. */
  public record Prices(List<PriceRow> rows) {}

  /**
   * The price that settles all contracts on {@code underlying} of one {@code expiry}: ISO 8601 text, 08:00 UTC of their date; {@code price}
   * is settlement currency for one unit.
   */
  public record Settled(String id, String underlying, String expiry, String price) {}

  @POST
  @Path("/positions")
  @Needs(Role.TRADING)
  @Operation(summary = "Changes of position; good rows are kept, bad ones listed, an id applies once")
  public BatchResult positions(
      @PathParam("venue") long venue,
      @RequestBody(content = @Content(schema = @Schema(implementation = Positions.class))) byte[] body) {
    return answer(positions.apply(venue, rows(venue, body)));
  }

  @POST
  @Path("/prices")
  @Needs(Role.MARKET_DATA)
  @Operation(summary = "Prices; good rows are kept, bad ones listed, an id applies once")
  public BatchResult prices(
      @PathParam("venue") long venue,
      @RequestBody(content = @Content(schema = @Schema(implementation = Prices.class))) byte[] body) {
    return answer(prices.apply(venue, rows(venue, body)));
  }

  @POST
  @Path("/expiries")
  @Needs(Role.OPERATOR)
  @Operation(summary = "The price that settles an expiry: given once, it closes every open position of it at its payoff")
  public Settled expiries(
      @PathParam("venue") long venue,
      @RequestBody(content = @Content(schema = @Schema(implementation = Settled.class))) byte[] body) {
    JsonNode node = JsonBody.object(body, SettlementPriceFeed.FIELDS);
    requireRegistered(venue);
    SettlementPriceFeed.SettlementPrice kept = settlementPrices.give(venue, node);
    return new Settled(kept.id(), kept.underlying(), kept.expiry().toString(), kept.price().toPlainString());
  }

  private JsonNode rows(long venue, byte[] body) {
    JsonNode rows = JsonBody.object(body, FIELDS).path("rows");
    if (!rows.isArray() || rows.isEmpty()) {
      throw ProblemException.field("rows", "must be a list of at least one row");
    }
    if (rows.size() > limits.batchRows()) {
      throw ProblemException.field("rows", rows.size() + " rows are too many: send at most " + limits.batchRows() + " at once");
    }
    requireRegistered(venue);
    return rows;
  }

  private void requireRegistered(long venue) {
    if (entities.find(RegisteredVenue.class, venue).isEmpty()) {
      throw ProblemException.of(ProblemKind.NOT_FOUND, "venue " + venue + " is not registered on the chain, as far as the ledger has come");
    }
  }

  private static BatchResult answer(BatchResult result) {
    if (result.nothingUsable()) {
      var first = result.rejected().getFirst();
      throw new ProblemException(Problem.of(ProblemKind.ALL_ROWS_BAD, "row " + first.row() + ", " + first.field() + ": " + first.detail())
          .with("field", first.field()).with("rejected", result.rejected()));
    }
    return result;
  }
}
