/** The course of the demonstration: preparation, replay step by step, and what clients do in between. Every act has an id of its own. */
package io.ringfence.demo.run;
