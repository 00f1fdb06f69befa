/** Views of the contracts at a chosen block. */
package io.ringfence.chain.read;
