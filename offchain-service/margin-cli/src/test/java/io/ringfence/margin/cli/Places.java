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

  /** The PM2 cases, if this machine has them: below RINGFENCE_SHARED, else below a directory named shared beside the checkout. */
  static Optional<Path> cases() {
    String shared = System.getenv("RINGFENCE_SHARED");
    Path folder = shared == null || shared.isBlank() ? repository().resolveSibling("shared") : Path.of(shared);
    Path cases = folder.resolve("vectors").resolve("pm2");
    return Files.isDirectory(cases) ? Optional.of(cases) : Optional.empty();
  }
}
