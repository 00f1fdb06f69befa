package io.ringfence.service.monitor;

import io.ringfence.chain.type.Address;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.MarginException;
import io.ringfence.service.access.Needs;
import io.ringfence.service.access.Role;
import io.ringfence.service.monitor.MarginViews.AccountMarginView;
import io.ringfence.service.monitor.MarginViews.VenueMargins;
import io.ringfence.service.monitor.MarginViews.WhatIfView;
import io.ringfence.service.problem.JsonBody;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Entities;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Margins at this moment's prices. What a root proves is under the account itself. */
@Path("/v1/venues/{venue}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Margin")
@Blocking
public class MarginResource {

  private final MarginMonitor monitor;
  private final Entities entities;
  private final Venue venue;

  /** Of this monitor. */
  public MarginResource(MarginMonitor monitor, Entities entities, Venue venue) {
    this.monitor = monitor;
    this.entities = entities;
    this.venue = venue;
  }

  /** A position to add, at its mark if no price is given. */
  public record AddedPosition(String instrument, String quantity, String price) {}

  /** Collateral that comes in, or leaves if negative, smallest units. */
  public record MovedCollateral(String token, String amount) {}

  /** Trades and movements that have not happened. */
  public record Change(List<AddedPosition> positions, List<MovedCollateral> collateral) {}

  @GET
  @Path("/margins")
  @Needs({Role.READER, Role.OPERATOR, Role.TRADING, Role.MARKET_DATA})
  @Operation(summary = "Every pledged account's margin at this moment's prices, the shortest first, and how many are short or stale")
  public VenueMargins all(@PathParam("venue") long number) {
    requireThis(number);
    return monitor.all();
  }

  @GET
  @Path("/margins/parameters")
  @Needs({Role.READER, Role.OPERATOR, Role.TRADING, Role.MARKET_DATA})
  @Operation(summary = "The margin parameters as canonical JSON, to the byte: their Keccak-256 is the modelHash of the venue's roots")
  @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Object.class)))
  public byte[] parameters(@PathParam("venue") long number) {
    requireThis(number);
    return monitor.parameters();
  }

  @GET
  @Path("/accounts/{account}/margin")
  @Needs({Role.READER, Role.OPERATOR, Role.TRADING, Role.MARKET_DATA})
  @Operation(summary = "One account's margin at this moment's prices: excess, free collateral, buying power, and the whole breakdown")
  public AccountMarginView account(
      @PathParam("venue") long number, @PathParam("account") String account, @QueryParam("instrument") String instrument) {
    requireThis(number);
    return monitor.account(address(account), Optional.ofNullable(instrument).map(MarginResource::instrument));
  }

  @POST
  @Path("/accounts/{account}/what-if")
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs({Role.READER, Role.OPERATOR, Role.TRADING, Role.MARKET_DATA})
  @Operation(summary = "The margin of an account if it traded, deposited or withdrew; nothing is stored")
  public WhatIfView whatIf(
      @PathParam("venue") long number,
      @PathParam("account") String account,
      @RequestBody(content = @Content(schema = @Schema(implementation = Change.class))) byte[] body) {
    requireThis(number);
    return monitor.whatIf(address(account), JsonBody.object(body, WhatIfReader.FIELDS));
  }

  private void requireThis(long number) {
    if (number != venue.id()) {
      throw ProblemException.of(ProblemKind.NOT_FOUND, "this service works for venue " + venue.id() + ", not for " + number);
    }
    if (!VenueFacts.registered(entities, venue.id())) {
      throw ProblemException.of(ProblemKind.NOT_FOUND, "venue " + number + " is not registered on the chain, as far as the ledger has come");
    }
  }

  private static Address address(String text) {
    try {
      return new Address(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.field("account", "must be an address: 0x and 40 hex digits");
    }
  }

  private static Instrument instrument(String name) {
    try {
      return Instrument.parse(name);
    } catch (MarginException e) {
      throw ProblemException.field("instrument", e.getMessage());
    }
  }
}
