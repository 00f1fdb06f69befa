/** A real local node for tests, of this module and of others. */
package io.ringfence.chain.testing;
