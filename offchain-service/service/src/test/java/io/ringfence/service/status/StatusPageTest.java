package io.ringfence.service.status;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.ringfence.chain.type.Address;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@ServiceTest
class StatusPageTest {
  @Inject TestChain chain;

  @Test
  void pageAndWhatItReadsAreThereForEverybody() {
    Address account = chain.pledgedAccount();
    given().get("/").then().statusCode(200).contentType("text/html").body(containsString("status.js"));
    given().get("/status.js").then().statusCode(200);
    given().get("/status.css").then().statusCode(200);
    given().get("/v1/service").then().statusCode(200).body("venue", equalTo(1)).body("tokens.symbol", hasItem("USDC"));
    given().get("/v1/venues/1/status").then().statusCode(200).body("accounts.account", hasItem(account.hex()));
  }

  @Test
  void interfaceIsDescribed() {
    given().get("/openapi").then().statusCode(200).body(containsString("/v1/venues/{venue}/positions"));
    given().get("/docs/").then().statusCode(200);
  }
}
