/** What happened, read back from the chain, and its forms for readers: a timeline, a report, a check against what was promised. */
package io.ringfence.demo.story;
