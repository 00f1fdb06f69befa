package io.ringfence.service.feed;

import io.ringfence.service.problem.ProblemException;

/**
 * Where every feed ends, whatever it comes by: REST, WebSocket, a log. Safe for use by many threads; the caller must be one that may wait.
 */
public interface FeedSink {

  /**
   * Applies the good rows of an update and notes its sequence, both or neither. It may be called again with the same update as often as
   * it takes: nothing applies twice.
   *
   * @return also if no row was good, in which case the update counts as received all the same
   * @throws ProblemException nothing was stored: the update is not one (400), its sequence had other content before or lies too far ahead
   *     (409), the venue is unknown (404), the chain's clock does not answer (503)
   */
  FeedAnswer accept(FeedUpdate update);

  /** The first sequence of a stream that was not received: where its producer, or the reader of its log, goes on. */
  long position(long venue, FeedKind kind, String stream);
}
