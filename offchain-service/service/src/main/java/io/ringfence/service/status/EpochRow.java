package io.ringfence.service.status;

/** What a list of roots needs of each: its quotes, which may be many, stay where they are. Block and time are null until it is posted. */
record EpochRow(
    long epoch,
    long snapshotBlock,
    String structHash,
    String state,
    boolean settles,
    String postedTx,
    Long block,
    Long time,
    String header) {}
