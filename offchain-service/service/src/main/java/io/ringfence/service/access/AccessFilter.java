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
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets a request through to a method only under the rule that the method states; a method without one is closed to everybody. */
public final class AccessFilter {
  private final Gate gate;
  private final Caller caller;

  /** By what {@code gate} decides. */
  public AccessFilter(Gate gate, Caller caller) {
    this.gate = gate;
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
      caller.is(gate.require(request.getHeaderString(HttpHeaders.AUTHORIZATION),
          request.getUriInfo().getPathParameters().getFirst("venue"), needs.value()));
      return null;
    } catch (ProblemException e) {
      return ProblemMappers.response(e.problem());
    }
  }
}
