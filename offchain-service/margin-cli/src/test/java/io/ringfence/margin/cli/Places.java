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

  /** The PM2 cases, if this machine has them: below RINGFENCE_SHARED, else in the nearest directory named shared above the checkout. */
  static Optional<Path> cases() {
    String shared = System.getenv("RINGFENCE_SHARED");
    if (shared != null && !shared.isBlank()) {
      return cases(Path.of(shared));
    }
    for (Path directory = repository().getParent(); directory != null; directory = directory.getParent()) {
      Optional<Path> cases = cases(directory.resolve("shared"));
      if (cases.isPresent()) {
        return cases;
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> cases(Path shared) {
    Path cases = shared.resolve("vectors").resolve("pm2");
    return Files.isDirectory(cases) ? Optional.of(cases) : Optional.empty();
  }
}
