package io.ringfence.chain.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.testing.LocalNodeExtension;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.testing.Sending;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.EpochFacts;
import io.ringfence.chain.type.InKind;
import io.ringfence.chain.type.LotPage;
import io.ringfence.chain.type.VenueState;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalNodeExtension.class)
class ContractsTest {
  private static final Address NOBODY = new Address("0x00000000000000000000000000000000000000aa");

  @Test
  void readsTheVenueAsTheDeploymentTellsIt(NodeProcess node) {
    Deployment.Venue venue = node.deployment().venue(1).orElseThrow();
    RegistryReads registry = node.contracts().registry();

    assertThat(registry.venues()).isEqualTo(1);
    assertThat(registry.venueKey(1)).isEqualTo(venue.venueKey());
    assertThat(registry.guardian(1)).isEqualTo(NodeProcess.role("guardian").address());
    assertThat(registry.state(1)).isEqualTo(VenueState.LIVE);
    assertThat(registry.clock(1)).isEqualTo(node.rpc().block(BlockTag.LATEST).orElseThrow().timestamp());
    assertThat(registry.settlementAsset(1)).isEqualTo(venue.settlementAsset());
    assertThat(registry.fundOf(1)).isEqualTo(venue.fund());
    assertThat(registry.attestors(1).addresses()).containsExactlyInAnyOrderElementsOf(venue.attestors());
    assertThat(registry.attestors(1).threshold()).isEqualTo(venue.threshold());
    assertThat(registry.parameters(1).heartbeat()).isEqualTo(registry.heartbeat(1)).isPositive();
    assertThat(registry.parameters(1).minLot()).isPositive();
    assertThat(registry.parameters(1).minDebitCap()).isEqualTo(1_000_000_000);
    List<AssetConfig> assets = registry.assets(1);
    assertThat(assets).hasSize(3);
    assertThat(assets.getFirst().token()).isEqualTo(venue.settlementAsset());
    assertThat(assets.getFirst().decimals()).isEqualTo(6);
    assertThat(registry.isAccepted(1, assets.get(2).token())).isTrue();
    assertThat(registry.isAccepted(1, NOBODY)).isFalse();
    assertThat(registry.attestorSetHash(1)).isNotEqualTo(Bytes32.ZERO);
    assertThat(node.contracts().pool().poolOf(1)).isEqualTo(venue.pool());
    assertThat(node.contracts().fund(venue.fund()).venue()).isEqualTo(1);
  }

  @Test
  void readsAnEmptyVault(NodeProcess node) {
    VaultReads vault = node.contracts().vault();
    Address account = vault.predict(NOBODY, BigInteger.TEN);

    assertThat(account).isNotEqualTo(vault.predict(NOBODY, BigInteger.ONE));
    assertThat(vault.record(account).status()).isEqualTo(AccountStatus.UNPLEDGED);
    assertThat(vault.pledges(account)).isZero();
    assertThat(vault.request(account, NOBODY).to()).isEqualTo(Address.ZERO);
    assertThat(vault.pendingOf(account, NOBODY)).isZero();
    assertThat(vault.debitCap(account)).isZero();
    assertThat(vault.locked()).isFalse();
  }

  @Test
  void readsAnEmptyPool(NodeProcess node) {
    PoolReads pool = node.contracts().pool();
    assertThat(pool.book(1).pool()).isZero();
    assertThat(pool.base(1)).isZero();
    assertThat(pool.checkpointAt(1, 1).time()).isZero();
    assertThat(pool.claims(1, NOBODY)).isZero();
    assertThat(pool.inKind(1, NOBODY)).isEqualTo(new InKind(BigInteger.ZERO, BigInteger.ZERO));
  }

  @Test
  void readsLogsDefaultsAndAuctionsWithNothingInThem(NodeProcess node) {
    Contracts contracts = node.contracts();
    assertThat(contracts.log().newest(1)).isZero();
    EpochFacts facts = contracts.log().posted(1, 1);
    assertThat(facts.posted()).isFalse();
    assertThat(contracts.defaults().openDefaults(1)).isZero();
    assertThat(contracts.defaults().caseOf(NOBODY).declarer()).isEqualTo(Address.ZERO);
    assertThat(contracts.defaults().rewards(NOBODY, NOBODY)).isZero();
    assertThat(contracts.auction().liveLots(0, 10)).isEqualTo(new LotPage(List.of(), 0));
    assertThat(catchThrowableOfType(CallRefusedException.class, () -> contracts.auction().lotOf(BigInteger.ONE)).revert().error())
        .isEqualTo("UnknownLot");
    assertThat(catchThrowableOfType(CallRefusedException.class, () -> contracts.auction().lotFor(NOBODY, NOBODY)).revert().error())
        .isEqualTo("NotPledged");
  }

  @Test
  void readsPricesAndFeeds(NodeProcess node) {
    List<BigInteger> prices = node.contracts().valuer().prices(1);
    Deployment.Token weth = node.deployment().token("WETH").orElseThrow();
    FeedReads feed = node.contracts().feed(node.deployment().feed("ETH / USD").orElseThrow().address());

    assertThat(prices).hasSize(3);
    assertThat(prices.getFirst()).isEqualTo(BigInteger.TEN.pow(18));
    assertThat(node.contracts().valuer().price(1, weth.address())).isEqualTo(prices.get(2));
    assertThat(feed.latest().price()).isPositive();
    assertThat(feed.latest().updatedAt()).isPositive();
    assertThat(feed.description()).isEqualTo("ETH / USD");
    assertThat(catchThrowableOfType(CallRefusedException.class, () -> node.contracts().valuer().values(NOBODY, prices)).revert().error())
        .isEqualTo("NotPledged");
    assertThat(node.contracts().token(weth.address()).symbol()).isEqualTo("WETH");
    assertThat(node.contracts().token(weth.address()).decimals()).isEqualTo(18);
  }

  @Test
  void readsAtABlockOfThePast(NodeProcess node) {
    long before = node.rpc().blockNumber();
    Address token = node.deployment().tokens().getFirst().address();
    Sending.mint(node, token, NOBODY, 5);

    assertThat(node.contracts().token(token).balanceOf(NOBODY)).isEqualTo(5);
    assertThat(node.contracts().at(BlockTag.at(before)).token(token).balanceOf(NOBODY)).isZero();
  }

  @Test
  void namesTheContractsOwnError(NodeProcess node) {
    CallRefusedException refused =
        catchThrowableOfType(CallRefusedException.class, () -> node.contracts().vault().ownerOf(NOBODY));
    assertThat(refused).hasMessage("ownerOf of " + node.deployment().vault()
        + " refused: NotAnAccount(account=" + NOBODY + ")");
  }

  @Test
  void saysWhenNoContractAnswers(NodeProcess node) {
    assertThat(catchThrowableOfType(io.ringfence.chain.rpc.RpcException.Malformed.class,
        () -> node.contracts().token(NOBODY).symbol())).hasMessageContaining("symbol of " + NOBODY)
        .hasMessageContaining("no contract answers");
  }
}
