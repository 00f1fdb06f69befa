package io.ringfence.margin;

/** A perpetual future on an underlying. */
public record Perpetual(String underlying) implements Linear {

  public Perpetual {
    InstrumentNames.requireUnderlying(underlying);
  }

  @Override
  public String name() {
    return underlying + InstrumentNames.PERPETUAL_SUFFIX;
  }
}
