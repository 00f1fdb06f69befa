/** EIP-712 digests and signatures over them. */
package io.ringfence.chain.sign;
