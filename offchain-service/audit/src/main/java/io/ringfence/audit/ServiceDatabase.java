package io.ringfence.audit;

import java.io.IOException;
import java.io.Reader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** How to log in to a service's own database, as the service leaves it for whoever audits its ledger. */
public final class ServiceDatabase {

  private ServiceDatabase() {}

  /**
   * A JDBC URL with user and password.
   *
   * @throws AuditException if the service has left no address in its data directory
   */
  public static String url(Path dataDirectory) {
    Path file = dataDirectory.resolve("database.properties");
    Properties address = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      address.load(reader);
    } catch (IOException unreadable) {
      throw new AuditException("the database's address " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
    String user = encoded(address.getProperty("user"));
    return address.getProperty("jdbc") + "?user=" + user + "&password=" + encoded(address.getProperty("password"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
