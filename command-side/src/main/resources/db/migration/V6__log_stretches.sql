-- The one order of all events, as before, but what got its places together lies in one row: a row and two entries in
-- indexes for each event were most of what the log cost. A row is written in the transaction that moves the follower's
-- token, and the events are published after it; so an event gets one log index, whatever ends in between.
CREATE TABLE log_stretch (
    first_index BIGINT   PRIMARY KEY,
    size        INTEGER  NOT NULL,
    -- Of each event, in their order.
    account_ids TEXT[]   NOT NULL,
    positions   BIGINT[] NOT NULL,
    -- 32 bytes each: what the event was when it got its place; nothing else is ever published there.
    leaf_hashes BYTEA    NOT NULL,
    CONSTRAINT log_stretch_whole CHECK (size >= 1 AND cardinality(account_ids) = size
        AND cardinality(positions) = size AND length(leaf_hashes) = 32 * size)
) WITH (toast_tuple_target = 8160);

-- What is in the log stays where it is, however much it is, and nothing is added: a node of the version before, which
-- may be at work this moment, does not find it under its new name. This waits for what such a node has begun to write.
ALTER TABLE log_entry RENAME TO log_entry_single;

-- The events from one log index up to another, in no order.
CREATE FUNCTION log_entries(from_index BIGINT, to_index BIGINT)
    RETURNS TABLE (log_index BIGINT, account_id TEXT, "position" BIGINT, leaf_hash BYTEA)
    LANGUAGE sql STABLE AS $$
SELECT single.log_index, single.account_id::text, single.position, single.leaf_hash
FROM log_entry_single AS single
WHERE single.log_index >= from_index AND single.log_index < to_index
UNION ALL
SELECT first_index + n - 1, event.account_id, event.position, substring(leaf_hashes FROM (32 * n - 31)::integer FOR 32)
FROM log_stretch, unnest(account_ids, positions) WITH ORDINALITY AS event (account_id, position, n)
WHERE first_index >= COALESCE((SELECT MAX(first_index) FROM log_stretch WHERE first_index <= from_index), 0)
    AND first_index < to_index AND first_index + n - 1 >= from_index AND first_index + n - 1 < to_index
$$;
