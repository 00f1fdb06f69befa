package io.ringfence.chain.deploy;

import io.ringfence.chain.type.Address;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One deployment, as the file that the node package writes tells it.
 *
 * @param chainId EIP-155 id
 * @param rpc where the chain answers
 * @param block first block that can hold one of its logs
 * @param vault the one contract: it runs all its parts at its own address
 * @param tokens tokens it knows by symbol
 * @param feeds price feeds it knows by description
 * @param venues venues registered when it was written
 */
public record Deployment(long chainId, URI rpc, long block, Address vault, List<Token> tokens, List<Feed> feeds, List<Venue> venues) {
  public Deployment {
    tokens = List.copyOf(tokens);
    feeds = List.copyOf(feeds);
    venues = List.copyOf(venues);
  }

  /** A token; {@code decimals} of its smallest unit. */
  public record Token(String symbol, Address address, int decimals) {}

  /** A price feed; {@code decimals} of its answers. */
  public record Feed(String description, Address address, int decimals) {}

  /** A venue. */
  public record Venue(
      long id, String name, Address settlementAsset, Address pool, Address fund, Address venueKey, List<Address> attestors, int threshold) {
    public Venue {
      attestors = List.copyOf(attestors);
    }
  }

  /**
   * Reads the file.
   *
   * @throws DeploymentException naming the file and the field that is missing or wrong
   */
  public static Deployment read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException unreadable) {
      throw new DeploymentException("cannot read the deployment file " + file
          + ": start the node first, or point RINGFENCE_DEPLOYMENT at it", unreadable);
    }
  }

  /** Parses the file's text; {@code source} names it in errors. */
  public static Deployment parse(String json, String source) {
    return new DeploymentReader(source).parse(json);
  }

  /** This deployment reached at another address. */
  public Deployment at(URI other) {
    return new Deployment(chainId, other, block, vault, tokens, feeds, venues);
  }

  public Optional<Token> token(String symbol) {
    return tokens.stream().filter(token -> token.symbol().equals(symbol)).findFirst();
  }

  public Optional<Feed> feed(String description) {
    return feeds.stream().filter(feed -> feed.description().equals(description)).findFirst();
  }

  public Optional<Venue> venue(long id) {
    return venues.stream().filter(venue -> venue.id() == id).findFirst();
  }
}
