/**
 * The commands {@code ./ringfence margin}, {@code backtest} and {@code stress}: read files, compute with the libraries, write results.
 *
 * <p>{@code margin}: {@link io.ringfence.margin.cli.InputFiles} recognises a file by its content, a reader makes the models' values of it,
 * {@link io.ringfence.margin.cli.ResultJson} writes the result. {@code backtest} and {@code stress}:
 * {@link io.ringfence.margin.cli.BookReader}, {@link io.ringfence.margin.cli.PriceFile} and
 * {@link io.ringfence.margin.cli.ScenarioFile} read; a summary, JSON and a picture are made of the results. Nothing here computes a margin.
 */
package io.ringfence.margin.cli;
