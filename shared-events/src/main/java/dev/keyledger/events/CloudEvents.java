package dev.keyledger.events;

/**
 * The header names and fixed values of an event on Kafka: CloudEvents 1.0, binary content mode
 * (Kafka protocol binding, section 3.2).
 */
public final class CloudEvents {
  public static final String SPEC_VERSION = "ce_specversion";
  public static final String SPEC_VERSION_VALUE = "1.0";

  /** {@code <accountId>:<position>}; a repeat has the same id. */
  public static final String ID = "ce_id";

  public static final String SOURCE = "ce_source";
  public static final String SOURCE_VALUE = "/keyledger/command-side";
  public static final String TYPE = "ce_type";

  /** The account id, like the record's key. */
  public static final String SUBJECT = "ce_subject";

  /** When it was decided, RFC 3339. */
  public static final String TIME = "ce_time";

  /** URI of the JSON Schema of the value. */
  public static final String DATA_SCHEMA = "ce_dataschema";

  /** Number of the event in its account's key ring, from 1, without gaps. */
  public static final String POSITION = "ce_position";

  /**
   * Number of the event in the log of all accounts, in decimal digits, from 0, without gaps; absent
   * on what was published before there was a log.
   */
  public static final String LOG_INDEX = "ce_logindex";

  public static final String CONTENT_TYPE = "content-type";
  public static final String CONTENT_TYPE_VALUE = "application/json";

  private CloudEvents() {}
}
