/** Moves what settling roots say between accounts and the pool. */
package io.ringfence.service.settlement;
