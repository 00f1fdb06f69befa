package io.ringfence.service.boot;

import java.net.URI;

/**
 * Where the database is and how to log in.
 *
 * @param host name or address
 * @param port TCP port
 * @param database name of the database
 * @param user role to log in as
 * @param password its password; never printed
 */
public record DatabaseAddress(String host, int port, String database, String user, String password) {
  private static final int DEFAULT_PORT = 5432;

  /**
   * Reads {@code postgresql://host:port/database}, with or without {@code jdbc:} before it.
   *
   * @throws IllegalArgumentException if it is not of that form; the message says what is wrong
   */
  public static DatabaseAddress parse(String url, String user, String password) {
    var uri = URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
    boolean named = uri.getPath() != null && uri.getPath().length() > 1;
    if (!"postgresql".equals(uri.getScheme()) || uri.getHost() == null || !named) {
      throw new IllegalArgumentException(
          "the database address must read postgresql://host:port/database, not " + url.replaceAll("//[^/@]*@", "//***@"));
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException("leave user and password out of the database address: use the settings of their own");
    }
    return new DatabaseAddress(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), uri.getPath().substring(1), user, password);
  }

  /** The address as JDBC writes it, without credentials. */
  public String jdbc() {
    return "jdbc:" + reactive();
  }

  /** The address as the reactive driver writes it, without credentials. */
  public String reactive() {
    return "postgresql://" + host + ":" + port + "/" + database;
  }

  @Override
  public String toString() {
    return user + "@" + reactive();
  }
}
