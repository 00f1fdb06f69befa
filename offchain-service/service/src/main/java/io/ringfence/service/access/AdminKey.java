package io.ringfence.service.access;

import io.quarkus.runtime.StartupEvent;
import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.store.PrivateFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * The first key: the administrator's. Its file is written at the first start, readable by the owner only; a key put there before is
 * used.
 */
@ApplicationScoped
public class AdminKey {
  private static final Logger LOG = Logger.getLogger(AdminKey.class);

  private final ApiKeys keys;
  private final RingfenceConfig config;

  /** Kept among {@code keys}. */
  public AdminKey(ApiKeys keys, RingfenceConfig config) {
    this.keys = keys;
    this.config = config;
  }

  /** Where the key is. */
  public Path file() {
    return config.adminKeyFile().orElse(config.dataDir().resolve("admin.key"));
  }

  void start(@Observes StartupEvent event) {
    try {
      keys.keep(readOrMake(file().toAbsolutePath()), null, Role.ADMIN, "administrator");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the administrator's key file " + file(), e);
    }
  }

  private static ApiKey readOrMake(Path file) throws IOException {
    if (!Files.exists(file)) {
      PrivateFile.write(file, ApiKey.random().text());
      LOG.infof("the administrator's API key is in %s", file);
    }
    return ApiKey.parse(Files.readString(file).strip())
        .orElseThrow(() -> new IOException(file + " does not hold an API key (rf_ID_SECRET): delete it to have a new one made"));
  }
}
