package dev.keyledger.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That somebody read the log.
 *
 * @param id of this trace; those of one stream's opening and end begin with the same
 * @param by the {@code sub} of the reader's token
 * @param query as it was sent
 * @param from address of the connection, if it is known
 * @param outcome what became of it: {@code answered}; {@code opened} and {@code ended} of a stream
 * @param status of the answer
 * @param count of events, or of other things, that were answered with
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReadTrace(
    String id,
    Instant at,
    String by,
    String method,
    String path,
    @Nullable String query,
    @Nullable String from,
    String outcome,
    int status,
    long count) {}
