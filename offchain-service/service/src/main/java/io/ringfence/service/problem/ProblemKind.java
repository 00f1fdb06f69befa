package io.ringfence.service.problem;

/** Kinds of problems: each has one title and one HTTP status. */
public enum ProblemKind {
  MALFORMED_JSON("malformed-json", "The body is not JSON", 400),
  BAD_FIELD("bad-field", "A field is missing or wrong", 400),
  NO_CREDENTIAL("no-credential", "A credential is needed", 401),
  NOT_ALLOWED("not-allowed", "The credential does not allow this", 403),
  NOT_FOUND("not-found", "There is no such thing", 404),
  METHOD("method-not-allowed", "This method is not for this path", 405),
  MEDIA_TYPE("unsupported-media-type", "This media type is not understood", 415),
  CONFLICT("conflict", "This conflicts with what is there", 409),
  TOO_LARGE("too-large", "The body is too large", 413),
  ALL_ROWS_BAD("all-rows-bad", "No row of the batch could be used", 422),
  REFUSED("refused", "The request was refused", 422),
  UNAVAILABLE("unavailable", "Not available now", 503),
  OTHER("request-error", "The request cannot be served", 400),
  INTERNAL("internal", "The service failed", 500);

  private final String slug;
  private final String title;
  private final int status;

  ProblemKind(String slug, String title, int status) {
    this.slug = slug;
    this.title = title;
    this.status = status;
  }

  /** The last part of the problem's type. */
  public String slug() {
    return slug;
  }

  /** The kind in words. */
  public String title() {
    return title;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }
}
