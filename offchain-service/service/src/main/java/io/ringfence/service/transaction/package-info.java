/**
 * The service's own transactions: their nonces, intents and signed bytes live in the database before the node hears of them.
 */
package io.ringfence.service.transaction;
