package io.ringfence.service.margin;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.type.Address;
import io.ringfence.margin.StandardMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.service.config.RingfenceConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the margin model that the venue is configured with. */
@Singleton
final class MarginProducer {

  @Produces
  @Singleton
  MarginModel model(RingfenceConfig config, Deployment deployment) {
    Record parameters = ParameterFile.read(config.margin().model());
    return parameters instanceof PortfolioMarginParameters portfolio
        ? new PortfolioModel(portfolio, names(config.margin().assets(), deployment.tokens()))
        : new StandardModel((StandardMarginParameters) parameters);
  }

  @Produces
  @Singleton
  Staleness staleness(MarginModel model, RingfenceConfig config) {
    return new Staleness(model, config.margin().maxQuoteAge());
  }

  /** What the collateral schedule calls each token: its symbol, unless another name is configured. */
  static Map<Address, String> names(List<String> configured, List<Deployment.Token> tokens) {
    Map<String, String> bySymbol = new HashMap<>();
    for (String entry : configured) {
      String[] parts = entry.split("=", -1);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new IllegalStateException("ringfence.margin.assets: \"" + entry + "\" is not of the form symbol=name");
      }
      bySymbol.put(parts[0].strip(), parts[1].strip());
    }
    Map<Address, String> names = new HashMap<>();
    tokens.forEach(token -> names.put(token.address(), bySymbol.getOrDefault(token.symbol(), token.symbol())));
    return names;
  }
}
