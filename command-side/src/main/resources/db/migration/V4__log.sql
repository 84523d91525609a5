-- The one order of all events. A row is written in the transaction that moves the follower's token, and the event is
-- published after it; so an event gets one log index, whatever ends in between.
CREATE TABLE log_entry (
    log_index  BIGINT       PRIMARY KEY,
    account_id VARCHAR(255) NOT NULL,
    position   BIGINT       NOT NULL,
    -- What the event was when it got its place; nothing else is ever published there.
    leaf_hash  BYTEA        NOT NULL,
    CONSTRAINT log_entry_event UNIQUE (account_id, position)
);

-- One row. Kafka has acknowledged all below `published`, and more perhaps: it is written down once a second.
CREATE TABLE log_publication (
    only_row  BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    published BIGINT  NOT NULL
);
INSERT INTO log_publication (published) VALUES (0);

-- One row: the last checkpoint, once there is one. All of them are on their topic.
CREATE TABLE log_checkpoint (
    only_row  BOOLEAN     PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    tree_size BIGINT      NOT NULL,
    -- The hashes of the tree's perfect subtrees, 32 bytes each: all that it takes to go on.
    subtrees  BYTEA       NOT NULL,
    note      TEXT        NOT NULL,
    signed_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- The relay that published without a log is no more; all events are published again, with their log index.
DELETE FROM processor_token WHERE processor_name = 'relay';
