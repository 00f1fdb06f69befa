package io.ringfence.margin;

/** A name that is not the canonical name of an instrument. */
public final class InstrumentNameException extends MarginException {

  private static final int SHOWN = 64;

  private final String instrumentName;

  InstrumentNameException(String instrumentName, String problem) {
    super("instrument name \"" + shown(instrumentName) + "\": " + problem
        + "; examples: BTC-PERP, BTC-20251031, BTC-20251031-135000-C");
    this.instrumentName = instrumentName;
  }

  /** The name as it was given. */
  public String instrumentName() {
    return instrumentName;
  }

  private static String shown(String name) {
    return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "...";
  }
}
