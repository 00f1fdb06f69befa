package io.ringfence.service.problem;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** With this document. */
  public ProblemException(Problem problem) {
    super(problem.title() + ": " + problem.detail());
    this.problem = problem;
  }

  /** Of a kind. */
  public static ProblemException of(ProblemKind kind, String detail) {
    return new ProblemException(Problem.of(kind, detail));
  }

  /** A field that is missing or wrong. */
  public static ProblemException field(String field, String detail) {
    return new ProblemException(Problem.of(ProblemKind.BAD_FIELD, field + ": " + detail).with("field", field));
  }

  /** What the client gets. */
  public Problem problem() {
    return problem;
  }
}
