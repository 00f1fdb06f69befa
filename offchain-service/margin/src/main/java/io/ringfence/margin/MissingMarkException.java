package io.ringfence.margin;

/** The snapshot lacks a price without which a position cannot be valued. */
public final class MissingMarkException extends MarginException {

  private final String instrumentName;

  private MissingMarkException(String instrumentName, String what) {
    super("the market snapshot has no " + what + "; quote it, or close the position, before computing margin");
    this.instrumentName = instrumentName;
  }

  static MissingMarkException of(Instrument instrument) {
    return new MissingMarkException(instrument.name(), "price for " + instrument.name());
  }

  static MissingMarkException spot(Instrument instrument) {
    return new MissingMarkException(instrument.name(), "spot of " + instrument.underlying() + ", needed for " + instrument.name());
  }

  /** The canonical name of the instrument that could not be valued. */
  public String instrumentName() {
    return instrumentName;
  }
}
