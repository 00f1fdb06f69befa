/**
 * The demonstration: one command that runs chain, service and keepers, replays a real crash through them, and checks every unit at the end.
 * It knows the rest of Ringfence from outside: by REST, by JSON-RPC, by the contracts' events.
 */
package io.ringfence.demo;
