package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;

/**
 * What an engine is made for.
 *
 * @param parameters of every underlying
 * @param instruments what may be held
 * @param accounts how many; they are numbered from zero
 * @param path how columns are added
 * @param threads how many share the work, the caller's included; the machine's cores, or fewer
 * @param expectedPositions positions in options of one underlying in all accounts, to make room for; may be exceeded
 */
public record EngineSetup(
    PortfolioMarginParameters parameters,
    Instruments instruments,
    int accounts,
    ArithmeticPath path,
    int threads,
    int expectedPositions) {

  /** Refuses counts that make no engine. */
  public EngineSetup {
    if (accounts < 0 || expectedPositions < 0) {
      throw new InvalidFigureException("accounts", "and expected positions cannot be negative");
    }
    if (threads < 1 || threads > 1024) {
      throw new InvalidFigureException("threads", "are " + threads + "; give 1 to 1024");
    }
  }

  /** With vectors, on all cores. */
  public static EngineSetup of(PortfolioMarginParameters parameters, Instruments instruments, int accounts) {
    return new EngineSetup(parameters, instruments, accounts, ArithmeticPath.VECTOR, Runtime.getRuntime().availableProcessors(), 0);
  }
}
