/**
 * Start-up: finds or starts the database before the application does, and opens the way to the chain. May import everything;
 * nothing imports it.
 */
package io.ringfence.service.boot;
