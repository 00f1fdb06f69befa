/** Who takes part in the demonstration, with what collateral, and what they trade when. Plain data; nothing here talks to anything. */
package io.ringfence.demo.scenario;
