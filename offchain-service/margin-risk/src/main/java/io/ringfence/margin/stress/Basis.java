package io.ringfence.margin.stress;

/** What an account still holds when the market moves. */
public enum Basis {

  /** Everything that it holds now. */
  HELD,

  /**
   * No more than its initial margin asks for: what it holds above that is taken to have been withdrawn in settlement asset just before, as
   * a withdrawal against a root allows.
   */
  WITHDRAWN
}
