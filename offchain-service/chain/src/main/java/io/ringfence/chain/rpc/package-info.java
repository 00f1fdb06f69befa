/** JSON-RPC over HTTP with typed answers and typed errors. */
package io.ringfence.chain.rpc;
