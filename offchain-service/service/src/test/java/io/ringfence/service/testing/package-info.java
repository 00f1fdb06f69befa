/** What the service's tests share: a real Postgres, a real node with everything deployed, and hands to move things on it. */
package io.ringfence.service.testing;
