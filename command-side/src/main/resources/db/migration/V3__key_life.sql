-- What time will bring about, one row for each step: kept in step with the events, and gone once it was taken.
CREATE TABLE due_step (
    account_id     VARCHAR(255) NOT NULL,
    public_api_key VARCHAR(64)  NOT NULL,
    kind           VARCHAR(16)  NOT NULL CHECK (kind IN ('WARN', 'EXPIRE', 'END_GRACE', 'LAPSE')),
    -- When it is due. A lapse is due some time after it, which the settings say.
    at             TIMESTAMPTZ  NOT NULL,
    claimed_by     VARCHAR(128),
    claimed_until  TIMESTAMPTZ,
    PRIMARY KEY (account_id, public_api_key, kind)
);

CREATE INDEX due_step_at ON due_step (kind, at);

-- Which key a secret belongs to, for who finds one. What is in it neither is a secret nor leads to one.
CREATE TABLE key_handle (
    public_api_key     VARCHAR(64)  PRIMARY KEY,
    account_id         VARCHAR(255) NOT NULL,
    algorithm          VARCHAR(16)  NOT NULL,
    -- In Base64: of an hmac-sha256 key the SHA-256 of its secret, of an ed25519 key the raw public key.
    fingerprint        VARCHAR(44),
    secret_root_key_id VARCHAR(64)
);

CREATE INDEX key_handle_fingerprint ON key_handle (fingerprint);
CREATE INDEX key_handle_account ON key_handle (account_id);
