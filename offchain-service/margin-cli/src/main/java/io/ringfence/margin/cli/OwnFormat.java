package io.ringfence.margin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.InstrumentNameException;
import java.time.DateTimeException;
import java.time.Instant;

/** The format that docs/margin.md describes, for both models. */
final class OwnFormat {

  static final String NAME = "ringfence-margin-1";

  private OwnFormat() {}

  static ObjectNode compute(Fields root) {
    String format = root.text("format");
    if (!format.equals(NAME)) {
      throw new InputException("format", "is \"" + format + "\"; this version reads \"" + NAME + "\"");
    }
    String model = root.text("model");
    return switch (model) {
      case "portfolio" -> {
        AccountInput account = PortfolioReader.read(root);
        yield ResultJson.of(account.underlying(), root.compute(account::compute), account.parameters().canonicalBytes());
      }
      case "standard" -> StandardReader.compute(root);
      default -> throw new InputException("model", "is \"" + model + "\"; give \"portfolio\" or \"standard\"");
    };
  }

  static Instant moment(Fields root) {
    String text = root.text("asOf");
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InputException("asOf", "is \"" + text + "\"; give a time like 2026-01-05T12:00:00Z");
    }
  }

  static Instrument instrument(String path, String name) {
    try {
      return Instrument.parse(name);
    } catch (InstrumentNameException e) {
      throw new InputException(path + ":", e.getMessage());
    }
  }
}
