package io.ringfence.service.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.ringfence.service.boot.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A Postgres for the tests: the embedded one, or with {@code -Dringfence.test.database=container} one under Testcontainers, of the image
 * that {@code RINGFENCE_POSTGRES_IMAGE} names.
 */
public final class DatabaseResource implements QuarkusTestResourceLifecycleManager {
  private static final String KIND = System.getProperty("ringfence.test.database", "embedded");

  private Path directory;
  private EmbeddedDatabase embedded;
  private PostgreSQLContainer container;

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("ringfence-service-test");
      return switch (KIND) {
        case "embedded" -> embedded();
        case "container" -> container();
        default -> throw new IllegalArgumentException("ringfence.test.database is embedded or container, not " + KIND);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> embedded() throws IOException {
    embedded = EmbeddedDatabase.startOrAdopt(directory.resolve("database"));
    var address = embedded.address();
    return settings(address.jdbc(), address.user(), address.password());
  }

  private Map<String, String> container() {
    String image = System.getenv().getOrDefault("RINGFENCE_POSTGRES_IMAGE", "postgres:18");
    container = new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"));
    container.start();
    return settings(container.getJdbcUrl().replaceAll("\\?.*", ""), container.getUsername(), container.getPassword());
  }

  private Map<String, String> settings(String jdbc, String user, String password) {
    return Map.of(
        "quarkus.datasource.jdbc.url", jdbc,
        "quarkus.datasource.reactive.url", jdbc.substring("jdbc:".length()),
        "quarkus.datasource.username", user,
        "quarkus.datasource.password", password,
        "ringfence.data-dir", directory.resolve("service").toString());
  }

  @Override
  public void stop() {
    try {
      if (embedded != null) {
        embedded.close();
      }
      if (container != null) {
        container.stop();
      }
      deleteDirectory();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteDirectory() throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
