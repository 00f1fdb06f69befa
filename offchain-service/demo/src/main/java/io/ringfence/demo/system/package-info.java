/** The processes of a run, its directory, and how the driver talks to them. */
package io.ringfence.demo.system;
