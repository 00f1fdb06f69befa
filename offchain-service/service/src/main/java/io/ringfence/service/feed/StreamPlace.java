package io.ringfence.service.feed;

import io.ringfence.service.problem.ProblemException;
import java.util.regex.Pattern;

/**
 * Where an update stands among those of its stream.
 *
 * @param stream 1 to 100 letters, digits or {@code ._:/-}; a log's topic and partition, for one
 * @param sequence counted from 1 without gaps; a log's offset + 1
 */
public record StreamPlace(String stream, long sequence) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/-]{1,100}");

  /** Throws a {@link ProblemException} that names the field that is out of its bounds. */
  public StreamPlace {
    if (!NAME.matcher(stream).matches()) {
      throw ProblemException.field("stream", "give 1 to 100 letters, digits or ._:/-");
    }
    if (sequence < 1) {
      throw ProblemException.field("sequence", "must be 1 or more");
    }
  }
}
