/**
 * What becomes of positions that have expired: the venue gives one settlement price for an underlying and an expiry, once, and every
 * holder's cash result is booked from it. Until then they stand as they last stood, and an alarm says so.
 */
package io.ringfence.service.expiry;
