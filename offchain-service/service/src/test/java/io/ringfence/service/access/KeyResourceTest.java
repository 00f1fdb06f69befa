package io.ringfence.service.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.ringfence.service.problem.Problem;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.ServiceTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@ServiceTest
class KeyResourceTest {
  @Inject Keys keys;
  @Inject AdminKey admin;
  @Inject Database database;

  @Test
  void issuedKeyWorksForItsRoleAndVenueAlone() {
    String key = keys.admin().body(wanted("desk", "trading", "desk")).post("/v1/keys")
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
    String key = keys.admin().body(wanted("once", "reader", "once")).post("/v1/keys")
        .then().extract().path("secret");
    String secret = ApiKey.parse(key).orElseThrow().secret();
    keys.admin().get("/v1/keys").then().statusCode(200).body(not(containsString(secret)));
    long found = database.inTransaction(sql -> sql.row("SELECT count(*) AS n FROM credential c WHERE c::text LIKE $1", "%" + secret + "%"))
        .orElseThrow().getLong("n");
    assertThat(found).isZero();
  }

  @Test
  void retryGetsTheSameKeyWithoutItsSecret() {
    String body = wanted("retried", "reader", "twice");
    var first = keys.admin().body(body).post("/v1/keys").then().statusCode(201).body("requestId", equalTo("retried"))
        .extract().jsonPath();
    for (int i = 0; i < 2; i++) {
      keys.admin().body(body).post("/v1/keys").then().statusCode(200)
          .body("id", equalTo(first.getString("id"))).body("requestId", equalTo("retried")).body("role", equalTo("reader"))
          .body("$", not(hasKey("secret")));
    }
    assertThat(issuedUnder("retried")).isEqualTo(1);
    Keys.with(first.getString("secret")).get("/v1/venues/1/accounts").then().statusCode(200);
    keys.admin().delete("/v1/keys/" + first.getString("id")).then().statusCode(204);
    keys.admin().body(body).post("/v1/keys").then().statusCode(200).body("revokedAt", notNullValue());
    Keys.with(first.getString("secret")).get("/v1/venues/1/accounts").then().statusCode(401);
  }

  @Test
  void sameIdWithOtherContentIsRefused() {
    keys.admin().body(wanted("taken", "reader", "first")).post("/v1/keys").then().statusCode(201);
    for (String other : List.of(wanted("taken", "operator", "first"), wanted("taken", "reader", "second"),
        "{\"id\": \"taken\", \"venue\": 2, \"role\": \"reader\", \"name\": \"first\"}")) {
      keys.admin().body(other).post("/v1/keys").then().statusCode(409).contentType(Problem.MEDIA_TYPE)
          .body("field", equalTo("id")).body("$", not(hasKey("secret")));
    }
    assertThat(issuedUnder("taken")).isEqualTo(1);
  }

  @Test
  void requestsAtOnceUnderOneIdIssueOneKey() {
    List<CompletableFuture<Integer>> sent = IntStream.range(0, 12)
        .mapToObj(i -> CompletableFuture.supplyAsync(
            () -> keys.admin().body(wanted("at-once", "reader", "many")).post("/v1/keys").statusCode(), Thread::startVirtualThread))
        .toList();
    List<Integer> answers = sent.stream().map(CompletableFuture::join).toList();
    assertThat(answers).containsOnly(200, 201).containsOnlyOnce(201);
    assertThat(issuedUnder("at-once")).isEqualTo(1);
  }

  @Test
  void revokedKeyIsRefusedAtOnce() {
    var issued = keys.admin().body(wanted("gone", "trading", "gone")).post("/v1/keys")
        .then().extract().jsonPath();
    keys.admin().delete("/v1/keys/" + issued.getString("id")).then().statusCode(204);
    keys.admin().delete("/v1/keys/" + issued.getString("id")).then().statusCode(204);
    Keys.with(issued.getString("secret")).body("{}").post("/v1/venues/1/positions").then().statusCode(401);
  }

  @Test
  void wrongSecretOfAKnownKeyIsRefused() {
    String key = keys.admin().body(wanted("near", "trading", "near")).post("/v1/keys")
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
    keys.admin().body(wanted("x", "king", "x")).post("/v1/keys").then().statusCode(400)
        .body("field", equalTo("role")).body("detail", containsString("market-data"));
    keys.admin().body("{\"id\": \"x\", \"role\": \"trading\", \"name\": \"x\"}").post("/v1/keys").then().statusCode(400)
        .body("field", equalTo("venue"));
    keys.admin().body("{\"id\": \"x\", \"venue\": 0, \"role\": \"trading\", \"name\": \"x\"}").post("/v1/keys").then().statusCode(400)
        .body("field", equalTo("venue"));
    keys.admin().body(wanted("x", "trading", "")).post("/v1/keys").then().statusCode(400)
        .body("field", equalTo("name"));
    keys.admin().body("{\"venue\": 1, \"role\": \"trading\", \"name\": \"x\", \"more\": 1}").post("/v1/keys").then().statusCode(400)
        .body("field", equalTo("more"));
    keys.admin().body("{\"venue\": 1, \"role\": \"trading\", \"name\": \"x\"}").post("/v1/keys").then().statusCode(400)
        .body("field", equalTo("id")).body("detail", containsString("every retry"));
    keys.admin().body(wanted("not an id", "trading", "x")).post("/v1/keys").then().statusCode(400).body("field", equalTo("id"));
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

  private long issuedUnder(String id) {
    return database.inTransaction(sql -> sql.one("SELECT count(*) AS n FROM credential WHERE client_id = $1", id).getLong("n"));
  }

  private static String wanted(String id, String role, String name) {
    return "{\"id\": \"%s\", \"venue\": 1, \"role\": \"%s\", \"name\": \"%s\"}".formatted(id, role, name);
  }
}
