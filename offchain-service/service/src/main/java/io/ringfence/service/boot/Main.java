package io.ringfence.service.boot;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The service's program. The database comes first: an external one if {@code RINGFENCE_DATABASE_URL} names it, else the embedded one, which
 * stops when the service does. Its address is left in {@code database.properties} in the data directory, for whoever audits the ledger.
 */
@QuarkusMain
public final class Main {
  private static final Duration APPLICATION_STOP_LIMIT = Duration.ofSeconds(15);
  private static final Duration STOP_POLL = Duration.ofMillis(20);

  private Main() {}

  /** Starts the service and stays until it is told to stop. */
  public static void main(String[] args) {
    Optional<String> external = setting("ringfence.database-url").filter(url -> !url.isBlank());
    try {
      if (external.isPresent()) {
        announce(DatabaseAddress.parse(external.get(), setting("ringfence.database-user").orElse("ringfence"), externalPassword()));
        Quarkus.run(Service.class, args);
      } else {
        runEmbedded(args);
      }
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("Cannot start: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void runEmbedded(String[] args) throws IOException {
    Path directory = Path.of(setting("ringfence.data-dir").orElse(".ringfence/service"));
    EmbeddedDatabase database = EmbeddedDatabase.startOrAdopt(directory);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAfterApplication(database), "stop-database"));
    announce(database.address());
    writeAddress(directory, database.address());
    Quarkus.run(Service.class, args);
  }

  /** Shutdown hooks run side by side: the database goes down once the application has let go of it, or has taken too long. */
  private static void stopAfterApplication(EmbeddedDatabase database) {
    long limit = System.nanoTime() + APPLICATION_STOP_LIMIT.toNanos();
    try {
      while (Application.currentApplication() != null && System.nanoTime() < limit) {
        Thread.sleep(STOP_POLL);
      }
      database.close();
    } catch (IOException e) {
      System.err.println("The database did not stop: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void announce(DatabaseAddress address) {
    System.setProperty("quarkus.datasource.jdbc.url", address.jdbc());
    System.setProperty("quarkus.datasource.reactive.url", address.reactive());
    System.setProperty("quarkus.datasource.username", address.user());
    System.setProperty("quarkus.datasource.password", address.password());
  }

  private static void writeAddress(Path directory, DatabaseAddress address) throws IOException {
    Path file = directory.resolve("database.properties");
    Files.deleteIfExists(file);
    Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, "jdbc=" + address.jdbc() + "\nuser=" + address.user() + "\npassword=" + address.password() + "\n");
  }

  private static String externalPassword() throws IOException {
    Optional<String> file = setting("ringfence.database-password-file");
    return file.isPresent() ? Files.readString(Path.of(file.get())).strip() : "";
  }

  private static Optional<String> setting(String name) {
    String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    return Optional.ofNullable(System.getProperty(name)).or(() -> Optional.ofNullable(System.getenv(variable)));
  }

  /** Waits for the end. */
  public static final class Service implements QuarkusApplication {
    @Override
    public int run(String... args) {
      Quarkus.waitForExit();
      return 0;
    }
  }
}
