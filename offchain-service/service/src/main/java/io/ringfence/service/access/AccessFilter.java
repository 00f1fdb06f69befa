package io.ringfence.service.access;

import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.problem.ProblemMappers;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets a request through to a method only under the rule that the method states; a method without one is closed to everybody. */
public final class AccessFilter {
  private static final String SCHEME = "Bearer ";

  private final ApiKeys keys;
  private final Caller caller;

  /** Checking against {@code keys}. */
  public AccessFilter(ApiKeys keys, Caller caller) {
    this.keys = keys;
    this.caller = caller;
  }

  /** Null lets the request through. */
  @ServerRequestFilter
  public Response filter(ContainerRequestContext request, ResourceInfo target) {
    Method method = target.getResourceMethod();
    if (method.isAnnotationPresent(Public.class) || method.isAnnotationPresent(WalletSigned.class)) {
      return null;
    }
    Needs needs = method.getAnnotation(Needs.class);
    if (needs == null) {
      return ProblemMappers.response(Problem.of(ProblemKind.NOT_ALLOWED, "nobody may: no rule of access is stated for this path"));
    }
    try {
      caller.is(require(request, needs.value()));
      return null;
    } catch (ProblemException e) {
      return ProblemMappers.response(e.problem());
    }
  }

  private Credential require(ContainerRequestContext request, Role[] roles) {
    String header = Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION)).orElse("");
    if (!header.startsWith(SCHEME)) {
      throw ProblemException.of(ProblemKind.NO_CREDENTIAL, "send an API key: Authorization: Bearer rf_...");
    }
    Credential credential = keys.check(header.substring(SCHEME.length()).strip())
        .orElseThrow(() -> ProblemException.of(ProblemKind.NO_CREDENTIAL, "this API key is unknown, wrong or revoked"));
    if (credential.role() == Role.ADMIN) {
      return credential;
    }
    if (Arrays.stream(roles).noneMatch(role -> role == credential.role())) {
      throw ProblemException.of(ProblemKind.NOT_ALLOWED, "this needs the role "
          + Arrays.stream(roles).map(Role::text).collect(Collectors.joining(" or ")) + "; the key has " + credential.role().text());
    }
    String venue = request.getUriInfo().getPathParameters().getFirst("venue");
    if (venue != null && !venue.equals(String.valueOf(credential.venue()))) {
      throw ProblemException.of(ProblemKind.NOT_ALLOWED, "this key is for venue " + credential.venue() + ", not for " + venue);
    }
    return credential;
  }
}
