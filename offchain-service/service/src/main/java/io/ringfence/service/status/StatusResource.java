package io.ringfence.service.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.type.Address;
import io.ringfence.reserves.Leaf;
import io.ringfence.service.access.Needs;
import io.ringfence.service.access.Public;
import io.ringfence.service.access.Role;
import io.ringfence.service.epoch.EpochJson;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.problem.JsonBody;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.status.Views.AccountView;
import io.ringfence.service.status.Views.CallView;
import io.ringfence.service.status.Views.DefaultView;
import io.ringfence.service.status.Views.EpochLine;
import io.ringfence.service.status.Views.EpochView;
import io.ringfence.service.status.Views.ExpiryView;
import io.ringfence.service.status.Views.FundView;
import io.ringfence.service.status.Views.InstrumentView;
import io.ringfence.service.status.Views.LotView;
import io.ringfence.service.status.Views.VenueView;
import io.ringfence.service.venue.Alarms;
import io.ringfence.service.venue.Venue;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reads. What the chain shows anybody needs no key; an account's result, requirement, positions and proof need one of the venue's. */
@Path("/v1/venues/{venue}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reads")
@Blocking
public class StatusResource {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");
  private static final int PAGE_LIMIT = 1000;
  private static final int STATUS_EPOCHS = 10;
  private static final int STATUS_EVENTS = 40;

  private final VenueReads reads;
  private final AccountReads accounts;
  private final JournalReads journal;
  private final ExpiryReads expiries;
  private final EpochStore epochs;
  private final Venue venue;
  private final Alarms alarms;

  /** Of these reads. */
  public StatusResource(
      VenueReads reads,
      AccountReads accounts,
      JournalReads journal,
      ExpiryReads expiries,
      EpochStore epochs,
      Venue venue,
      Alarms alarms) {
    this.reads = reads;
    this.accounts = accounts;
    this.journal = journal;
    this.expiries = expiries;
    this.epochs = epochs;
    this.venue = venue;
    this.alarms = alarms;
  }

  /** A wish for a settling root; {@code id} is made by the client. */
  public record SettlingBody(String id) {}

  @GET
  @Path("/status")
  @Public
  @Operation(summary = "Everything public at one glance: head, accounts, calls, defaults, auctions, fund, newest roots and events, alarms")
  public Map<String, Object> status(@PathParam("venue") long number) {
    requireThis(number);
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("venue", number);
    journal.head().ifPresent(head -> status.put("head", head));
    status.put("newestEpoch", epochs.newestPosted());
    status.put("accounts", accounts.shown());
    status.put("calls", reads.calls());
    status.put("defaults", reads.defaults());
    status.put("auctions", reads.auctions());
    reads.fund().ifPresent(fund -> status.put("fund", fund));
    status.put("epochs", reads.epochs(Long.MAX_VALUE, STATUS_EPOCHS));
    status.put("timeline", journal.timeline(Optional.empty(), Long.MAX_VALUE, STATUS_EVENTS));
    status.put("alarms", alarms.active().values());
    return status;
  }

  @GET
  @Public
  @Operation(summary = "The venue as the registry has it, its attestors and the collateral it accepts")
  public VenueView registration(@PathParam("venue") long number) {
    requireThis(number);
    return reads.venue().orElseThrow(() -> unregistered(number));
  }

  @GET
  @Path("/instruments")
  @Public
  @Operation(summary = "Instruments that the venue's fills and quotes have named")
  public List<InstrumentView> instruments(@PathParam("venue") long number) {
    requireThis(number);
    return reads.instruments();
  }

  @GET
  @Path("/accounts")
  @Needs({Role.READER, Role.OPERATOR, Role.TRADING, Role.MARKET_DATA})
  @Operation(summary = "Accounts ever pledged to the venue with their lines in the newest root")
  public List<AccountView> accounts(@PathParam("venue") long number) {
    requireThis(number);
    return accounts.all();
  }

  @GET
  @Path("/accounts/{account}")
  @Needs({Role.READER, Role.OPERATOR, Role.TRADING, Role.MARKET_DATA})
  @Operation(summary = "One account with its line in the newest root")
  public AccountView account(@PathParam("venue") long number, @PathParam("account") String account) {
    requireThis(number);
    return accounts.one(address(account).hex()).orElseThrow(() -> notFound("venue " + number + " never had the account " + account));
  }

  @GET
  @Path("/accounts/{account}/proof")
  @Needs({Role.READER, Role.OPERATOR, Role.TRADING, Role.MARKET_DATA})
  @Operation(summary = "The proof file of one account under the newest root, or under the root of an epoch")
  public ObjectNode proof(
      @PathParam("venue") long number, @PathParam("account") String account, @QueryParam("epoch") Long epoch) {
    requireThis(number);
    Address of = address(account);
    long wanted = epoch == null ? epochs.newestPosted() : epoch;
    Root root = epochs.find(wanted).filter(EpochStore.Stored::posted).flatMap(found -> epochs.root(wanted))
        .orElseThrow(() -> notFound("there is no posted epoch " + wanted));
    Leaf leaf = root.leaf(of).orElseThrow(() -> notFound("epoch " + wanted + " has no leaf of " + account));
    return EpochJson.proofFile(root.proofFile(leaf));
  }

