package io.ringfence.service.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a request into a problem document; what is inside the service stays inside. */
public final class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  /** Ours. */
  @ServerExceptionMapper
  public Response problem(ProblemException e) {
    return response(e.problem());
  }

  /** JSON that could not be read into what an endpoint wants. */
  @ServerExceptionMapper
  public Response json(JsonProcessingException e) {
    return response(JsonBody.problem(e));
  }

  /** The framework's own refusals: unknown route, wrong method, wrong media type, a path parameter that is no number. */
  @ServerExceptionMapper
  public Response framework(WebApplicationException e) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return response(JsonBody.problem(json));
    }
    int status = e.getResponse().getStatus();
    Problem problem =
        switch (status) {
          case 401 -> Problem.of(ProblemKind.NO_CREDENTIAL, "send an API key: Authorization: Bearer rf_...");
          case 403 -> Problem.of(ProblemKind.NOT_ALLOWED, "this credential has no role for it");
          case 404 -> Problem.of(ProblemKind.NOT_FOUND, "no such path, or a number in it is not one; /docs lists what there is");
          case 405 -> Problem.of(ProblemKind.METHOD, "/docs lists the methods of each path");
          case 413 -> Problem.of(ProblemKind.TOO_LARGE, "send smaller batches");
          case 415 -> Problem.of(ProblemKind.MEDIA_TYPE, "send Content-Type: application/json");
          default -> other(status, e);
        };
    return response(problem);
  }

  /** A defect: logged under an id that the client gets, and nothing else of it. */
  @ServerExceptionMapper
  public Response defect(Throwable e) {
    return response(logged(e));
  }

  /** The problem that a failure is told as, whatever the request came by: a {@link ProblemException} has its own. */
  public static Problem of(RuntimeException e) {
    return e instanceof ProblemException known ? known.problem() : logged(e);
  }

  private static Problem logged(Throwable e) {
    String id = UUID.randomUUID().toString();
    LOG.errorf(e, "request failed (%s)", id);
    return Problem.of(ProblemKind.INTERNAL, "the log has it under " + id).with("id", id);
  }

  /** The response that carries a problem. */
  public static Response response(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }

  private static Problem other(int status, WebApplicationException e) {
    Problem general = Problem.of(status >= 500 ? ProblemKind.INTERNAL : ProblemKind.OTHER, String.valueOf(e.getMessage()));
    return new Problem(general.type(), general.title(), status, general.detail(), general.members());
  }
}
