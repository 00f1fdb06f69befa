package io.ringfence.service.engine;

import io.ringfence.reserves.Salts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** The secret that salts are derived from: 32 random bytes in a file that only its owner reads, made on the first start. */
final class SaltsFile {

  private SaltsFile() {}

  static byte[] readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      byte[] master = HexFormat.of().parseHex(Files.readString(file).strip());
      if (master.length < Salts.MIN_MASTER_LENGTH) {
        throw new IllegalStateException(file + " must hold at least " + Salts.MIN_MASTER_LENGTH + " bytes as hexadecimal text");
      }
      return master;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the secret of the salts, " + file, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(file + " does not hold hexadecimal text", e);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] master = new byte[Salts.MIN_MASTER_LENGTH];
    new SecureRandom().nextBytes(master);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, HexFormat.of().formatHex(master).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.SYNC).toArray(StandardOpenOption[]::new));
    try {
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // Another start was faster: its secret counts.
    } finally {
      Files.delete(fresh);
    }
  }
}
