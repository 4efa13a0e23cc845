-- The first shape of an inbox. A file that was published is never edited: add the next one.
--
-- Times of pushes and documents are seconds, those of deliveries milliseconds since 1970-01-01 UTC.

-- 单据: a document as all its pushes together make it.
CREATE TABLE document (
    -- The number of the push that began it.
    id         INTEGER PRIMARY KEY,
    kind       TEXT    NOT NULL,
    node       TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- JSON; null while it equals the receipt of the push that began it, so that nothing is stored
    -- twice.
    body       TEXT
) STRICT;

-- By what a document is found. The value comes first for those who search without knowing the rest.
CREATE TABLE identifier (
    value       TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    node        TEXT    NOT NULL,
    document_id INTEGER NOT NULL,
    PRIMARY KEY (value, name, kind, node)
) STRICT, WITHOUT ROWID;

-- 推送: every push that was accepted. Only `effect` ever changes. Short columns come first, so that
-- lists need not read the pages that long bodies spill to.
CREATE TABLE push (
    id          INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    effect      TEXT    NOT NULL,
    node        TEXT    NOT NULL,
    method      TEXT    NOT NULL,
    fingerprint BLOB    NOT NULL,
    content     BLOB    NOT NULL,
    task        TEXT,
    sign        TEXT    NOT NULL,
    reply       TEXT    NOT NULL,
    receipt     TEXT    NOT NULL,
    body        BLOB    NOT NULL
) STRICT;

-- One signature stands for one push: other parameters can be cut from the text that is signed.
CREATE UNIQUE INDEX push_sign ON push (sign, node);
CREATE UNIQUE INDEX push_task ON push (task, node, method) WHERE task IS NOT NULL;
-- The later pushes of each document; the first one has its number.
CREATE INDEX push_later ON push (document_id) WHERE document_id <> id;

-- 待交付: what the handler is not done with; a row goes when it is. Apart from `push`, so that a long
-- body is not written again with every attempt, and so that what is done costs nothing.
CREATE TABLE delivery (
    document_id INTEGER NOT NULL,
    push        INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    -- Not to be handed out before. Null while an earlier one of the document is on: of each document
    -- exactly one has its turn.
    due_at      INTEGER,
    PRIMARY KEY (document_id, push)
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_due ON delivery (due_at, push) WHERE due_at IS NOT NULL;
