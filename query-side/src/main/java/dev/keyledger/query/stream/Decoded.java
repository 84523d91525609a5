package dev.keyledger.query.stream;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.query.views.SetAside;

/** What a record of the topic turned out to be. */
public sealed interface Decoded {

  /** An event that this version knows. */
  record Known(String accountId, long position, KeyRingEvent event) implements Decoded {}

  /** A well-formed event of a type that came after this version. */
  record Future(String type) implements Decoded {}

  /**
   * Nothing that can be used.
   *
   * @param place the event that it claims to be, with an empty account where it claims none
   */
  record Poison(SetAside.Reason reason, String detail, Place place) implements Decoded {}

  /** An event's account and position. */
  record Place(String accountId, long position) {
    static final Place NONE = new Place("", 0);
  }
}
