package io.ringfence.chain.tx;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** A store in one append-only file of JSON lines, each synced to disk before the call returns. For one process. */
public final class FileIntentStore implements IntentStore, AutoCloseable {
  /** Opens or creates {@code file}; an unfinished last line, left by a crash, is cut off. */
  public FileIntentStore(Path file) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoredIntent save(Intent intent, Address sender, long lowestNonce, LongFunction<Attempt> signing) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addAttempt(String id, Attempt attempt) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void mark(String id, IntentState state, Optional<Bytes32> minedAs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<StoredIntent> find(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<StoredIntent> open(Address sender) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
