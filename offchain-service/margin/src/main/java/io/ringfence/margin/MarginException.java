package io.ringfence.margin;

/** An input from which no margin can be computed. The message says what is wrong, where, and what to do about it. */
public abstract sealed class MarginException extends RuntimeException
    permits InstrumentNameException, InvalidFigureException, MissingMarkException, ExpiredInstrumentException, LeafOverflowException {

  MarginException(String message) {
    super(message);
  }
}
