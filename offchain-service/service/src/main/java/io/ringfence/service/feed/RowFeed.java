package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.service.store.Sql;
import java.util.Optional;

/** Takes in rows of one kind. */
interface RowFeed {

  /** Reads rows, without the database: what is wrong with one by itself, or by the chain's clock, is known then. */
  Ready read(long venue, JsonNode rows);

  /** Rows that were read. */
  @FunctionalInterface
  interface Ready {
    /** Stores the good rows. To be called once; {@code place} is that of the update that they came with. */
    BatchResult store(Sql sql, Optional<StreamPlace> place);
  }
}
