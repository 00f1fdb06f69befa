/**
 * The chain into SQL. A step's blocks, journal entries, postings, projections and cursor are one transaction; a reorganisation adds entries
 * that undo, and never deletes one.
 */
package io.ringfence.service.ingest;
