-- What the topic of keys has to say, folded from the log in its order.
CREATE TABLE live_key (
    public_api_key VARCHAR(64)  PRIMARY KEY,
    account_id     VARCHAR(255) NOT NULL,
    -- As it goes to Kafka, in JSON. NULL: the key was deleted, and its row goes once that is told.
    value          TEXT,
    -- Of the event that made it so.
    position       BIGINT       NOT NULL,
    log_index      BIGINT       NOT NULL,
    changed_at     VARCHAR(40)  NOT NULL,
    -- Whether this still has to be told.
    pending        BOOLEAN      NOT NULL
);

CREATE INDEX live_key_pending ON live_key (log_index) WHERE pending;

-- One row.
CREATE TABLE live_key_topic (
    only_row BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    -- All events below this log index are in the table.
    folded   BIGINT  NOT NULL,
    -- Kafka lets the last one who came under this name write, and nobody else.
    writer   UUID    NOT NULL
);
INSERT INTO live_key_topic (folded, writer) VALUES (0, gen_random_uuid());
