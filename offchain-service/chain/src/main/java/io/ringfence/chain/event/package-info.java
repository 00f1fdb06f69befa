/** Logs decoded to one record per event. */
package io.ringfence.chain.event;
