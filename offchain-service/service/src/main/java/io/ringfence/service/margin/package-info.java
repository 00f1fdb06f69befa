/**
 * What each account's trades come to: its cumulative net result and the requirement of its open positions, at one set of prices.
 */
package io.ringfence.service.margin;
