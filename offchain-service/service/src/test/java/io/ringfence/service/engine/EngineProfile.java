package io.ringfence.service.engine;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.ringfence.service.testing.TestChain;
import java.util.HashMap;
import java.util.Map;

/** The service with the local chain's keys, following the chain by itself; rounds run when a test says so. */
public class EngineProfile implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "ringfence.follow", "true",
        "ringfence.engine", "false",
        "ringfence.poll-interval", "20ms",
        "ringfence.keys-dir", TestChain.keysDirectory().toString(),
        "ringfence.keys-password-file", TestChain.keysDirectory().resolve("password.txt").toString());
  }

  /** The same with a node and a database that defaults may wear out. */
  public static final class CloseOuts extends EngineProfile {}

  /** The same with a node and a database in which nobody has an account. */
  public static final class Empty extends EngineProfile {}

  /** The same with a node and a database whose history is rewritten. */
  public static final class Reorganised extends EngineProfile {}

  /** The same with portfolio margin. */
  public static final class Portfolio extends EngineProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
      overrides.put("ringfence.margin.model", "portfolio-default");
      return overrides;
    }
  }
}
