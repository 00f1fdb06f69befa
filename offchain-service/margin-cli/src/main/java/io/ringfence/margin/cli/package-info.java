/**
 * The command {@code ./ringfence margin}: reads portfolios from JSON files, in the format of {@code docs/margin.md} or in that of the PM2
 * cases, and prints their margins as lines of JSON. {@link io.ringfence.margin.cli.InputFiles} recognises a file by its content; a reader
 * makes the models' values of it; {@link io.ringfence.margin.cli.ResultJson} writes the result. Nothing here computes a margin.
 */
package io.ringfence.margin.cli;
