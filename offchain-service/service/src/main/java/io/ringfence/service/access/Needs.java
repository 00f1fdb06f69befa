package io.ringfence.service.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Only for keys with one of these roles, on the venue that the path names ({@code venue}); an administrator's always fits. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
  /** Any one of them is enough. */
  Role[] value();
}
