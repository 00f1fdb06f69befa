package io.ringfence.margin;

/** A quantity, price, rate or time outside what the library accepts. */
public final class InvalidFigureException extends MarginException {

  private final String figure;

  /** Names a figure and says what is wrong with it and what to do; the two make one sentence. */
  public InvalidFigureException(String figure, String problem) {
    super(figure + " " + problem);
    this.figure = figure;
  }

  /** Which figure it is, for example {@code "price of BTC-PERP"}. */
  public String figure() {
    return figure;
  }
}
