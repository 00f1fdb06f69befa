import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Properties;

/** Runs one SQL statement in the database of a service's data directory and prints each row's first column. */
public final class Sql {

  private Sql() {}

  /** {@code java -cp DRIVER Sql.java DATA_DIRECTORY STATEMENT}. */
  public static void main(String[] arguments) throws Exception {
    Properties address = new Properties();
    try (var file = Files.newBufferedReader(Path.of(arguments[0], "database.properties"))) {
      address.load(file);
    }
    try (var connection = DriverManager.getConnection(address.getProperty("jdbc"), address);
        var statement = connection.createStatement()) {
      if (statement.execute(arguments[1])) {
        try (var rows = statement.getResultSet()) {
          while (rows.next()) {
            System.out.println(rows.getString(1));
          }
        }
      }
    }
  }
}
