package io.ringfence.service.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses bodies that announce to be too large before any of them is read: the server would do so too, but without a word. */
@ApplicationScoped
public class BodyLimit {
  private static final int STATUS = ProblemKind.TOO_LARGE.status();
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private final long limit;
  private final String document;

  /** Of the server's own limit. */
  public BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) throws JsonProcessingException {
    this.limit = limit.asLongValue();
    this.document = new JsonMapper().writeValueAsString(
        Problem.of(ProblemKind.TOO_LARGE, "a body has at most " + this.limit + " bytes: send smaller batches"));
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(this::check);
  }

  private void check(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && LENGTH.matcher(length).matches() && Long.parseLong(length) > limit) {
      context.response().setStatusCode(STATUS).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
          .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
          .endHandler(done -> context.request().connection().close())
          .end(document);
    } else {
      context.next();
    }
  }
}
