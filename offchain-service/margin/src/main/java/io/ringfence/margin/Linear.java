package io.ringfence.margin;

/** An instrument whose profit is its price change: its mark enters N with every snapshot (variation margin). */
public sealed interface Linear extends Instrument permits Perpetual, DatedFuture {}
