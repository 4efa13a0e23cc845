-- An inbox as the first version leaves it: two pushes to one document, one of them delivered.
PRAGMA journal_mode = WAL;
PRAGMA application_id = 0x646f636b;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE delivery (
    document_id INTEGER NOT NULL,
    push        INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    due_at      INTEGER,
    PRIMARY KEY (document_id, push)
) STRICT, WITHOUT ROWID;
INSERT INTO "delivery" VALUES(1,2,0,1763776800000);
CREATE TABLE document (
    id         INTEGER PRIMARY KEY,
    kind       TEXT    NOT NULL,
    node       TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    body       TEXT
) STRICT;
INSERT INTO "document" VALUES(1,'stockin','1000','PARTIN',1763776800,1763776800,'{"stockin_bn":"IN-1","entry_order_id":null,"status":"PARTIN","stockin_type":"PURCHASE","warehouse":"WH-1","operate_time":"2025-11-22 10:00:00","operate_time_is_default":true,"remark":"call Mrs Buyer","arrival_no":null,"extend_props":null,"items":[{"product_bn":"A","normal_num":12,"defective_num":2,"batches":[],"lines":[{"product_bn":"A","normal_num":5,"defective_num":1},{"product_bn":"A","normal_num":7,"defective_num":1}]}]}');
CREATE TABLE identifier (
    value       TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    node        TEXT    NOT NULL,
    document_id INTEGER NOT NULL,
    PRIMARY KEY (value, name, kind, node)
) STRICT, WITHOUT ROWID;
INSERT INTO "identifier" VALUES('IN-1','stockin_bn','stockin','1000',1);
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
INSERT INTO "push" VALUES(1,1,1763776800,'created','1000','wms.stockin.status_update',X'4CACF0E6D3A5217528D7D1455AE0EC8ED7D4DAA3C638AB6C3365FA65CEE7632F',X'1475ED7C5699156C244C2B0E383AB5F874BB767FCCB7C35537F6DDAECBD0E5F6','T-1','C343860184A008E0B9F05EFF865341CA','{"rsp":"succ","msg":"入库单状态更新成功","data":{"stockin_bn":"IN-1"}}','{"stockin_bn":"IN-1","entry_order_id":null,"status":"PARTIN","stockin_type":"PURCHASE","warehouse":"WH-1","operate_time":"2025-11-22 10:00:00","operate_time_is_default":true,"remark":"call Mrs Buyer","arrival_no":null,"extend_props":null,"items":[{"product_bn":"A","normal_num":5,"defective_num":1,"batches":[],"lines":[{"product_bn":"A","normal_num":5,"defective_num":1}]}]}',X'6E6F64655F69643D31303030266D6574686F643D776D732E73746F636B696E2E7374617475735F75706461746526666C61673D6572706170692673746F636B696E5F626E3D494E2D31267374617475733D50415254494E2677617265686F7573653D57482D312672656D61726B3D63616C6C2B4D72732B4275796572266974656D3D25354225374225323270726F647563745F626E253232253341253232412532322532432532326E6F726D616C5F6E756D253232253341352532432532326465666563746976655F6E756D253232253341312537442535442674696D657374616D703D323032352D31312D32322B303025334130302533413031267461736B3D542D31267369676E3D4333343338363031383441303038453042394630354546463836353334314341');
INSERT INTO "push" VALUES(2,1,1763776800,'accumulated','1000','wms.stockin.status_update',X'0AE065C74898074BCDBCABE06AC980A905628C18633086C31CFE6268FB67224F',X'FB1124FC6D25EF739BF52320CC0C03576F1F927062C8B548AFB06DE1EB7F275C',NULL,'C798EC98BB7631344C3A243CCD46CA2E','{"rsp":"succ","msg":"入库单状态更新成功","data":{"stockin_bn":"IN-1"}}','{"stockin_bn":"IN-1","entry_order_id":null,"status":"PARTIN","stockin_type":"PURCHASE","warehouse":"WH-1","operate_time":"2025-11-22 10:00:00","operate_time_is_default":true,"remark":"call Mrs Buyer","arrival_no":null,"extend_props":null,"items":[{"product_bn":"A","normal_num":7,"defective_num":1,"batches":[],"lines":[{"product_bn":"A","normal_num":7,"defective_num":1}]}]}',X'6E6F64655F69643D31303030266D6574686F643D776D732E73746F636B696E2E7374617475735F75706461746526666C61673D6572706170692673746F636B696E5F626E3D494E2D31267374617475733D50415254494E2677617265686F7573653D57482D312672656D61726B3D63616C6C2B4D72732B4275796572266974656D3D25354225374225323270726F647563745F626E253232253341253232412532322532432532326E6F726D616C5F6E756D253232253341372532432532326465666563746976655F6E756D253232253341312537442535442674696D657374616D703D323032352D31312D32322B303025334130302533413032267369676E3D4337393845433938424237363331333434433341323433434344343643413245');
CREATE UNIQUE INDEX push_sign ON push (sign, node);
CREATE UNIQUE INDEX push_task ON push (task, node, method) WHERE task IS NOT NULL;
CREATE INDEX push_later ON push (document_id) WHERE document_id <> id;
CREATE INDEX delivery_due ON delivery (due_at, push) WHERE due_at IS NOT NULL;
COMMIT;
