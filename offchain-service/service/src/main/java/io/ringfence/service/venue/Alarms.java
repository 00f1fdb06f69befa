package io.ringfence.service.venue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** What is wrong right now, by the name of what it stops: logged when it begins, changes and ends, and shown by the status page. */
@ApplicationScoped
public class Alarms {

  private static final Logger LOG = Logger.getLogger(Alarms.class);

  private final Map<String, Alarm> active = new ConcurrentHashMap<>();

  /** One alarm. */
  public record Alarm(String what, String detail, Instant since) {}

  /** Raises an alarm, or keeps it if it says the same already. */
  public void raise(String what, Exception cause) {
    String detail = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    Alarm before = active.get(what);
    if (before == null || !before.detail().equals(detail)) {
      active.put(what, new Alarm(what, detail, before == null ? Instant.now() : before.since()));
      LOG.errorf(cause, "%s: %s", what, detail);
    }
  }

  /** Ends an alarm if there is one. */
  public void clear(String what) {
    if (active.remove(what) != null) {
      LOG.infof("%s: works again", what);
    }
  }

  /** The alarms of this moment, by name. */
  public Map<String, Alarm> active() {
    return new TreeMap<>(active);
  }
}
