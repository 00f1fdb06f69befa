package io.ringfence.service.testing;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.ringfence.service.access.AdminKey;
import io.ringfence.service.access.ApiKeys;
import io.ringfence.service.access.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;

/** Requests with a credential. */
@ApplicationScoped
public class Keys {
  private final AdminKey admin;
  private final ApiKeys keys;

  Keys(AdminKey admin, ApiKeys keys) {
    this.admin = admin;
    this.keys = keys;
  }

  /** A request by the administrator. */
  public RequestSpecification admin() {
    try {
      return with(Files.readString(admin.file()).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request by a new key of that role on that venue. */
  public RequestSpecification as(Role role, long venue) {
    return with(secret(role, venue));
  }

  /** A new key of that role on that venue. */
  public String secret(Role role, long venue) {
    return keys.issue("test:" + UUID.randomUUID(), venue, role, "a test").text().orElseThrow();
  }

  /** A request with this key. */
  public static RequestSpecification with(String key) {
    return RestAssured.given().header("Authorization", "Bearer " + key).contentType("application/json");
  }
}
