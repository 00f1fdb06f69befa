package io.ringfence.reserves;

/** A leaf that the tree cannot hold. Names the leaf's index and the field at fault. */
public final class LeafFormatException extends WireFormatException {
  private final long index;

  /**
   * @param index the leaf's index, as given
   * @param field the field at fault, as the wire format names it
   * @param problem what is wrong and what would be accepted
   */
  public LeafFormatException(long index, String field, String problem) {
    super(field, problem, "leaf " + index + ", " + field + ": " + problem);
    this.index = index;
  }

  /** The index of the leaf at fault, as it was given (it may itself be what is wrong). */
  public long index() {
    return index;
  }
}
