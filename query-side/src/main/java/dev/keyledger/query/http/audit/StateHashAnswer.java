package dev.keyledger.query.http.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One hash over all key rings as they were ({@code docs/audit.md}).
 *
 * @param logIndex of the last event that counts; -1 for none
 * @param stateHash in Base64
 */
@JsonPropertyOrder(alphabetic = false)
record StateHashAnswer(long logIndex, String stateHash) {}
