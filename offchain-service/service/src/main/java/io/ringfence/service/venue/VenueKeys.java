package io.ringfence.service.venue;

import io.ringfence.chain.sign.Signer;
import java.util.List;
import java.util.Optional;

/** The keys that this process signs with. A service without keys reads and serves, but consents to nothing and posts nothing. */
public final class VenueKeys {

  private final Optional<Signer> venue;
  private final List<Signer> attestors;

  private VenueKeys(Optional<Signer> venue, List<Signer> attestors) {
    this.venue = venue;
    this.attestors = List.copyOf(attestors);
  }

  /** No keys. */
  public static VenueKeys none() {
    return new VenueKeys(Optional.empty(), List.of());
  }

  /** These keys. */
  public static VenueKeys of(Signer venue, List<Signer> attestors) {
    return new VenueKeys(Optional.of(venue), attestors);
  }

  /** Whether there are any. */
  public boolean present() {
    return venue.isPresent();
  }

  /** The venue's key; throws {@link IllegalStateException} if the service has none. */
  public Signer venue() {
    return venue.orElseThrow(() -> new IllegalStateException(
        "this service has no venue key; name the keystores' directory and password file "
            + "(RINGFENCE_KEYS_DIR, RINGFENCE_KEYS_PASSWORD_FILE)"));
  }

  /** The attestors' keys that this process holds, in no order. */
  public List<Signer> attestors() {
    return attestors;
  }
}
