/**
 * What a client, or whoever writes a verifier of its own, runs: commands that trust nobody but the files and the chain they are pointed at.
 */
package io.ringfence.verify;
