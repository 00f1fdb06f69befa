package io.ringfence.service.feed;

import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.domain.RegisteredVenue;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Entities;
import jakarta.enterprise.context.ApplicationScoped;

/** Feeds into the database: rows and the note of their sequence in one transaction. */
@ApplicationScoped
public class StoredFeeds implements FeedSink {
  private final PositionFeed positions;
  private final PriceFeed prices;
  private final FeedStreams streams;
  private final Database database;
  private final Entities entities;
  private final RingfenceConfig.Limits limits;

  /** Into these feeds. */
  public StoredFeeds(PositionFeed positions, PriceFeed prices, FeedStreams streams, Database database, Entities entities,
      RingfenceConfig config) {
    this.positions = positions;
    this.prices = prices;
    this.streams = streams;
    this.database = database;
    this.entities = entities;
    this.limits = config.limits();
  }

  @Override
  public FeedAnswer accept(FeedUpdate update) {
    int rows = update.rows().size();
    if (rows > limits.batchRows()) {
      throw ProblemException.field("rows", rows + " rows are too many: send at most " + limits.batchRows() + " at once");
    }
    requireRegistered(update.venue());
    RowFeed feed = switch (update.kind()) {
      case POSITIONS -> positions;
      case PRICES -> prices;
    };
    RowFeed.Ready ready = feed.read(update.venue(), update.rows());
    return database.inTransaction(sql -> {
      var receipt = update.place().map(place -> streams.receive(sql, update, place));
      BatchResult result = ready.store(sql, update.place());
      return receipt.map(stream -> FeedAnswer.of(result, stream)).orElseGet(() -> FeedAnswer.of(result));
    });
  }

  @Override
  public long position(long venue, FeedKind kind, String stream) {
    return database.inTransaction(sql -> streams.next(sql, venue, kind, stream));
  }

  /** Throws a {@link ProblemException} (404) if the ledger knows no such venue. */
  void requireRegistered(long venue) {
    if (entities.find(RegisteredVenue.class, venue).isEmpty()) {
      throw ProblemException.of(ProblemKind.NOT_FOUND, "venue " + venue + " is not registered on the chain, as far as the ledger has come");
    }
  }
}
