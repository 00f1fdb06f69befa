/** Calldata of every function that changes state. */
package io.ringfence.chain.encode;
