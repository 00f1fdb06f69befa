package io.ringfence.service.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem document (RFC 9457).
 *
 * @param type names the kind of problem: {@code urn:ringfence:problem:KIND}
 * @param title the kind in words, the same each time
 * @param status HTTP status
 * @param detail what is wrong this time and what to do about it
 * @param members further members: the {@code field} at fault, {@code rejected} rows, {@code value} and {@code required} ...
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, @JsonIgnore Map<String, Object> members) {
  /** Media type of a problem document. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    members = Map.copyOf(members);
  }

  /** A problem of a kind, without further members. */
  public static Problem of(ProblemKind kind, String detail) {
    return new Problem("urn:ringfence:problem:" + kind.slug(), kind.title(), kind.status(), detail, Map.of());
  }

  /** The same with a further member. */
  public Problem with(String member, Object value) {
    var more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Problem(type, title, status, detail, more);
  }

  /** Members of this problem alone, beside the standard ones. */
  @JsonAnyGetter
  public Map<String, Object> extensions() {
    return members;
  }
}
