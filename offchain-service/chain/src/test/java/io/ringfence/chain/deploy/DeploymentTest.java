package io.ringfence.chain.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DeploymentTest {
  private static final String ADDRESS = "0x00000000000000000000000000000000000000Aa";
  private static final String GOOD = """
      {"chainId": 31337, "rpc": "http://127.0.0.1:8545", "block": 12, "vault": "A", "parts": {"venueRegistry": "A", "later": "A"},
       "tokens": [{"symbol": "USDC", "address": "A", "decimals": 6}],
       "feeds": [{"description": "BTC / USD", "address": "A", "decimals": 8}],
       "venues": [{"id": 1, "name": "demo", "settlementAsset": "A", "pool": "A", "fund": "A", "venueKey": "A", "attestors": ["A"],
                   "threshold": 1}]}""".replace("\"A\"", "\"" + ADDRESS + "\"");

  @Test
  void readsEverything() {
    Deployment deployment = Deployment.parse(GOOD, "test");
    assertThat(deployment.chainId()).isEqualTo(31337);
    assertThat(deployment.block()).isEqualTo(12);
    assertThat(deployment.vault().hex()).isEqualTo(ADDRESS.toLowerCase(java.util.Locale.ROOT));
    assertThat(deployment.token("USDC").orElseThrow().decimals()).isEqualTo(6);
    assertThat(deployment.feed("BTC / USD")).isPresent();
    assertThat(deployment.venue(1).orElseThrow().attestors()).hasSize(1);
    assertThat(deployment.venue(2)).isEmpty();
  }

  @Test
  void namesWhatIsWrong() {
    assertWrong("{", "test is no JSON");
    assertWrong("{}", "field chainId is missing");
    assertWrong(GOOD.replace("\"vault\"", "\"volt\""), "field vault is missing");
    assertWrong(GOOD.replace("\"vault\": \"0x", "\"vault\": \"1x"), "field vault is not an address");
    assertWrong(GOOD.replace("\"chainId\": 31337", "\"chainId\": \"31337\""), "field chainId is not a whole number");
    assertWrong(GOOD.replace("\"attestors\": [\"" + ADDRESS, "\"attestors\": [\"0x12"), "field venues[0].attestors[0] is not an address");
    assertWrong(GOOD.replace("http://127.0.0.1:8545", "http://no where"), "field rpc is not a URL");
    assertWrong(GOOD.replace("[{\"symbol\"", "{\"symbol\"").replace("6}]", "6}"), "field tokens is not a list");
  }

  @Test
  void saysHowToGetAFileThatIsNotThere() {
    assertThatThrownBy(() -> Deployment.read(Path.of("absent.json"))).isInstanceOf(DeploymentException.class)
        .hasMessageContaining("absent.json").hasMessageContaining("start the node first");
  }

  private static void assertWrong(String json, String message) {
    assertThatThrownBy(() -> Deployment.parse(json, "test")).isInstanceOf(DeploymentException.class).hasMessageContaining(message);
  }
}
