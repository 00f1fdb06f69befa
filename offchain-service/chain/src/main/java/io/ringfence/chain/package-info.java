/** Everything Ringfence says to a chain and hears from it: JSON-RPC, codecs, signing, following logs, sending
 * transactions. No framework. */
package io.ringfence.chain;
