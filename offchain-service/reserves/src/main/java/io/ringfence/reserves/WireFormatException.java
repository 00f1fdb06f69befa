package io.ringfence.reserves;

/** A value that the wire formats cannot carry: says which field, what is wrong with it and what would be right. */
public class WireFormatException extends IllegalArgumentException {
  private final String field;
  private final String problem;

  /**
   * @param field the field as the wire format names it
   * @param problem what is wrong and what would be accepted
   */
  public WireFormatException(String field, String problem) {
    this(field, problem, field + ": " + problem);
  }

  WireFormatException(String field, String problem, String message) {
    super(message);
    this.field = field;
    this.problem = problem;
  }

  /** The field as the wire format names it. */
  public final String field() {
    return field;
  }

  /** What is wrong with it and what would be accepted, without the field. */
  public final String problem() {
    return problem;
  }
}
