package io.ringfence.service.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  @TempDir Path directory;

  private static Connection connect(DatabaseAddress address) throws SQLException {
    return DriverManager.getConnection(address.jdbc(), address.user(), address.password());
  }

  private static void write(DatabaseAddress address, int value) throws SQLException {
    try (Connection connection = connect(address); var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS kept (value int)");
      statement.execute("INSERT INTO kept VALUES (" + value + ")");
    }
  }

  private static int sum(DatabaseAddress address) throws SQLException {
    try (Connection connection = connect(address); var rows = connection.createStatement().executeQuery("SELECT sum(value) FROM kept")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void survivesAStopAndIsStartedAgain() throws Exception {
    try (var database = EmbeddedDatabase.startOrAdopt(directory)) {
      write(database.address(), 1);
    }
    assertThat(Postmaster.of(directory.resolve("postgres"))).isEmpty();
    try (var database = EmbeddedDatabase.startOrAdopt(directory)) {
      assertThat(sum(database.address())).isEqualTo(1);
    }
  }

  @Test
  void serverThatAKilledServiceLeftIsAdopted() throws Exception {
    var left = EmbeddedDatabase.startOrAdopt(directory);
    write(left.address(), 1);
    left.abandon();
    try (var adopted = EmbeddedDatabase.startOrAdopt(directory)) {
      assertThat(adopted.address()).isEqualTo(left.address());
      assertThat(sum(adopted.address())).isEqualTo(1);
    }
    assertThat(Postmaster.of(directory.resolve("postgres"))).isEmpty();
  }

  @Test
  void serverThatWasKilledItselfIsStartedAgainWithAllThatWasCommitted() throws Exception {
    var killed = EmbeddedDatabase.startOrAdopt(directory);
    write(killed.address(), 7);
    var process = Postmaster.of(directory.resolve("postgres")).orElseThrow().process();
    process.destroyForcibly();
    process.onExit().join();
    killed.close();
    try (var database = EmbeddedDatabase.startOrAdopt(directory)) {
      assertThat(sum(database.address())).isEqualTo(7);
    }
  }

  @Test
  void secondServiceOnTheSameDirectoryIsRefused() throws Exception {
    try (var first = EmbeddedDatabase.startOrAdopt(directory)) {
      assertThatThrownBy(() -> EmbeddedDatabase.startOrAdopt(directory)).isInstanceOf(IOException.class)
          .hasMessageContaining("another service is running on");
      assertThat(first.address().port()).isPositive();
    }
  }

  @Test
  void strangersCannotLogIn() throws Exception {
    try (var database = EmbeddedDatabase.startOrAdopt(directory)) {
      var address = database.address();
      assertThatThrownBy(() -> DriverManager.getConnection(address.jdbc(), address.user(), "guess")).isInstanceOf(SQLException.class);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwx------");
      Path password = directory.resolve("postgres.password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password))).isEqualTo("rw-------");
    }
  }
}
