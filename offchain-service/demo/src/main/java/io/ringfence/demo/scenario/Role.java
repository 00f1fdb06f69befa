package io.ringfence.demo.scenario;

/** What an account does in the story besides trading. */
public enum Role {
  /** Stays out of trouble. */
  STEADY,
  /** The venue's own book. */
  HOUSE,
  /** Pays more collateral in when it is called. */
  TOPS_UP,
  /** Is called and defaults, and can pay. */
  DEFAULTS,
  /** Buys on credit into the fall, and loses more than it has. */
  LOSES_MORE
}
