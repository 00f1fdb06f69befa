/**
 * Margins at this moment's prices, between one root and the next: what an account has, requires and could still do, and why. Reads only;
 * what is enforced is enforced under roots.
 */
package io.ringfence.service.monitor;
