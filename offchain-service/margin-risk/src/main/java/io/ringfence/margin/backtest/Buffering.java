package io.ringfence.margin.backtest;

/** Which initial requirement is held against a loss. */
public enum Buffering {

  /** The model's with its buffer drawn down completely. */
  WITHOUT,

  /** The model's with its buffer always on. */
  WITH,

  /**
   * The buffer at work: what was required at the step before stays required as long as it lies between the two others, so that a rise is
   * first taken out of the buffer. It starts at {@link #WITH}.
   */
  ABSORBING
}
