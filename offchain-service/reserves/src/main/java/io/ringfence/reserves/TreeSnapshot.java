package io.ringfence.reserves;

/** A state of one {@link SumTree}, to return to. Compared by identity: it has no content of its own. */
public final class TreeSnapshot {
  TreeSnapshot() {}
}
