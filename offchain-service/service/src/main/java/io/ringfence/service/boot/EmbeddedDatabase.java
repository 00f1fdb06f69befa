package io.ringfence.service.boot;

import io.ringfence.service.store.PrivateFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A Postgres server of the service's own, in a data directory that outlives both. A server that a killed service left running is adopted:
 * it still holds everything that was committed. One service at a time: a lock file in the directory says so.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String USER = "postgres";
  private static final String DATABASE = "ringfence";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int PASSWORD_BYTES = 24;

  private final Path cluster;
  private final FileChannel lock;
  private final Optional<EmbeddedPostgres> started;
  private final DatabaseAddress address;

  private EmbeddedDatabase(Path cluster, FileChannel lock, Optional<EmbeddedPostgres> started, DatabaseAddress address) {
    this.cluster = cluster;
    this.lock = lock;
    this.started = started;
    this.address = address;
  }

  /**
   * Adopts the server that runs on {@code dataDirectory}, else starts one there, creating the database at the first start.
   *
   * @throws IOException if the directory cannot be used, another service holds it, or the server does not start
   */
  public static EmbeddedDatabase startOrAdopt(Path dataDirectory) throws IOException {
    Path directory = Files.createDirectories(dataDirectory.toAbsolutePath().normalize());
    restrictToOwner(directory);
    FileChannel lock = lock(directory);
    try {
      Path cluster = directory.resolve("postgres");
      Path passwordFile = directory.resolve("postgres.password");
      String password = password(passwordFile);
      var running = Postmaster.of(cluster);
      Optional<EmbeddedPostgres> started =
          running.isPresent() ? Optional.empty() : Optional.of(start(directory, cluster, passwordFile, password));
      int port = started.map(EmbeddedPostgres::getPort).orElseGet(() -> running.orElseThrow().port());
      createDatabase(port, password);
      return new EmbeddedDatabase(cluster, lock, started, new DatabaseAddress("127.0.0.1", port, DATABASE, USER, password));
    } catch (SQLException e) {
      lock.close();
      throw new IOException("the embedded Postgres in " + directory + " refuses us: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Where this server listens and how to log in. */
  public DatabaseAddress address() {
    return address;
  }

  /** Leaves the server running and lets the directory go, as a service that is killed does. */
  void abandon() throws IOException {
    lock.close();
  }

  /** Stops the server; nothing committed is lost. */
  @Override
  public void close() throws IOException {
    if (started.isPresent()) {
      started.get().close();
    }
    var running = Postmaster.of(cluster);
    if (running.isPresent()) {
      running.get().stop();
    }
    lock.close();
  }

  /** The embedding library would run without fsync, which a database that must survive a power cut cannot. */
  private static EmbeddedPostgres start(Path directory, Path cluster, Path passwordFile, String password) throws IOException {
    var output = Redirect.appendTo(directory.resolve("postgres.log").toFile());
    return EmbeddedPostgres.builder()
        .setDataDirectory(cluster)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setOverrideWorkingDirectory(binaries(directory).toFile())
        .setLocaleConfig("pwfile", passwordFile.toString())
        .setLocaleConfig("auth-host", "scram-sha-256")
        .setLocaleConfig("locale", "C")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "60")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setConnectConfig("password", password)
        .setPGStartupWait(START_LIMIT)
        .setOutputRedirector(output)
        .setErrorRedirector(output)
        .start();
  }

  /** Where the server's programs are unpacked: once per user, not once per data directory. */
  private static Path binaries(Path directory) throws IOException {
    String home = System.getenv("HOME");
    Path cache = home == null || home.isBlank() ? directory : Path.of(home, ".cache", "ringfence");
    return Files.createDirectories(cache.resolve("postgres-binaries").toAbsolutePath());
  }

  private static void createDatabase(int port, String password) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
        var statement = connection.createStatement();
        var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
      if (!found.next()) {
        connection.createStatement().execute("CREATE DATABASE " + DATABASE);
      }
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    var channel = FileChannel.open(directory.resolve("service.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      held = null;
    }
    if (held == null) {
      channel.close();
      throw new IOException("another service is running on " + directory + ": stop it, or give this one a data directory of its own");
    }
    return channel;
  }

  private static String password(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      PrivateFile.write(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file).strip();
  }

  private static void restrictToOwner(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }
}
