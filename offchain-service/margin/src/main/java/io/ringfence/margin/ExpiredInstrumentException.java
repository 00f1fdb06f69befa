package io.ringfence.margin;

import java.time.Instant;

/** A position in an instrument that has expired by the snapshot's time: its result must enter N before margin means anything. */
public final class ExpiredInstrumentException extends MarginException {

  private final String instrumentName;

  ExpiredInstrumentException(Expiring instrument, Instant asOf) {
    super(instrument.name() + " expired at " + instrument.expiresAt() + ", not after the snapshot's time " + asOf
        + "; settle the position at its settlement price first");
    this.instrumentName = instrument.name();
  }

  /** The canonical name of the expired instrument. */
  public String instrumentName() {
    return instrumentName;
  }
}
