package io.ringfence.margin.cli;

import io.ringfence.margin.stress.Basis;
import io.ringfence.margin.stress.FundSize;
import io.ringfence.margin.stress.MemberLoss;
import io.ringfence.margin.stress.ScenarioResult;
import java.util.List;
import java.util.Locale;

/** The stress test's report as text for a reader. */
final class StressSummary {

  private StressSummary() {}

  static String of(BookFile book, String source, List<ScenarioResult> results, List<FundSize> sizes) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "Stress of %d members with %d accounts, %s, %d scenarios from %s%n%n",
        book.members().size(), book.accounts().size(), book.model().name(), results.size(), source));
    text.append(String.format(Locale.ROOT, "  %-44s %12s %12s %12s%n", "left unpaid, settlement asset", "Cover-1", "Cover-2", "Cover-all"));
    for (ScenarioResult result : results) {
      text.append(String.format(Locale.ROOT, "  %-44s %12.0f %12.0f %12.0f%n", result.scenario().name(),
          result.cover(Basis.HELD, 1), result.cover(Basis.HELD, 2), result.cover(Basis.HELD, Integer.MAX_VALUE)));
    }
    text.append('\n');
    sizes.forEach(size -> add(text, size));
    return text.toString();
  }

  private static void add(StringBuilder text, FundSize size) {
    String basis = switch (size.basis()) {
      case HELD -> "with all that accounts hold";
      case WITHDRAWN -> "if accounts have withdrawn what is above their initial margin";
    };
    List<String> members = size.two().members().stream().map(MemberLoss::member).toList();
    text.append(String.format(Locale.ROOT, "Fund requirement %s: %.0f%n", basis, size.requirement()));
    text.append(String.format(Locale.ROOT, "  Cover-2 %.0f plus %.0f%% in \"%s\"; binding: %s%n", size.two().amount(), 100 * size.addOn(),
        size.two().scenario(), members.isEmpty() ? "nobody" : String.join(" and ", members)));
    text.append(String.format(Locale.ROOT, "  Cover-1 %.0f in \"%s\", Cover-all %.0f in \"%s\"%n",
        size.one().amount(), size.one().scenario(), size.all().amount(), size.all().scenario()));
  }
}
