package io.ringfence.margin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the tests find files that are not resources. */
final class Places {

  private Places() {}

  /** The checkout: the nearest directory upwards with the launcher in it. */
  static Path repository() {
    for (Path directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
      if (Files.isRegularFile(directory.resolve("ringfence"))) {
        return directory;
      }
    }
    throw new IllegalStateException("no directory above " + Path.of("").toAbsolutePath() + " has the launcher in it");
  }

  /** The PM2 cases, if this machine has them. */
  static Optional<Path> cases() {
    return shared("vectors/pm2");
  }

  /** The recorded market data, if this machine has it. */
  static Optional<Path> data() {
    return shared("data");
  }

  /** A directory below RINGFENCE_SHARED, else below the nearest directory named shared above the checkout. */
  private static Optional<Path> shared(String directory) {
    String shared = System.getenv("RINGFENCE_SHARED");
    if (shared != null && !shared.isBlank()) {
      return Optional.of(Path.of(shared).resolve(directory)).filter(Files::isDirectory);
    }
    for (Path above = repository().getParent(); above != null; above = above.getParent()) {
      Path candidate = above.resolve("shared").resolve(directory);
      if (Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
