/**
 * What is measured, with JMH, in the same run as the peers that it is compared with. {@link io.ringfence.bench.BenchMain} is the command;
 * what it writes is committed under {@code docs/bench}. Nothing else in the repository depends on this package.
 */
package io.ringfence.bench;
