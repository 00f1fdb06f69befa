/** Refusals: every error that a client sees is an RFC 9457 problem document that says what, where and what to do. */
package io.ringfence.service.problem;
