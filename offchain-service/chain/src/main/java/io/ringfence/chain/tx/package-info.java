/** Sending transactions exactly once: intent, nonce and signed bytes are durable before anything is broadcast. */
package io.ringfence.chain.tx;
