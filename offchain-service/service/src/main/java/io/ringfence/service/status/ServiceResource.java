package io.ringfence.service.status;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.service.access.Public;
import io.ringfence.service.venue.Venue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What this service is for: read once by whoever shows its figures, the status page for one. */
@Path("/v1/service")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reads")
public class ServiceResource {
  private final Deployment deployment;
  private final Venue venue;

  /** Of this deployment and venue. */
  public ServiceResource(Deployment deployment, Venue venue) {
    this.deployment = deployment;
    this.venue = venue;
  }

  /** A token: its amounts are whole smallest units, 10^decimals of them to one. */
  public record Token(String symbol, String address, int decimals) {}

  /** The chain, the vault, the venue, and the tokens that amounts are in. */
  public record Service(long chainId, String vault, long venue, List<Token> tokens) {}

  @GET
  @Public
  @Operation(summary = "The chain, the vault, the venue and the tokens that this service works with")
  public Service service() {
    List<Token> tokens = deployment.tokens().stream()
        .map(token -> new Token(token.symbol(), token.address().hex(), token.decimals()))
        .toList();
    return new Service(deployment.chainId(), deployment.vault().hex(), venue.id(), tokens);
  }
}
