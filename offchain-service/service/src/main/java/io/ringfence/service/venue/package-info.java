/** What every stage of the engine works with: the venue, its chain, its keys and its settings. */
package io.ringfence.service.venue;
