/**
 * Who may do what. Machines carry API keys scoped to a venue and a role; clients sign with the wallet that owns the account. An endpoint
 * that says nothing about access is closed.
 */
package io.ringfence.service.access;
