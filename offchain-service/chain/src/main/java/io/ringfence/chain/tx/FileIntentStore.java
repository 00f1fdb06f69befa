package io.ringfence.chain.tx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A store in one append-only file of JSON lines, each synced to disk before the call returns. For one process: the file is locked, and a
 * second process is refused.
 */
public final class FileIntentStore implements IntentStore, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel channel;
  private final Map<String, StoredIntent> intents = new LinkedHashMap<>();

  /** Opens or creates {@code file}; an unfinished last line, left by a crash, is cut off. */
  public FileIntentStore(Path file) {
    this.file = file;
    try {
      this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException unopened) {
      throw new UncheckedIOException("cannot open the intent file " + file, unopened);
    }
    try {
      lock();
      load();
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed instanceof RuntimeException unusable
          ? unusable
          : new UncheckedIOException("cannot read the intent file " + file, (IOException) failed);
    }
  }

  @Override
  public synchronized StoredIntent save(Intent intent, Address sender, long lowestNonce, LongFunction<Attempt> signing) {
    StoredIntent kept = intents.get(intent.id());
    if (kept != null) {
      kept.requireSame(intent, sender);
      return kept;
    }
    long nonce = lowestNonce;
    for (StoredIntent other : intents.values()) {
      if (other.sender().equals(sender)) {
        nonce = Math.max(nonce, other.nonce() + 1);
      }
    }
    StoredIntent fresh = new StoredIntent(intent, sender, nonce, List.of(signing.apply(nonce)), IntentState.SIGNED, Optional.empty());
    keep(IntentLines.saved(fresh), fresh);
    return fresh;
  }

  @Override
  public synchronized void addAttempt(String id, Attempt attempt) {
    StoredIntent kept = required(id);
    List<Attempt> attempts = new ArrayList<>(kept.attempts());
    attempts.add(attempt);
    keep(IntentLines.attempted(id, attempt),
        new StoredIntent(kept.intent(), kept.sender(), kept.nonce(), attempts, kept.state(), kept.minedAs()));
  }

  @Override
  public synchronized void mark(String id, IntentState state, Optional<Bytes32> minedAs) {
    StoredIntent kept = required(id);
    keep(IntentLines.marked(id, state, minedAs),
        new StoredIntent(kept.intent(), kept.sender(), kept.nonce(), kept.attempts(), state, minedAs));
  }

  @Override
  public synchronized Optional<StoredIntent> find(String id) {
    return Optional.ofNullable(intents.get(id));
  }

  @Override
  public synchronized List<StoredIntent> open(Address sender) {
    return intents.values().stream()
        .filter(intent -> intent.sender().equals(sender) && intent.state().open())
        .sorted(Comparator.comparingLong(StoredIntent::nonce))
        .toList();
  }

  @Override
  public synchronized Optional<StoredIntent> at(Address sender, long nonce) {
    return intents.values().stream().filter(intent -> intent.sender().equals(sender) && intent.nonce() == nonce).findFirst();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException unclosed) {
      throw new UncheckedIOException("cannot close the intent file " + file, unclosed);
    }
  }

  private void lock() throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      lock = null;
    }
    if (lock == null) {
      throw new IllegalStateException("the intent file " + file + " is in use by another process");
    }
  }

  private void load() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    int number = 0;
    for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
      number++;
      try {
        apply(JSON.readTree(line));
      } catch (JsonProcessingException | IllegalArgumentException | IllegalStateException broken) {
        throw new IllegalStateException("line " + number + " of the intent file " + file + " is broken: " + broken.getMessage(), broken);
      }
    }
    channel.truncate(end).position(end);
  }

  private void apply(JsonNode line) {
    String id = line.path("id").asText();
    switch (line.path("kind").asText()) {
      case "saved" -> intents.put(id, IntentLines.intent(line));
      case "attempt" -> {
        StoredIntent kept = required(id);
        List<Attempt> attempts = new ArrayList<>(kept.attempts());
        attempts.add(IntentLines.attempt(line.path("attempt")));
        intents.put(id, new StoredIntent(kept.intent(), kept.sender(), kept.nonce(), attempts, kept.state(), kept.minedAs()));
      }
      case "state" -> {
        StoredIntent kept = required(id);
        Optional<Bytes32> minedAs = line.hasNonNull("minedAs") ? Optional.of(new Bytes32(line.path("minedAs").asText())) : Optional.empty();
        IntentState state = IntentState.valueOf(line.path("state").asText());
        intents.put(id, new StoredIntent(kept.intent(), kept.sender(), kept.nonce(), kept.attempts(), state, minedAs));
      }
      default -> throw new IllegalArgumentException("unknown kind " + line.path("kind"));
    }
  }

  /** Durable first, remembered second. */
  private void keep(JsonNode line, StoredIntent intent) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException unwritten) {
      throw new UncheckedIOException("cannot write the intent file " + file, unwritten);
    }
    intents.put(intent.intent().id(), intent);
  }

  private StoredIntent required(String id) {
    StoredIntent kept = intents.get(id);
    if (kept == null) {
      throw new IllegalStateException("no intent " + id + " is kept");
    }
    return kept;
  }
}
