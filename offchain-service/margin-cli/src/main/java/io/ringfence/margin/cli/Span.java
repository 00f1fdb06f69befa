package io.ringfence.margin.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A span of time on the command line: {@code 5m}, {@code 4h}, {@code 1d}. */
final class Span implements ITypeConverter<Duration> {

  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

  @Override
  public Duration convert(String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches()) {
      throw new TypeConversionException("\"" + text + "\" is not a span of time like 5m, 4h or 1d");
    }
    long count = Long.parseLong(span.group(1));
    return switch (span.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
