/**
 * The recorded market that the demonstration replays: prices of one day, as published, by five-minute step. Prices are US dollars per coin
 * (or per option on one coin), exact decimals; times are the sources' own.
 */
package io.ringfence.demo.market;
