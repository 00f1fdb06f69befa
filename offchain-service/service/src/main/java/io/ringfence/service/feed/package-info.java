/**
 * Positions and prices as they come in. A batch keeps its good rows and lists the bad ones by field; a client-made id applies once,
 * however often and from however many sides it is sent.
 */
package io.ringfence.service.feed;
