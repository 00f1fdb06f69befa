package io.ringfence.service.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.service.access.WalletSigned;
import io.ringfence.service.problem.JsonBody;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueKeys;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What clients ask the venue's signature for; the owner's wallet signature in the body is the credential. */
@Path("/v1/venues/{venue}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Pledges and consents")
@Blocking
public class ConsentResource {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");
  private static final int DEADLINE_BITS = 40;

  private final PledgeDesk pledges;
  private final ConsentDesk consents;
  private final Venue venue;
  private final VenueKeys keys;

  /** At these desks. */
  public ConsentResource(PledgeDesk pledges, ConsentDesk consents, Venue venue, VenueKeys keys) {
    this.pledges = pledges;
    this.consents = consents;
    this.venue = venue;
    this.keys = keys;
  }

  /** The terms of a pledge; {@code debitCap} in settlement units as decimal text, {@code deadline} in chain seconds. */
  public record Terms(String account, long venue, long policyVersion, String debitCap, long nonce, long deadline) {}

  /** A pledge that its owner has signed: EIP-712 {@code Pledge} in the vault's domain. */
  public record PledgeBody(String id, Terms terms, String ownerSignature) {}

  /** A withdrawal that the owner asks consent for: EIP-712 {@code ConsentRequest} in the vault's domain; {@code id} is 32 bytes. */
  public record ConsentBody(String id, String token, String amount, String to, long deadline, String ownerSignature) {}

  @POST
  @Path("/pledges")
  @WalletSigned
  @Operation(summary = "Have the venue countersign a pledge that the account's owner has signed")
  public Map<String, Object> pledge(
      @PathParam("venue") long number, @RequestBody(content = @Content(schema = @Schema(implementation = PledgeBody.class))) byte[] body) {
    requireThis(number);
    JsonNode node = JsonBody.object(body, Set.of("id", "terms", "ownerSignature"));
    Fields top = new Fields(node, "");
    JsonNode inner = node.path("terms");
    if (!inner.isObject()) {
      throw ProblemException.field("terms", "must be an object");
    }
    JsonBody.unknownField(inner, Set.of("account", "venue", "policyVersion", "debitCap", "nonce", "deadline")).ifPresent(unknown -> {
      throw ProblemException.field("terms." + unknown, "no such field here");
    });
    Fields terms = new Fields(inner, "terms.");
    PledgeTerms wanted = new PledgeTerms(
        terms.address("account"),
        terms.whole("venue", 32).longValue(),
        terms.whole("policyVersion", 32).longValue(),
        terms.whole("debitCap", 96),
        terms.whole("nonce", 32).longValue(),
        terms.whole("deadline", DEADLINE_BITS).longValue());
    if (wanted.venue() != number) {
      throw ProblemException.field("terms.venue", "is " + wanted.venue() + ", the path's is " + number);
    }
    String id = top.text("id", ID, "must be 1 to 100 letters, digits or ._:/-");
    return Map.of("venueSignature", pledges.countersign(id, wanted, top.data("ownerSignature")).hex());
  }

  @POST
  @Path("/accounts/{account}/consents")
  @WalletSigned
  @Operation(summary = "Ask the venue's consent to a withdrawal; refused with the figures if too little would remain")
  public Map<String, Object> consent(
      @PathParam("venue") long number,
      @PathParam("account") String account,
      @RequestBody(content = @Content(schema = @Schema(implementation = ConsentBody.class))) byte[] body) {
    requireThis(number);
    Fields fields = new Fields(JsonBody.object(body, Set.of("id", "token", "amount", "to", "deadline", "ownerSignature")), "");
    ConsentRequest request = new ConsentRequest(
        address(account),
        fields.address("token"),
        fields.whole("amount", 256),
        fields.address("to"),
        fields.bytes32("id"),
        fields.whole("deadline", DEADLINE_BITS).longValue(),
        fields.data("ownerSignature"));
    if (request.amount().signum() == 0) {
      throw ProblemException.field("amount", "must not be zero");
    }
    ConsentDesk.Granted granted = consents.consent(request);
    return Map.of("nonce", granted.nonce(), "deadline", granted.deadline(), "venueSignature", granted.venueSignature().hex());
  }

  private void requireThis(long number) {
    if (number != venue.id()) {
      throw ProblemException.of(ProblemKind.NOT_FOUND, "this service works for venue " + venue.id() + ", not for " + number);
    }
    if (!keys.present()) {
      throw ProblemException.of(ProblemKind.UNAVAILABLE, "this service has no venue key and signs nothing");
    }
  }

  private static Address address(String text) {
    try {
      return new Address(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.field("account", "must be an address: 0x and 40 hex digits");
    }
  }
}
