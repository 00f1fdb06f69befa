/** Reads for people and programs: accounts, calls, auctions, fund, roots, proofs, the timeline. */
package io.ringfence.service.status;
