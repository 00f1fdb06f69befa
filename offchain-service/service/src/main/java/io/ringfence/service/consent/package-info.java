/** What the venue puts its signature to for a client: pledges and withdrawals. */
package io.ringfence.service.consent;
