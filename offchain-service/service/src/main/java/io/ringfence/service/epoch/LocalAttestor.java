package io.ringfence.service.epoch;

import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.type.Address;
import io.ringfence.reserves.CloseOutReport;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Keccak;
import io.ringfence.reserves.RootPrices;
import io.ringfence.reserves.Signature;
import io.ringfence.reserves.SigningDomain;
import io.ringfence.service.margin.BookReader;
import io.ringfence.service.margin.MarginModel;
import io.ringfence.service.margin.MarketQuotes;
import io.ringfence.service.store.Database;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** An attestor in the venue's own process, with a key of its own: derives every figure from ledger and chain before it signs. */
public final class LocalAttestor implements Attestor {

  private final Signer key;
  private final Database database;
  private final ChainAccess chain;
  private final Venue venue;
  private final SnapshotReader reader;
  private final TreeBuilder builder;
  private final MarginModel model;

  /** An attestor that signs with {@code key}. */
  public LocalAttestor(
      Signer key,
      Database database,
      ChainAccess chain,
      Venue venue,
      SnapshotReader reader,
      TreeBuilder builder,
      MarginModel model) {
    this.key = key;
    this.database = database;
    this.chain = chain;
    this.venue = venue;
    this.reader = reader;
    this.builder = builder;
    this.model = model;
  }

  @Override
  public Address address() {
    return key.address();
  }

  @Override
  public Signature attest(EpochHeader header, MarketQuotes market) {
    var block = chain.rpc().block(BlockTag.at(header.snapshotBlock()))
        .orElseThrow(() -> new AttestationRefusedException("the chain has no block " + header.snapshotBlock()));
    require("snapshot hash", Wire.hash(block.hash()), header.snapshotHash());
    VenueFacts facts = VenueFacts.read(chain, venue.id());
    EpochSnapshot snapshot =
        reader.read(facts, header.epoch(), new EpochSnapshot.Block(block.number(), block.hash().hex(), block.timestamp()), market);
    EpochTree tree = builder.build(snapshot);
    require("number of accounts", (long) tree.tree().accounts(), header.accounts());
    require("root", tree.tree().root(), header.rootNode());
    require("prices", new RootPrices(snapshot.collateral().prices(), market.hash()).hash(), header.pricesHash());
    require("parameters", HeaderMaker.parameters(facts, model.hash(), tree.uncovered()).hash(), header.paramsHash());
    return sign(header.structHash());
  }

  @Override
  public Signature attest(CloseOutReport report, String fills) {
    require("evidence", Keccak.of(fills.getBytes(StandardCharsets.UTF_8)), report.evidence());
    require("final net result", finalNet(report.index()), report.finalNet());
    return sign(report.structHash());
  }

  private BigInteger finalNet(long index) {
    int decimals = VenueFacts.read(chain, venue.id()).settlementAsset().decimals();
    return database.inTransaction(sql -> {
      var book = BookReader.now(sql, venue.id(), venue.house()).get(index);
      if (book == null) {
        return BigInteger.ZERO;
      }
      if (!book.book().positions().isEmpty()) {
        throw new AttestationRefusedException("account " + book.account() + " still has open positions: " + book.book().positions());
      }
      MarketQuotes nothing = new MarketQuotes(Instant.EPOCH, List.of());
      return book.book().net(nothing.snapshot(), decimals).units().subtract(CutReader.ofAccount(sql, venue.id(), index));
    });
  }

  private Signature sign(Hash structHash) {
    SigningDomain domain =
        new SigningDomain(chain.deployment().chainId(), Wire.address(chain.deployment().vault()));
    return Signature.of(key.sign(Wire.bytes32(domain.digest(structHash))).bytes());
  }

  private static void require(String what, Object computed, Object claimed) {
    if (!computed.equals(claimed)) {
      throw new AttestationRefusedException("the " + what + " comes to " + computed + ", not " + claimed);
    }
  }
}
