/** The one file that names a deployment's addresses. */
package io.ringfence.chain.deploy;
