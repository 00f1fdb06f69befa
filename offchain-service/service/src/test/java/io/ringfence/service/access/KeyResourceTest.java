package io.ringfence.service.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.ringfence.service.problem.Problem;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.ServiceTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

@ServiceTest
class KeyResourceTest {
  @Inject Keys keys;
  @Inject AdminKey admin;
  @Inject Database database;

  @Test
  void issuedKeyWorksForItsRoleAndVenueAlone() {
    String key = keys.admin().body("{\"venue\": 1, \"role\": \"trading\", \"name\": \"desk\"}").post("/v1/keys")
        .then().statusCode(201).body("role", equalTo("trading")).body("venue", equalTo(1)).extract().path("secret");
    Keys.with(key).body("{").post("/v1/venues/1/positions").then().statusCode(400);
    Keys.with(key).body("{").post("/v1/venues/2/positions").then().statusCode(403).contentType(Problem.MEDIA_TYPE)
        .body("detail", containsString("venue 1"));
    Keys.with(key).body("{").post("/v1/venues/1/prices").then().statusCode(403).body("detail", containsString("market-data"));
    Keys.with(key).body("{").post("/v1/keys").then().statusCode(403);
    Keys.with(key).get("/v1/keys").then().statusCode(403);
  }

  @Test
  void secretIsShownOnceAndKeptOnlyAsHash() {
    String key = keys.admin().body("{\"venue\": 1, \"role\": \"reader\", \"name\": \"once\"}").post("/v1/keys")
        .then().extract().path("secret");
    String secret = ApiKey.parse(key).orElseThrow().secret();
    keys.admin().get("/v1/keys").then().statusCode(200).body(not(containsString(secret)));
    long found = database.inTransaction(sql -> sql.row("SELECT count(*) AS n FROM credential c WHERE c::text LIKE $1", "%" + secret + "%"))
        .orElseThrow().getLong("n");
    assertThat(found).isZero();
  }

  @Test
  void revokedKeyIsRefusedAtOnce() {
    var issued = keys.admin().body("{\"venue\": 1, \"role\": \"trading\", \"name\": \"gone\"}").post("/v1/keys")
        .then().extract().jsonPath();
    keys.admin().delete("/v1/keys/" + issued.getString("id")).then().statusCode(204);
    keys.admin().delete("/v1/keys/" + issued.getString("id")).then().statusCode(204);
    Keys.with(issued.getString("secret")).body("{}").post("/v1/venues/1/positions").then().statusCode(401);
  }

  @Test
  void wrongSecretOfAKnownKeyIsRefused() {
    String key = keys.admin().body("{\"venue\": 1, \"role\": \"trading\", \"name\": \"near\"}").post("/v1/keys")
        .then().extract().path("secret");
    String last = key.endsWith("0") ? "1" : "0";
    Keys.with(key.substring(0, key.length() - 1) + last).body("{}").post("/v1/venues/1/positions").then().statusCode(401);
  }

  @Test
  void withoutCredentialNothingIsWritten() {
    given().contentType("application/json").body("{}").post("/v1/venues/1/positions")
        .then().statusCode(401).contentType(Problem.MEDIA_TYPE);
    given().contentType("application/json").body("{}").post("/v1/venues/1/prices").then().statusCode(401);
    given().contentType("application/json").body("{}").post("/v1/keys").then().statusCode(401);
    given().delete("/v1/keys/0000000000000000").then().statusCode(401);
  }

  @Test
  void unknownRoleVenueAndNameAreNamed() {
    keys.admin().body("{\"venue\": 1, \"role\": \"king\", \"name\": \"x\"}").post("/v1/keys").then().statusCode(400)
        .body("field", equalTo("role")).body("detail", containsString("market-data"));
    keys.admin().body("{\"role\": \"trading\", \"name\": \"x\"}").post("/v1/keys").then().statusCode(400).body("field", equalTo("venue"));
    keys.admin().body("{\"venue\": 0, \"role\": \"trading\", \"name\": \"x\"}").post("/v1/keys").then().statusCode(400)
        .body("field", equalTo("venue"));
    keys.admin().body("{\"venue\": 1, \"role\": \"trading\", \"name\": \"\"}").post("/v1/keys").then().statusCode(400)
        .body("field", equalTo("name"));
    keys.admin().body("{\"venue\": 1, \"role\": \"trading\", \"name\": \"x\", \"more\": 1}").post("/v1/keys").then().statusCode(400)
        .body("field", equalTo("more"));
    keys.admin().delete("/v1/keys/unknown").then().statusCode(404);
  }

  @Test
  void administratorsKeyFileIsForItsOwnerOnly() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(admin.file()))).isEqualTo("rw-------");
  }

  @Test
  void unknownPathsAndMethodsAreProblems() {
    given().get("/v1/nothing").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
    keys.admin().body("{}").post("/v1/venues/one/positions").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
    given().put("/v1/keys").then().statusCode(405).contentType(Problem.MEDIA_TYPE);
    keys.admin().contentType("text/plain").body("x").post("/v1/keys").then().statusCode(415).contentType(Problem.MEDIA_TYPE);
  }
}
