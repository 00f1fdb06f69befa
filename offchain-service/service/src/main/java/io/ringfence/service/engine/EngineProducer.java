package io.ringfence.service.engine;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.sign.KeystoreSigner;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.tx.TransactionManager;
import io.ringfence.chain.tx.TransactionSettings;
import io.ringfence.chain.type.Address;
import io.ringfence.reserves.Salts;
import io.ringfence.reserves.SigningDomain;
import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.epoch.Attestor;
import io.ringfence.service.epoch.EpochRound;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.Freezer;
import io.ringfence.service.epoch.LedgerWait;
import io.ringfence.service.epoch.LocalAttestor;
import io.ringfence.service.epoch.Quorum;
import io.ringfence.service.epoch.SnapshotReader;
import io.ringfence.service.epoch.TreeBuilder;
import io.ringfence.service.epoch.Wire;
import io.ringfence.service.margin.MarginModel;
import io.ringfence.service.store.Database;
import io.ringfence.service.transaction.Sender;
import io.ringfence.service.transaction.SqlIntentStore;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueKeys;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Makes the parts that stages share. Keys are read from keystores once, at the first use. */
@Singleton
final class EngineProducer {

  private static final Duration LEDGER_POLL = Duration.ofMillis(25);

  private final RingfenceConfig config;

  EngineProducer(RingfenceConfig config) {
    this.config = config;
  }

  @Produces
  @Singleton
  ChainAccess chain(JsonRpc rpc, Deployment deployment) {
    return ChainAccess.of(rpc, deployment);
  }

  /** The house is the venue key's account number 0, unless another is configured. */
  @Produces
  @Singleton
  Venue venue(ChainAccess chain, VenueKeys keys) {
    Address house = config.houseAccount().map(Address::new)
        .orElseGet(() -> keys.present() ? chain.contracts().vault().predict(keys.venue().address(), BigInteger.ZERO) : Address.ZERO);
    return new Venue(config.venue(), house, config.settleEvery(), config.settleRange());
  }

  @Produces
  @Singleton
  VenueKeys keys(Deployment deployment) {
    if (config.keysDir().isEmpty()) {
      return VenueKeys.none();
    }
    try (Stream<Path> files = Files.list(config.keysDir().get())) {
      List<Signer> attestors = files
          .filter(file -> file.getFileName().toString().matches("attestor-[0-9]+\\.json"))
          .map(file -> load(file, deployment))
          .toList();
      return VenueKeys.of(load(config.keysDir().get().resolve("venue.json"), deployment), attestors);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the keystores in " + config.keysDir().get(), e);
    }
  }

  @Produces
  @Singleton
  Sender sender(JsonRpc rpc, Deployment deployment, Database database) {
    Path keystore = config.keysDir().orElseThrow(() -> new IllegalStateException(
        "the engine needs keys; name the keystores' directory (RINGFENCE_KEYS_DIR) or switch it off (RINGFENCE_ENGINE=false)"))
        .resolve("venue-operator.json");
    TransactionSettings settings = settings(config.transactions());
    return new Sender(
        new TransactionManager(rpc, deployment.chainId(), load(keystore, deployment), new SqlIntentStore(database), settings),
        settings.await());
  }

  static TransactionSettings settings(RingfenceConfig.Transactions configured) {
    try {
      return new TransactionSettings(
          configured.replaceAfter(), configured.bumpPercent(), configured.poll(), configured.timeout(), configured.confirmations());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("ringfence.transactions.*: " + e.getMessage(), e);
    }
  }

  @Produces
  @Singleton
  EpochStore epochs(Database database, Venue venue) {
    return new EpochStore(database, venue);
  }

  @Produces
  @Singleton
  SnapshotReader snapshots(Database database, ChainAccess chain, Venue venue) {
    return new SnapshotReader(database, chain, venue);
  }

  @Produces
  @Singleton
  TreeBuilder trees(MarginModel model, Deployment deployment) {
    byte[] master = SaltsFile.readOrMake(config.saltsFile().orElse(config.dataDir().resolve("salts.secret")));
    return new TreeBuilder(model, new Salts(master, deployment.chainId(), Wire.address(deployment.vault())));
  }

  @Produces
  @Singleton
  Quorum quorum(
      VenueKeys keys,
      Database database,
      ChainAccess chain,
      Venue venue,
      SnapshotReader reader,
      TreeBuilder builder,
      MarginModel model) {
    SigningDomain domain =
        new SigningDomain(chain.deployment().chainId(), Wire.address(chain.deployment().vault()));
    return new Quorum(
        keys.venue(),
        keys.attestors().stream()
            .<Attestor>map(key -> new LocalAttestor(key, database, chain, venue, reader, builder, model))
            .toList(),
        domain);
  }

  @Produces
  @Singleton
  EpochRound epochRound(
      Database database,
      ChainAccess chain,
      Venue venue,
      EpochStore epochs,
      SnapshotReader reader,
      TreeBuilder builder,
      MarginModel model,
      Quorum quorum,
      Sender sender) {
    LedgerWait ledger = new LedgerWait(reader, LEDGER_POLL, config.transactions().timeout());
    return new EpochRound(chain, venue, epochs, new Freezer(database, venue), reader, builder, model, quorum, sender, ledger);
  }

  private Signer load(Path keystore, Deployment deployment) {
    Path password = config.keysPasswordFile().orElseThrow(
        () -> new IllegalStateException("keystores are named but not the file of their password; name it (RINGFENCE_KEYS_PASSWORD_FILE)"));
    return KeystoreSigner.load(keystore, password, deployment.chainId());
  }
}
