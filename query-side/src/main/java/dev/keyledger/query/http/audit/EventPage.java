package dev.keyledger.query.http.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * Events in the order of the log.
 *
 * @param nextAfter what to go on after: with as much as there is now, or with what comes
 * @param logSize number of events that the log is known to have
 */
@JsonPropertyOrder(alphabetic = false)
record EventPage(List<EventAnswer> items, long nextAfter, long logSize) {}
