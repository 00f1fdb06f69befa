/** Encrypted keystore files, and the tool that makes the local chain's. */
package io.ringfence.chain.keys;
