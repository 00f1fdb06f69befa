/**
 * What the service knows one by one: venues, accounts, calls, defaults, lots, roots, consents, as entities. Flyway owns the schema. Rows
 * that projections and bulk writers make are immutable here. Imports nothing of the service.
 */
package io.ringfence.service.domain;