  @GET
  @Path("/calls")
  @Public
  @Operation(summary = "Margin calls, newest first")
  public List<CallView> calls(@PathParam("venue") long number) {
    requireThis(number);
    return reads.calls();
  }

  @GET
  @Path("/defaults")
  @Public
  @Operation(summary = "Defaults and how their losses were borne, newest first")
  public List<DefaultView> defaults(@PathParam("venue") long number) {
    requireThis(number);
    return reads.defaults();
  }

  @GET
  @Path("/auctions")
  @Public
  @Operation(summary = "Auction lots with their takes, newest first")
  public List<LotView> auctions(@PathParam("venue") long number) {
    requireThis(number);
    return reads.auctions();
  }

  @GET
  @Path("/fund")
  @Public
  @Operation(summary = "The default fund's tranches and the settlement pool")
  public FundView fund(@PathParam("venue") long number) {
    requireThis(number);
    return reads.fund().orElseThrow(() -> unregistered(number));
  }

  @GET
  @Path("/epochs")
  @Public
  @Operation(summary = "Roots, newest first")
  public List<EpochLine> epochs(
      @PathParam("venue") long number,
      @QueryParam("before") @DefaultValue("9223372036854775807") long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    requireThis(number);
    return reads.epochs(before, bounded(limit));
  }

  @GET
  @Path("/epochs/latest")
  @Public
  @Operation(summary = "The newest posted root with its signatures and the preimages of its commitments")
  public EpochView latestEpoch(@PathParam("venue") long number) {
    return epoch(number, epochs.newestPosted());
  }

  @GET
  @Path("/epochs/{epoch}")
  @Public
  @Operation(summary = "One root with its signatures and the preimages of its commitments")
  public EpochView epoch(@PathParam("venue") long number, @PathParam("epoch") long epoch) {
    requireThis(number);
    return reads.epoch(epoch).orElseThrow(() -> notFound("there is no epoch " + epoch));
  }

  @GET
  @Path("/expiries")
  @Public
  @Operation(summary = "Settlement prices of expiries, newest first, and how many positions each has closed")
  public List<ExpiryView> expiries(@PathParam("venue") long number) {
    requireThis(number);
    return expiries.given();
  }

  @POST
  @Path("/epochs/settling")
  @Needs(Role.OPERATOR)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Ask that the next root settle; the answer names the epoch once one has taken the wish up")
  public Map<String, Object> settling(
      @PathParam("venue") long number,
      @RequestBody(content = @Content(schema = @Schema(implementation = SettlingBody.class))) byte[] body) {
    requireThis(number);
    String id = JsonBody.object(body, Set.of("id")).path("id").textValue();
    if (id == null || !ID.matcher(id).matches()) {
      throw ProblemException.field("id", "must be 1 to 100 letters, digits or ._:/-");
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", id);
    journal.askForSettlement(id).ifPresent(epoch -> answer.put("epoch", epoch));
    return answer;
  }

  @GET
  @Path("/settlements")
  @Public
  @Operation(summary = "What settlement has moved, and what it had to skip, newest first")
  public Map<String, List<ObjectNode>> settlements(@PathParam("venue") long number) {
    requireThis(number);
    return Map.of("settled", journal.settlements(), "skipped", journal.skippedSettlements());
  }

  @GET
  @Path("/timeline")
  @Public
  @Operation(summary = "What happened on the chain, newest first; of one account if named")
  public List<ObjectNode> timeline(
      @PathParam("venue") long number,
      @QueryParam("account") String account,
      @QueryParam("before") @DefaultValue("9223372036854775807") long before,
      @QueryParam("limit") @DefaultValue("200") int limit) {
    requireThis(number);
    return journal.timeline(Optional.ofNullable(account).map(text -> address(text).hex()), before, bounded(limit));
  }

  private void requireThis(long number) {
    if (number != venue.id()) {
      throw notFound("this service works for venue " + venue.id() + ", not for " + number);
    }
  }

  private static ProblemException unregistered(long number) {
    return notFound("venue " + number + " is not registered on the chain, as far as the ledger has come");
  }

  private static int bounded(int limit) {
    if (limit < 1 || limit > PAGE_LIMIT) {
      throw ProblemException.field("limit", "must be from 1 to " + PAGE_LIMIT);
    }
    return limit;
  }

  private static Address address(String text) {
    try {
      return new Address(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.field("account", "must be an address: 0x and 40 hex digits");
    }
  }

  private static ProblemException notFound(String detail) {
    return ProblemException.of(ProblemKind.NOT_FOUND, detail);
  }
}
