package dev.keyledger.command.http;

import dev.keyledger.command.http.Views.ChallengeView;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents a call that changes nothing yet and is answered with a challenge. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(
    responseCode = "202",
    description = "The challenge to pass",
    content = @Content(schema = @Schema(implementation = ChallengeView.class)))
@interface OpensChallenge {}
