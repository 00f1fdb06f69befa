package io.ringfence.service.feed;

/**
 * How a stream stands after an update.
 *
 * @param place the update's
 * @param duplicate whether it had been received before
 * @param next the first sequence that is missing
 * @param highest the highest received
 */
record StreamReceipt(StreamPlace place, boolean duplicate, long next, long highest) {}
