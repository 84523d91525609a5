package dev.keyledger.http.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents which problems a call of the API may answer with, beyond those that every call has;
 * they get into its OpenAPI description. An annotation that has it stands for it.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Problems {
  ProblemType[] value();
}
