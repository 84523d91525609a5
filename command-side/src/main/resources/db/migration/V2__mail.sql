-- Where codes and notices go. Not part of any event, so that it can be erased.
CREATE TABLE contact (
    account_id VARCHAR(255) PRIMARY KEY,
    email      VARCHAR(320) NOT NULL,
    updated_at TIMESTAMPTZ  NOT NULL
);

-- One row for each event that calls for a mail. It holds no text: code and words are made from the event when it is sent.
CREATE TABLE mail (
    account_id    VARCHAR(255) NOT NULL,
    position      BIGINT       NOT NULL,
    state         VARCHAR(16)  NOT NULL CHECK (state IN ('pending', 'sent', 'dropped')),
    reason        VARCHAR(32)  NOT NULL DEFAULT '',
    attempts      INTEGER      NOT NULL DEFAULT 0,
    due_at        TIMESTAMPTZ  NOT NULL,
    claimed_by    VARCHAR(128),
    ended_at      TIMESTAMPTZ,
    PRIMARY KEY (account_id, position)
);

CREATE INDEX mail_due ON mail (due_at) WHERE state = 'pending';
