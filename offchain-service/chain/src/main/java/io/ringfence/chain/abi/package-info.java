/** Between this library's records and the wrappers generated from the contracts' ABI. Not for users of the library. */
package io.ringfence.chain.abi;
