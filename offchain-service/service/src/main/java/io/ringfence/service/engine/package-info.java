/** Puts the engine's stages together and runs them, one after the other, for as long as the service lives. */
package io.ringfence.service.engine;
