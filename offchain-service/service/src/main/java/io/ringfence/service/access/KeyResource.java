package io.ringfence.service.access;

import io.ringfence.service.problem.JsonBody;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** API keys, for the administrator. */
@Path("/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Keys")
@Blocking
public class KeyResource {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ._:@-]{1,100}");

  private final ApiKeys keys;

  /** On these keys. */
  public KeyResource(ApiKeys keys) {
    this.keys = keys;
  }

  /**
   * What key is wanted.
   *
   * @param id made by the client: under one id one key is issued, however often the request is sent
   * @param venue the venue it is for; only an administrator's may have none
   * @param role what it may do
   * @param name whose it is, 1 to 100 letters, digits, blanks and {@code ._:@-}
   */
  public record Wanted(String id, Long venue, Role role, String name) {}

  /** A key just issued; {@code id} names the key, {@code requestId} is the client's; {@code secret} is shown this once and kept nowhere. */
  public record Issued(String id, String requestId, Long venue, Role role, String name, String secret) {}

  /** A key as it is kept; {@code requestId} is null for the administrator's own. */
  public record Kept(
      String id, String requestId, Long venue, Role role, String name, OffsetDateTime createdAt, OffsetDateTime revokedAt) {
    static Kept of(Credential credential) {
      return new Kept(credential.id(), credential.clientId(), credential.venue(), credential.role(), credential.name(),
          credential.createdAt(), credential.revokedAt());
    }
  }

  @POST
  @Needs(Role.ADMIN)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Issue an API key for one role on one venue, once for each client-made id",
      description = """
          The first request with an `id` is answered 201 with the key's `secret`, which is shown this once and kept nowhere. A retry (same
          `id`, same content) issues nothing: it is answered 200 with the same key, without the secret. If the first answer was lost, revoke
          that key and ask for another under a new `id`. The same `id` with other content is refused, 409.
          """)
  @APIResponse(responseCode = "201", description = "Issued", content = @Content(schema = @Schema(implementation = Issued.class)))
  @APIResponse(
      responseCode = "200",
      description = "Issued before, under the same id",
      content = @Content(schema = @Schema(implementation = Kept.class)))
  public Response issue(@RequestBody(content = @Content(schema = @Schema(implementation = Wanted.class))) byte[] body) {
    Wanted wanted = JsonBody.read(body, Wanted.class);
    check(wanted);
    ApiKeys.Issued issued = keys.issue(wanted.id(), wanted.venue(), wanted.role(), wanted.name());
    Credential kept = issued.credential();
    return issued.text()
        .map(secret -> Response.status(Response.Status.CREATED)
            .entity(new Issued(kept.id(), kept.clientId(), kept.venue(), kept.role(), kept.name(), secret)))
        .orElseGet(() -> Response.ok(Kept.of(kept)))
        .build();
  }

  private static void check(Wanted wanted) {
    if (wanted.id() == null || !ID.matcher(wanted.id()).matches()) {
      throw ProblemException.field("id", "give 1 to 100 letters, digits or ._:/-, the same in every retry");
    }
    if (wanted.role() == null) {
      throw ProblemException.field("role", "is missing");
    }
    if (wanted.venue() == null && wanted.role() != Role.ADMIN) {
      throw ProblemException.field("venue", "is missing: a key of this role is for one venue");
    }
    if (wanted.venue() != null && wanted.venue() < 1) {
      throw ProblemException.field("venue", "venues are numbered from 1");
    }
    if (wanted.name() == null || !NAME.matcher(wanted.name()).matches()) {
      throw ProblemException.field("name", "give 1 to 100 letters, digits, blanks or ._:@-");
    }
  }

  @GET
  @Needs(Role.ADMIN)
  @Operation(summary = "All keys, without their secrets")
  public List<Kept> list() {
    return keys.all().stream().map(Kept::of).toList();
  }

  @DELETE
  @Path("/{id}")
  @Needs(Role.ADMIN)
  @Operation(summary = "Revoke a key at once")
  public Response revoke(@PathParam("id") String id) {
    keys.revoke(id).orElseThrow(() -> ProblemException.of(ProblemKind.NOT_FOUND, "there is no key " + id));
    return Response.noContent().build();
  }
}
