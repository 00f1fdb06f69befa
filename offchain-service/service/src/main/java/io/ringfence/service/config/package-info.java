/** The settings that every part of the service may read. Imports nothing of the service. */
package io.ringfence.service.config;
