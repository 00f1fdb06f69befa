package io.ringfence.margin;

/**
 * What a position is in. Quantities count units of the underlying, prices are settlement asset per one unit.
 *
 * <p>Each instrument has one canonical name; parsing accepts that spelling only, so a name can stand for the instrument in canonical
 * positions. Natural order is the order of names.
 */
public sealed interface Instrument extends Comparable<Instrument> permits Linear, Expiring {

  /** The asset whose price it follows, in capitals, for example {@code BTC}. */
  String underlying();

  /** The canonical name: {@code BTC-PERP}, {@code BTC-20251031} or {@code BTC-20251031-135000-C}. */
  String name();

  /**
   * Reads a canonical name.
   *
   * @throws InstrumentNameException if the name is not canonical, saying which part is wrong
   */
  static Instrument parse(String name) {
    return InstrumentNames.parse(name);
  }

  @Override
  default int compareTo(Instrument other) {
    return name().compareTo(other.name());
  }
}
