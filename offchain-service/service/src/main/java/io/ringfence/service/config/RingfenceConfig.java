package io.ringfence.service.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The service's settings: {@code ringfence.*}, or {@code RINGFENCE_*} in the environment. */
@ConfigMapping(prefix = "ringfence")
public interface RingfenceConfig {
  /** The deployment file that names the chain, its contracts, tokens and feeds. */
  Path deployment();

  /** The venue that this service works for. */
  @WithDefault("1")
  int venue();

  /** Where the embedded database, and files that the service writes, live. */
  @WithDefault(".ringfence/service")
  Path dataDir();

  /** Directory of keystore files ({@code venue.json}, {@code venue-operator.json}, {@code attestor-1.json} ...). */
  Optional<Path> keysDir();

  /** File with the keystores' password. */
  Optional<Path> keysPasswordFile();

  /** File that the first start writes the administrator's API key to, readable by the owner only. Default: in the data directory. */
  Optional<Path> adminKeyFile();

  /** The venue's own book: the account that takes over defaulters' positions. */
  Optional<String> houseAccount();

  /** Blocks that must lie on top of a block before it is followed. */
  @WithDefault("0")
  int confirmations();

  /** Pause between looks at the chain when there is nothing new. */
  @WithDefault("100ms")
  Duration pollInterval();

  /** Whether the service follows the chain by itself; without it, only a call does. */
  @WithDefault("true")
  boolean follow();

  /** Time between epochs. */
  @WithDefault("5s")
  Duration epochInterval();

  /** Whether epochs, calls, defaults and settlements run by themselves. */
  @WithDefault("true")
  boolean engine();

  /** Every how many epochs a root settles; 0: only when an operator asks. */
  @WithDefault("0")
  int settleEvery();

  /** Most leaves that one transaction settles. */
  @WithDefault("256")
  int settleRange();

  /** File of the secret that leaves' salts are derived from; written on the first start. Default: in the data directory. */
  Optional<Path> saltsFile();

  /** Underlyings that the venue lists. */
  @WithDefault("BTC,ETH")
  List<String> underlyings();

  /** How requirements are computed. */
  Margin margin();

  /** How requirements are computed. */
  interface Margin {
    /** {@code standard-default}, {@code portfolio-default}, {@code portfolio-deribit-like}, or the path of a parameter file. */
    @WithDefault("standard-default")
    String model();

    /** What the collateral schedule calls a token, where it is not by the token's symbol: {@code symbol=name}. */
    @WithDefault("WETH=ETH,WBTC=BTC")
    List<String> assets();

    /** Age from which a quote is stale, and with it the margin of every account that is valued by it. */
    @WithDefault("10m")
    Duration maxQuoteAge();
  }

  /** How the service's own transactions are sent. */
  Transactions transactions();

  /** How the service's own transactions are sent. */
  interface Transactions {
    /** Blocks that must lie on top of a transaction's block before it counts as done. */
    @WithDefault("0")
    int confirmations();

    /** Time after which a transaction that is not mined is sent again with a higher bid. */
    @WithDefault("15s")
    Duration replaceAfter();

    /** How much higher that bid is, percent; nodes take no replacement for less than 10. */
    @WithDefault("13")
    int bumpPercent();

    /** Pause between looks for a receipt. */
    @WithDefault("100ms")
    Duration poll();

    /** How long a round waits for a transaction; what has not ended by then stays open for the next round. */
    @WithDefault("60s")
    Duration timeout();
  }

  /** Bounds of what feeds may say. */
  Limits limits();

  /** Bounds of what feeds may say; beyond them a row is refused, never clipped. */
  interface Limits {
    /** Rows in one batch. */
    @WithDefault("5000")
    int batchRows();

    /** Largest quantity of one fill, absolute. */
    @WithDefault("1000000000")
    BigDecimal quantity();

    /** Largest price, settlement currency. */
    @WithDefault("1000000000")
    BigDecimal price();

    /** Largest fee or rebate of one fill, absolute, settlement currency. */
    @WithDefault("1000000000")
    BigDecimal fee();

    /** Digits after the point in any figure. */
    @WithDefault("18")
    int scale();

    /** How far past the clock a time may lie. */
    @WithDefault("5s")
    Duration clockSkew();

    /** How far past the first missing update of a stream one may be. */
    @WithDefault("10000")
    long sequencesAhead();

    /** Streams of one kind that a venue may have. */
    @WithDefault("1000")
    long streams();

    /** Frames of one connection that may wait for their answers. */
    @WithDefault("64")
    int unansweredFrames();
  }
}
