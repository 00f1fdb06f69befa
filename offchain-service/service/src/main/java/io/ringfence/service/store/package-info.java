/**
 * The database: SQL on the reactive pool, told one statement after the other, and the domain's entities. Imports nothing of the
 * service.
 */
package io.ringfence.service.store;
