package io.ringfence.demo.run;

import io.ringfence.demo.market.MarketStep;
import java.io.PrintStream;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What the user sees while the demonstration runs: on a terminal one line that changes, elsewhere a line for each step. */
public final class Display {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
  private static final String CLEAR = "\r\u001b[2K";
  private static final int BAR = 20;

  private final PrintStream out;
  private final boolean terminal;
  private boolean open;

  /** @param terminal whether a line can be overwritten */
  public Display(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Says something that stays. */
  public synchronized void say(String text) {
    if (open) {
      out.print(CLEAR);
      open = false;
    }
    out.println(text);
    out.flush();
  }

  /** Says how far the replay has come. */
  public synchronized void step(MarketStep step, int steps, long root, List<String> troubled) {
    int done = BAR * (step.number() + 1) / steps;
    String line = "%s [%s%s] BTC %s  ETH %s  root %d%s".formatted(
        CLOCK.format(step.time()), "#".repeat(done), ".".repeat(BAR - done),
        step.spot("BTC").price().setScale(0, RoundingMode.HALF_EVEN), step.spot("ETH").price().setScale(0, RoundingMode.HALF_EVEN), root,
        troubled.isEmpty() ? "" : "  in trouble: " + String.join(", ", troubled));
    if (terminal) {
      out.print(CLEAR + line);
      open = true;
    } else {
      out.println(line);
    }
    out.flush();
  }
}
