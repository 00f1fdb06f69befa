package io.ringfence.margin.cli;

import io.ringfence.margin.backtest.AccountStep;
import io.ringfence.margin.backtest.BacktestSettings;
import io.ringfence.margin.backtest.Buffering;
import io.ringfence.margin.backtest.Coverage;
import io.ringfence.margin.backtest.Procyclicality;
import io.ringfence.margin.backtest.WindowResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The backtest's report as text for a reader. */
final class BacktestSummary {

  private static final String ROW = "  %-10s %7d %8d %9.2f%% %10s %9s %10s  %s";

  private BacktestSummary() {}

  static String of(BacktestSettings settings, List<WindowResult> results) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "Backtest of %d accounts, %s, a step every %s, losses over %s, target %.2f%% inside%n",
        settings.accounts().size(), settings.model().name(), span(settings.stride()), span(settings.horizon()), 100 * settings.target()));
    if (!settings.disjoint()) {
      text.append("Losses of neighbouring steps overlap: Kupiec's probability (p) is no longer one, only a figure to compare by.\n");
    }
    for (WindowResult result : results) {
      add(text, settings, result);
    }
    return text.toString();
  }

  private static void add(StringBuilder text, BacktestSettings settings, WindowResult result) {
    text.append('\n').append(result.window().name());
    text.append(result.window().crash() ? " (crash window: no pass mark)\n" : "\n");
    result.window().prices().forEach((underlying, series) -> {
      if (!series.gaps().isEmpty()) {
        long bars = series.gaps().stream().mapToLong(gap -> gap.bars()).sum();
        text.append("  ").append(underlying).append(": ").append(series.gaps().size()).append(" gaps, ").append(bars)
            .append(" bars absent\n");
      }
    });
    if (!result.leftOut().isEmpty()) {
      text.append("  not priced in this window: ").append(String.join(", ", result.leftOut())).append('\n');
    }
    if (!result.unmeasured().isEmpty()) {
      text.append("  account-steps lost to gaps: ").append(result.unmeasured().size()).append('\n');
    }
    text.append("  buffer       steps exceeded    inside          p peak/low  1-day rise\n");
    for (Buffering buffering : Buffering.values()) {
      addRow(text, settings, result, buffering);
    }
    Coverage.of(result.steps(), Buffering.WITH, settings.target()).worst().ifPresent(step -> text.append(worst(step)));
  }

  private static void addRow(StringBuilder text, BacktestSettings settings, WindowResult result, Buffering buffering) {
    Coverage coverage = Coverage.of(result.steps(), buffering, settings.target());
    var moved = Procyclicality.of(Procyclicality.bookPath(result, buffering));
    String row = String.format(Locale.ROOT, ROW,
        buffering.name().toLowerCase(Locale.ROOT),
        coverage.observations(),
        coverage.exceedances().size(),
        100 * coverage.inside(),
        coverage.kupiec().map(kupiec -> String.format(Locale.ROOT, "%.2g", kupiec.probability())).orElse("-"),
        moved.flatMap(Procyclicality::ratio).map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)).orElse("-"),
        moved.flatMap(Procyclicality::rise).map(rise -> String.format(Locale.ROOT, "%.1f%%", 100 * rise.share())).orElse("-"),
        result.window().crash() || coverage.observations() == 0 ? "" : Marks.of(coverage, settings.target()));
    text.append(row.stripTrailing()).append('\n');
  }

  private static String worst(AccountStep step) {
    return String.format(Locale.ROOT, "  worst with buffer: %s at %s lost %.0f of %.0f required%n",
        step.account(), step.time(), step.loss(), step.with());
  }

  static String span(Duration span) {
    return span.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
