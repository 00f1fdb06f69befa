package io.ringfence.service.feed;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.ringfence.service.access.Gate;
import io.ringfence.service.access.Role;
import io.ringfence.service.problem.ProblemMappers;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.regex.Pattern;

/** Lets nobody open a feed who could not send anything on it: a handshake without such a key is answered 401 or 403, and 404 elsewhere. */
@ApplicationScoped
public class FeedUpgrade implements HttpUpgradeCheck {
  private static final Pattern VENUE = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final int NOT_FOUND = 404;

  private final Gate gate;
  private final StoredFeeds feeds;

  /** By what {@code gate} decides. */
  public FeedUpgrade(Gate gate, StoredFeeds feeds) {
    this.gate = gate;
    this.feeds = feeds;
  }

  @Override
  public boolean appliesTo(String endpointId) {
    return endpointId.equals(FeedSocket.ID);
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    String authorization = context.httpRequest().getHeader(HttpHeaders.AUTHORIZATION);
    String venue = context.pathParam("venue");
    return Uni.createFrom().item(() -> check(authorization, venue)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private CheckResult check(String authorization, String venue) {
    try {
      gate.require(authorization, venue, Role.TRADING, Role.MARKET_DATA);
      if (!VENUE.matcher(venue).matches()) {
        return CheckResult.rejectUpgradeSync(NOT_FOUND);
      }
      feeds.requireRegistered(Long.parseLong(venue));
      return CheckResult.permitUpgradeSync();
    } catch (RuntimeException e) {
      return CheckResult.rejectUpgradeSync(ProblemMappers.of(e).status());
    }
  }
}
