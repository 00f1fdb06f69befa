/**
 * Compares a service's ledger with the chain, to the last unit, without any of the service's own code: the ledger's side is a sum over
 * postings read by plain SQL, the chain's side is read from the contracts at the block the ledger has come to.
 */
package io.ringfence.audit;
