/**
 * The Merkle-sum tree over a venue's accounts, the proofs it gives, and the bytes that are signed and hashed around it.
 *
 * <p>A pure library: no I/O, no clock, no framework. Everything here has a counterpart on the chain or in somebody else's
 * verifier, so the byte formats are fixed; {@code docs/wire.md} holds them with worked vectors.
 *
 * <p>Amounts are {@link java.math.BigInteger} in units of the venue's settlement asset unless a name says otherwise. Every
 * type checks its ranges when it is made and throws {@link io.ringfence.reserves.WireFormatException} naming the field.
 *
 * <p>{@link io.ringfence.reserves.SumTree} is what is built of leaves and gives proofs; behind it {@code NodeLevels} holds the nodes,
 * {@code NodeHasher} computes them by a {@code KeccakKernel}, and {@code TreeJournal} undoes.
 */
package io.ringfence.reserves;
