package io.ringfence.service.feed;

import io.ringfence.service.access.Role;
import io.ringfence.service.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a feed carries. */
public enum FeedKind {
  /** Changes of position. */
  POSITIONS(Role.TRADING),
  /** Spot prices, marks, forwards, rates and volatilities. */
  PRICES(Role.MARKET_DATA);

  private final Role role;

  FeedKind(Role role) {
    this.role = role;
  }

  /** The role that a key needs to send it. */
  public Role role() {
    return role;
  }

  /** Its name in requests and in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of that name; a {@link ProblemException} that names {@code type} lists what there is. */
  static FeedKind of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst().orElseThrow(() -> ProblemException.field("type",
        "must be " + Arrays.stream(values()).map(FeedKind::word).collect(Collectors.joining(" or "))));
  }
}
