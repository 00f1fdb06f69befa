/**
 * Call, cure, default, close-out and resolution: after each root, one stage after the other looks at the accounts and sends what is due.
 *
 * <p>Each stage is a class with one verb. What it sends has an id made of the account's leaf index and the epoch it acted on, and it acts
 * only on what ledger and chain say now, so a round can be repeated from any point.
 */
package io.ringfence.service.defaulting;
