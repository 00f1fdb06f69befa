package io.ringfence.margin.engine;

/** Whether an account has margins. One that has not counts neither as breached nor as safe; its margins read NaN. */
public enum AccountStatus {
  /** It has. */
  MARGINED,
  /** Something that it holds is not quoted: an underlying, an option's or future's expiry, a volatility, the perpetual, or collateral. */
  UNQUOTED,
  /** A figure on the way is too large for a finite result. */
  NOT_FINITE
}
