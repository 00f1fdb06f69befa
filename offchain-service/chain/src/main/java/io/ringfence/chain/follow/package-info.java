/** Following a chain's logs through reorganisations, without storage of its own. */
package io.ringfence.chain.follow;
