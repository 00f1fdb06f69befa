package io.ringfence.service.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Consents asked for at the same time: together they allow no more than one after the other would, and one id gets one answer. */
@ServiceTest
@TestProfile(EngineProfile.class)
class ConsentRaceTest {
  private static final int AT_ONCE = 8;

  @Inject TestChain chain;
  @Inject VenueDriver venue;
  @Inject Engine engine;
  @Inject Database database;

  @Test
  void consentsAtOnceAllowNoMoreThanTheAccountHas() {
    VenueDriver.Client client = clientUnderARoot();
    List<Response> answers = atOnce(i -> venue.askConsent(client, id(i), VenueDriver.usdc(3_000)).extract().response());
    assertThat(answers.stream().map(Response::statusCode)).containsOnly(200, 409);
    assertThat(answers.stream().filter(answer -> answer.statusCode() == 200)).hasSize(3);
    assertThat(allowed(client)).isEqualTo(VenueDriver.usdc(9_000).toString());
  }

  @Test
  void oneIdAtOnceGetsOneConsent() {
    VenueDriver.Client client = clientUnderARoot();
    List<Response> answers = atOnce(i -> venue.askConsent(client, id(77), VenueDriver.usdc(6_000)).extract().response());
    assertThat(answers.stream().map(Response::statusCode)).containsOnly(200);
    assertThat(answers.stream().map(answer -> answer.jsonPath().getString("venueSignature")).distinct()).hasSize(1);
    assertThat(allowed(client)).isEqualTo(VenueDriver.usdc(6_000).toString());
    venue.askConsent(client, id(77), VenueDriver.usdc(1_000)).statusCode(409);
  }

  private VenueDriver.Client clientUnderARoot() {
    VenueDriver.Client client = venue.client(10_000, 0);
    venue.prices(60_000, 3_000);
    engine.round();
    chain.catchUp();
    return client;
  }

  private static List<Response> atOnce(IntFunction<Response> ask) {
    return IntStream.range(0, AT_ONCE)
        .mapToObj(i -> CompletableFuture.supplyAsync(() -> ask.apply(i), Thread::startVirtualThread))
        .toList().stream().map(CompletableFuture::join).toList();
  }

  private String allowed(VenueDriver.Client client) {
    return database.inTransaction(sql -> sql
        .one("SELECT sum(amount)::text AS n FROM consent WHERE account = $1", client.account().hex()).getString("n"));
  }

  private static Bytes32 id(int number) {
    return new Bytes32("0x%064x".formatted(0xace000 + number));
  }
}
