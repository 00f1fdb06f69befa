package io.ringfence.bench;

import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.LeafSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** Random leaves of a venue in one array, packed, the same for a number of accounts. */
final class PackedLeaves implements LeafSource {

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int CREDIT = 24;
  private static final int DEBIT = 36;
  private static final int MARGIN = 52;

  private final int accounts;
  private final byte[] bytes;

  PackedLeaves(int accounts) {
    this.accounts = accounts;
    bytes = new byte[accounts * Leaf.PACKED_LENGTH];
    SplittableRandom random = new SplittableRandom(accounts);
    for (int index = 0; index < accounts; index++) {
      int offset = index * Leaf.PACKED_LENGTH;
      for (int word = 0; word < Leaf.PACKED_LENGTH / Long.BYTES; word++) {
        LONGS.set(bytes, offset + word * Long.BYTES, random.nextLong());
      }
      INTS.set(bytes, offset, index);
      int empty = offset + (random.nextBoolean() ? CREDIT : DEBIT);
      INTS.set(bytes, empty, 0);
      LONGS.set(bytes, empty + Integer.BYTES, 0L);
    }
  }

  int accounts() {
    return accounts;
  }

  /** Gives these accounts another initial margin. */
  void change(int[] indices) {
    for (int index : indices) {
      int offset = index * Leaf.PACKED_LENGTH + MARGIN;
      LONGS.set(bytes, offset, (long) LONGS.get(bytes, offset) + 1);
    }
  }

  @Override
  public boolean pack(int index, byte[] target) {
    System.arraycopy(bytes, index * Leaf.PACKED_LENGTH, target, 0, Leaf.PACKED_LENGTH);
    return true;
  }
}
