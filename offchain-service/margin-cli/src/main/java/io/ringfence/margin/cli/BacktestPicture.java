package io.ringfence.margin.cli;

import io.ringfence.margin.backtest.AccountStep;
import io.ringfence.margin.backtest.BacktestSettings;
import io.ringfence.margin.backtest.Buffering;
import io.ringfence.margin.backtest.Coverage;
import io.ringfence.margin.backtest.Procyclicality;
import io.ringfence.margin.backtest.WindowResult;
import io.ringfence.margin.cli.Svg.Anchor;
import io.ringfence.margin.cli.Svg.Point;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws each window: what the whole book had to hold, what it lost over the horizon, and the steps at which an account was exceeded. */
final class BacktestPicture {

  private static final int WIDTH = 1000;
  private static final int PANEL = 300;
  private static final int HEAD = 90;
  private static final int LEFT = 90;
  private static final int RIGHT = WIDTH - 30;
  private static final String GRID = "#dddddd";
  private static final String LOSS = "#7a7a7a";
  private static final String EXCEEDED = "#d01c1c";
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Svg svg;
  private final BacktestSettings settings;

  private BacktestPicture(BacktestSettings settings, int windows) {
    this.settings = settings;
    svg = new Svg(WIDTH, HEAD + Math.max(1, windows) * PANEL);
  }

  static String of(BacktestSettings settings, List<WindowResult> results) {
    BacktestPicture picture = new BacktestPicture(settings, results.size());
    picture.head();
    for (int i = 0; i < results.size(); i++) {
      picture.panel(results.get(i), HEAD + i * PANEL);
    }
    return picture.svg.toString();
  }

  private static String colour(Buffering buffering) {
    return switch (buffering) {
      case WITHOUT -> "#e08214";
      case WITH -> "#2166ac";
      case ABSORBING -> "#1b9e77";
    };
  }

  private void head() {
    svg.text(LEFT, 26, Anchor.START, 18, "Backtest: initial margin of the whole book against its loss over the horizon");
    double x = LEFT;
    for (Buffering buffering : Buffering.values()) {
      x = legend(x, 42, colour(buffering), "margin, " + buffering.name().toLowerCase(Locale.ROOT) + (buffering == Buffering.ABSORBING
          ? " buffer" : " the buffer"));
    }
    legend(x, 42, LOSS, "loss over the horizon, " + BacktestSummary.span(settings.horizon()));
    legend(LEFT, 62, EXCEEDED, "a step from which an account lost more than its margin with the buffer");
  }

  private double legend(double x, double y, String colour, String text) {
    svg.rectangle(x, y, 12, 12, colour);
    svg.text(x + 17, y + 11, Anchor.START, 12, text);
    return x + 40 + 6.2 * text.length();
  }

  private void panel(WindowResult result, int top) {
    String title = result.window().name() + (result.window().crash() ? " (crash window: no pass mark)" : "");
    svg.text(LEFT, top + 20, Anchor.START, 14, title);
    svg.text(LEFT, top + 36, Anchor.START, 11, "settlement asset");
    List<Procyclicality.Level> losses = losses(result);
    if (losses.isEmpty()) {
      svg.text(LEFT, top + 80, Anchor.START, 12, "no step at which every account could be measured");
      return;
    }
    List<Procyclicality.Level> margins = Procyclicality.bookPath(result, Buffering.WITH);
    double most = margins.stream().mapToDouble(Procyclicality.Level::requirement).max().orElse(0);
    double least = 0;
    for (Procyclicality.Level loss : losses) {
      most = Math.max(most, loss.requirement());
      least = Math.min(least, loss.requirement());
    }
    Scale values = Scale.over(least, most * 1.05, top + PANEL - 40.0, top + 44.0);
    Scale times = Scale.over(
        losses.getFirst().time().getEpochSecond(), losses.getLast().time().getEpochSecond(), LEFT, RIGHT);
    axes(values, times, top);
    draw(losses, values, times, LOSS, 1);
    for (Buffering buffering : Buffering.values()) {
      draw(Procyclicality.bookPath(result, buffering), values, times, colour(buffering), 2);
    }
    for (AccountStep step : Coverage.of(result.steps(), Buffering.WITH, settings.target()).exceedances()) {
      double x = times.at(step.time().getEpochSecond());
      if (x >= LEFT && x <= RIGHT) {
        svg.circle(x, top + 48, 3, EXCEEDED);
      }
    }
  }

  private void axes(Scale values, Scale times, int top) {
    for (double tick : values.ticks()) {
      svg.line(LEFT, values.at(tick), RIGHT, values.at(tick), tick == 0 ? "#888888" : GRID);
      svg.text(LEFT - 8, values.at(tick) + 4, Anchor.END, 11, Scale.amount(tick));
    }
    long day = Duration.ofDays(1).getSeconds();
    long days = (long) (times.most() - times.least()) / day + 1;
    long every = Math.max(1, (days + 11) / 12) * day;
    for (long tick = ((long) times.least() + day - 1) / day * day; tick <= times.most(); tick += every) {
      svg.line(times.at(tick), top + 44, times.at(tick), top + PANEL - 40.0, GRID);
      svg.text(times.at(tick), top + PANEL - 24.0, Anchor.MIDDLE, 11, DAY.format(Instant.ofEpochSecond(tick)));
    }
    String year = DateTimeFormatter.ofPattern("yyyy", Locale.ROOT).withZone(ZoneOffset.UTC)
        .format(Instant.ofEpochSecond((long) times.least()));
    svg.text(RIGHT, top + PANEL - 8.0, Anchor.END, 11, "step, UTC, " + year);
  }

  /** A line that breaks where a step is missing. */
  private void draw(List<Procyclicality.Level> path, Scale values, Scale times, String colour, double thickness) {
    List<Point> run = new ArrayList<>();
    Instant last = null;
    for (Procyclicality.Level level : path) {
      if (last != null && level.time().isAfter(last.plus(settings.stride()))) {
        svg.path(run, colour, thickness);
        run = new ArrayList<>();
      }
      run.add(new Point(times.at(level.time().getEpochSecond()), values.at(level.requirement())));
      last = level.time();
    }
    if (!run.isEmpty()) {
      svg.path(run, colour, thickness);
    }
  }

  /** The sum of the accounts' losses at each step at which all of them were measured. */
  private static List<Procyclicality.Level> losses(WindowResult result) {
    SortedMap<Instant, Double> sums = new TreeMap<>();
    Procyclicality.bookPath(result, Buffering.WITH).forEach(level -> sums.put(level.time(), 0.0));
    result.steps().forEach(step -> sums.computeIfPresent(step.time(), (time, sum) -> sum + step.loss()));
    List<Procyclicality.Level> losses = new ArrayList<>();
    sums.forEach((time, loss) -> losses.add(new Procyclicality.Level(time, loss)));
    return losses;
  }
}
