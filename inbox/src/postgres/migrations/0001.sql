-- The first shape of an inbox. A file that was published is never edited: add the next one.
--
-- Texts that come from a sender are kept in the escape format of bytea, since `text` cannot hold
-- U+0000: a backslash is written twice, U+0000 as \000, everything else as it is;
-- `decode(x, 'escape')` gives their bytes. They are unique by digest, since an index entry has to fit
-- in a page. JSON is `text` for the same reason, and so that it stays as it was written.

-- Numbers of pushes. A document has the number of the push that began it.
CREATE SEQUENCE dockseal_number;

-- 单据: a document as all its pushes together make it.
CREATE TABLE dockseal_document (
    id         bigint      PRIMARY KEY,
    kind       text        COLLATE "C" NOT NULL,
    node       text        COLLATE "C" NOT NULL,
    status     text        COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    body       text        COLLATE "C" NOT NULL
);

-- By what a document is found. The value comes first for those who search without knowing the rest.
CREATE TABLE dockseal_identifier (
    value       text   COLLATE "C" NOT NULL,
    name        text   COLLATE "C" NOT NULL,
    kind        text   COLLATE "C" NOT NULL,
    node        text   COLLATE "C" NOT NULL,
    document_id bigint NOT NULL REFERENCES dockseal_document
);

CREATE UNIQUE INDEX dockseal_identifier_key
    ON dockseal_identifier (sha256(decode(value, 'escape')), name, kind, node);

-- 推送: every push that was accepted. Only `effect` ever changes.
CREATE TABLE dockseal_push (
    id          bigint      PRIMARY KEY,
    document_id bigint      NOT NULL REFERENCES dockseal_document,
    received_at timestamptz NOT NULL,
    effect      text        COLLATE "C" NOT NULL,
    node        text        COLLATE "C" NOT NULL,
    method      text        COLLATE "C" NOT NULL,
    fingerprint bytea       NOT NULL,
    content     bytea       NOT NULL,
    task        text        COLLATE "C",
    sign        text        COLLATE "C" NOT NULL,
    reply       text        COLLATE "C" NOT NULL,
    receipt     text        COLLATE "C" NOT NULL,
    body        bytea       NOT NULL
);

-- One signature stands for one push: other parameters can be cut from the text that is signed.
CREATE UNIQUE INDEX dockseal_push_sign ON dockseal_push (sign, node);
CREATE UNIQUE INDEX dockseal_push_task
    ON dockseal_push (sha256(decode(task, 'escape')), node, method) WHERE task IS NOT NULL;
CREATE INDEX dockseal_push_document ON dockseal_push (document_id, id);

-- 待交付: what the handler is not done with; a row goes when it is. Apart from the push, so that a
-- long body is not written again with every attempt, and so that what is done costs nothing.
CREATE TABLE dockseal_delivery (
    document_id bigint      NOT NULL REFERENCES dockseal_document,
    push        bigint      NOT NULL REFERENCES dockseal_push,
    attempts    integer     NOT NULL,
    -- Not to be handed out before. Null while an earlier one of the document is on: of each document
    -- exactly one has its turn. Who gives the turn to another holds the row of the document.
    due_at      timestamptz,
    PRIMARY KEY (document_id, push)
);

CREATE INDEX dockseal_delivery_due ON dockseal_delivery (due_at, push) WHERE due_at IS NOT NULL;
