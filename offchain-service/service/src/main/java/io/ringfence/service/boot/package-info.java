/**
 * Start-up: finds or starts the database before the application does, reads the configuration, and hands over. Everything else of the
 * service may be imported from here; nothing imports this package but for {@link io.ringfence.service.boot.RingfenceConfig}.
 */
package io.ringfence.service.boot;
