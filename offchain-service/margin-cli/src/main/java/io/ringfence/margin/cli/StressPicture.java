package io.ringfence.margin.cli;

import io.ringfence.margin.cli.Svg.Anchor;
import io.ringfence.margin.stress.FundSize;
import io.ringfence.margin.stress.MemberLoss;
import io.ringfence.margin.stress.ScenarioResult;
import java.util.List;

/** Draws each scenario as a bar: the greatest loss, the second, all others; and the fund requirement as a line through them. */
final class StressPicture {

  private static final int WIDTH = 1000;
  private static final int LEFT = 320;
  private static final int RIGHT = WIDTH - 40;
  private static final int HEAD = 80;
  private static final int ROW = 24;
  private static final String[] COLOURS = {"#b2182b", "#ef8a62", "#d9d9d9"};
  private static final String[] NAMES = {"greatest member", "second", "all others"};
  private static final String FUND = "#2166ac";

  private StressPicture() {}

  static String of(List<ScenarioResult> results, FundSize size) {
    int bottom = HEAD + results.size() * ROW;
    Svg svg = new Svg(WIDTH, bottom + 60);
    svg.text(20, 28, Anchor.START, 18, "Default fund: what members would leave unpaid, by scenario");
    double x = 20;
    for (int i = 0; i < NAMES.length; i++) {
      svg.rectangle(x, 44, 12, 12, COLOURS[i]);
      svg.text(x + 17, 55, Anchor.START, 12, NAMES[i]);
      x += 50 + 7 * NAMES[i].length();
    }
    svg.rectangle(x, 44, 12, 12, FUND);
    svg.text(x + 17, 55, Anchor.START, 12,
        "fund requirement " + Scale.amount(size.requirement()) + " (Cover-2 and " + Scale.amount(100 * size.addOn()) + "%)");
    Scale scale = Scale.over(0, Math.max(size.all().amount(), size.requirement()) * 1.02, LEFT, RIGHT);
    for (double tick : scale.ticks()) {
      svg.line(scale.at(tick), HEAD, scale.at(tick), bottom, "#dddddd");
      svg.text(scale.at(tick), bottom + 18, Anchor.MIDDLE, 11, Scale.amount(tick));
    }
    svg.text(RIGHT, bottom + 38, Anchor.END, 11, "loss beyond all that accounts hold, settlement asset");
    for (int i = 0; i < results.size(); i++) {
      bar(svg, scale, results.get(i), size, HEAD + i * ROW);
    }
    svg.rectangle(scale.at(size.requirement()) - 1, HEAD, 2, bottom - HEAD, FUND);
    return svg.toString();
  }

  private static void bar(Svg svg, Scale scale, ScenarioResult result, FundSize size, int top) {
    svg.text(LEFT - 10, top + 16, Anchor.END, 12, result.scenario().name());
    double[] parts = new double[COLOURS.length];
    List<MemberLoss> losses = result.greatest(size.basis(), Integer.MAX_VALUE);
    for (int i = 0; i < losses.size(); i++) {
      parts[Math.min(i, parts.length - 1)] += losses.get(i).of(size.basis());
    }
    double from = 0;
    for (int i = 0; i < parts.length; i++) {
      svg.rectangle(scale.at(from), top + 4, scale.at(from + parts[i]) - scale.at(from), ROW - 8, COLOURS[i]);
      from += parts[i];
    }
  }
}
