//! The edit that shows each rule, and the rules that our schemas cannot show.

use std::fmt;

/// An edit of a real schema: the one of this kind of a keyword of a schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) rule: &'static str,
    pub(crate) file: &'static str,
    pub(crate) schema: &'static str,
    /// The keyword; `file` for the file as a whole.
    pub(crate) word: &'static str,
    pub(crate) kind: &'static str,
    /// The edit is undone: from edited to real.
    pub(crate) undone: bool,
}

impl fmt::Display for Row {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let undone = if self.undone { ", undone" } else { "" };
        write!(
            out,
            "{}#{}: {} {}{undone}",
            self.file, self.schema, self.word, self.kind
        )
    }
}

/// A rule that our schemas cannot show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    pub(crate) rule: &'static str,
    /// Why they cannot.
    pub(crate) reason: &'static str,
    /// Two plain schemas that show it; none where only the review itself can come to it.
    pub(crate) pair: Option<(&'static str, &'static str)>,
}

const fn row(
    rule: &'static str,
    file: &'static str,
    schema: &'static str,
    word: &'static str,
    kind: &'static str,
) -> Row {
    Row {
        rule,
        file,
        schema,
        word,
        kind,
        undone: false,
    }
}

impl Row {
    const fn undone(mut self) -> Row {
        self.undone = true;
        self
    }
}

pub(crate) const EDITS: &[Row] = &[
    row(
        "type-changed",
        "wangdian-flagship/process.Process.upload.json",
        "/$defs/ProcessUpload/properties/is_check",
        "type",
        "other",
    ),
    row(
        "type-widened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/remark",
        "type",
        "more",
    ),
    row(
        "type-narrowed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/remark",
        "type",
        "more",
    )
    .undone(),
    row(
        "null-added",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/remark",
        "type",
        "null",
    ),
    row(
        "null-removed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/remark",
        "type",
        "null",
    )
    .undone(),
    row(
        "min-length-tightened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "minLength",
        "raise",
    ),
    row(
        "min-length-loosened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "minLength",
        "lower",
    ),
    row(
        "max-length-tightened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "maxLength",
        "lower",
    ),
    row(
        "max-length-loosened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "maxLength",
        "raise",
    ),
    row(
        "length-unit-tightened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/remark",
        "x-length-unit",
        "bytes",
    ),
    row(
        "length-unit-loosened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/remark",
        "x-length-unit",
        "bytes",
    )
    .undone(),
    row(
        "pattern-tightened",
        "wangdian-flagship/process.Process.upload.json",
        "/$defs/ProcessUpload/properties/bom_name",
        "pattern",
        "add",
    ),
    row(
        "pattern-loosened",
        "wangdian-flagship/process.Process.upload.json",
        "/$defs/ProcessUpload/properties/bom_name",
        "pattern",
        "add",
    )
    .undone(),
    row(
        "pattern-changed",
        "wangdian-enterprise/gateway.json",
        "/$defs/decimal_19_4",
        "pattern",
        "other",
    ),
    row(
        "blank-removed",
        "wangdian-enterprise/gateway.json",
        "/$defs/optional_decimal_19_4",
        "pattern",
        "unblank",
    ),
    row(
        "blank-added",
        "wangdian-enterprise/gateway.json",
        "/$defs/optional_decimal_19_4",
        "pattern",
        "unblank",
    )
    .undone(),
    row(
        "decimal-narrowed",
        "wangdian-flagship/gateway.json",
        "/$defs/decimal_19_4",
        "x-decimal",
        "narrow",
    ),
    row(
        "decimal-widened",
        "wangdian-flagship/gateway.json",
        "/$defs/decimal_19_4",
        "x-decimal",
        "widen",
    ),
    row(
        "decimal-changed",
        "wangdian-flagship/gateway.json",
        "/$defs/decimal_19_4",
        "x-decimal",
        "shift",
    ),
    row(
        "decimal-lifted",
        "wangdian-flagship/gateway.json",
        "/$defs/decimal_19_4",
        "x-decimal",
        "drop",
    ),
    row(
        "decimal-set",
        "wangdian-flagship/gateway.json",
        "/$defs/decimal_19_4",
        "x-decimal",
        "drop",
    )
    .undone(),
    row(
        "time-changed",
        "wangdian-enterprise/gateway.json",
        "/$defs/optional_datetime",
        "x-time",
        "change",
    ),
    row(
        "time-lifted",
        "wangdian-enterprise/gateway.json",
        "/$defs/optional_datetime",
        "x-time",
        "drop",
    ),
    row(
        "time-set",
        "wangdian-enterprise/gateway.json",
        "/$defs/optional_datetime",
        "x-time",
        "drop",
    )
    .undone(),
    row(
        "minimum-tightened",
        "wangdian-flagship/gateway.json",
        "/$defs/decimal_19_4",
        "exclusiveMinimum",
        "raise",
    ),
    row(
        "minimum-loosened",
        "wangdian-flagship/gateway.json",
        "/$defs/decimal_19_4",
        "exclusiveMinimum",
        "lower",
    ),
    row(
        "maximum-tightened",
        "wangdian-flagship/gateway.json",
        "/$defs/decimal_19_4",
        "exclusiveMaximum",
        "lower",
    ),
    row(
        "maximum-loosened",
        "wangdian-flagship/gateway.json",
        "/$defs/decimal_19_4",
        "exclusiveMaximum",
        "raise",
    ),
    row(
        "enum-value-removed",
        "wangdian-enterprise/gateway.json",
        "/$defs/YesNo",
        "enum",
        "fewer",
    ),
    row(
        "enum-value-added",
        "wangdian-enterprise/gateway.json",
        "/$defs/YesNo",
        "enum",
        "more",
    ),
    row(
        "enum-set",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/remark",
        "enum",
        "add",
    ),
    row(
        "enum-lifted",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/remark",
        "enum",
        "add",
    )
    .undone(),
    row(
        "const-set",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/remark",
        "const",
        "add",
    ),
    row(
        "const-lifted",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/remark",
        "const",
        "add",
    )
    .undone(),
    row(
        "known-value-removed",
        "shopex-oms/gateway.json",
        "/$defs/ErrorCode",
        "x-enum",
        "fewer",
    ),
    row(
        "known-value-added",
        "shopex-oms/gateway.json",
        "/$defs/ErrorCode",
        "x-enum",
        "more",
    ),
    row(
        "known-value-renamed",
        "shopex-oms/gateway.json",
        "/$defs/ErrorCode",
        "x-enum",
        "value",
    ),
    row(
        "known-values-moved",
        "shopex-oms/gateway.json",
        "/$defs/ErrorCode",
        "x-enum",
        "move",
    ),
    row(
        "content-lifted",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundPush/properties/stockin_refund_info",
        "contentSchema",
        "drop",
    ),
    row(
        "content-set",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundPush/properties/stockin_refund_info",
        "contentSchema",
        "drop",
    )
    .undone(),
    row(
        "content-form-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundPush/properties/stockin_refund_info",
        "contentMediaType",
        "change",
    ),
    row(
        "wire-form-changed",
        "wangdian-enterprise/gateway.json",
        "/$defs/decimal_19_4",
        "x-wire",
        "change",
    ),
    row(
        "sensitive-set",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "x-sensitive",
        "add",
    ),
    row(
        "sensitive-lifted",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/remark",
        "x-sensitive",
        "drop",
    ),
    row(
        "field-added-optional",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "properties",
        "add-optional",
    ),
    row(
        "field-removed-optional",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "properties",
        "drop-optional",
    ),
    row(
        "field-added-required",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "properties",
        "add-required",
    ),
    row(
        "field-removed-required",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "properties",
        "drop-required",
    ),
    row(
        "field-renamed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "properties",
        "rename",
    ),
    row(
        "field-became-required",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "required",
        "more",
    ),
    row(
        "field-became-optional",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "required",
        "fewer",
    ),
    row(
        "choice-tightened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "anyOf",
        "add-choice",
    ),
    row(
        "choice-loosened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "anyOf",
        "add-choice",
    )
    .undone(),
    row(
        "dependency-set",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "dependentRequired",
        "add",
    ),
    row(
        "dependency-lifted",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "dependentRequired",
        "add",
    )
    .undone(),
    row(
        "unknown-refused",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "additionalProperties",
        "close",
    ),
    row(
        "unknown-admitted",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "additionalProperties",
        "close",
    )
    .undone(),
    row(
        "order-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "properties",
        "move",
    ),
    row(
        "min-items-tightened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/detail_list",
        "minItems",
        "raise",
    ),
    row(
        "min-items-loosened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/detail_list",
        "minItems",
        "lower",
    ),
    row(
        "max-items-tightened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/detail_list",
        "maxItems",
        "add",
    ),
    row(
        "max-items-loosened",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/detail_list",
        "maxItems",
        "add",
    )
    .undone(),
    row(
        "unique-set",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/detail_list",
        "uniqueItems",
        "add",
    ),
    row(
        "unique-lifted",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/detail_list",
        "uniqueItems",
        "add",
    )
    .undone(),
    row(
        "items-lifted",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/detail_list",
        "items",
        "drop",
    ),
    row(
        "items-set",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/detail_list",
        "items",
        "drop",
    )
    .undone(),
    row(
        "single-refused",
        "shopex-oms/wms.stockin.status_update.json",
        "/$defs/StockinItem/properties/batch",
        "anyOf",
        "drop-single",
    ),
    row(
        "single-admitted",
        "shopex-oms/wms.stockin.status_update.json",
        "/$defs/StockinItem/properties/batch",
        "anyOf",
        "drop-single",
    )
    .undone(),
    row(
        "argument-added-optional",
        "wangdian-flagship/process.Process.upload.json",
        "/properties/request",
        "prefixItems",
        "add-optional",
    ),
    row(
        "argument-removed-optional",
        "wangdian-flagship/process.Process.upload.json",
        "/properties/request",
        "prefixItems",
        "add-optional",
    )
    .undone(),
    row(
        "argument-added-required",
        "wangdian-flagship/process.Process.upload.json",
        "/properties/request",
        "prefixItems",
        "add-required",
    ),
    row(
        "argument-removed-required",
        "wangdian-flagship/process.Process.upload.json",
        "/properties/request",
        "prefixItems",
        "add-required",
    )
    .undone(),
    row(
        "argument-became-optional",
        "wangdian-flagship/process.Process.upload.json",
        "/properties/request",
        "minItems",
        "lower",
    ),
    row(
        "argument-became-required",
        "wangdian-flagship/process.Process.upload.json",
        "/properties/request",
        "minItems",
        "lower",
    )
    .undone(),
    row(
        "definition-added",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs",
        "$defs",
        "add",
    ),
    row(
        "definition-removed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs",
        "$defs",
        "add",
    )
    .undone(),
    row(
        "schema-moved",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo",
        "$defs",
        "rename",
    ),
    row(
        "rust-name-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "x-rust-name",
        "add",
    ),
    row(
        "api-removed",
        "wangdian-enterprise/stockin_refund_push.json",
        "",
        "file",
        "drop",
    ),
    row(
        "api-added",
        "wangdian-enterprise/stockin_refund_push.json",
        "",
        "file",
        "drop",
    )
    .undone(),
    row(
        "gateway-removed",
        "wangdian-flagship/gateway.json",
        "",
        "file",
        "drop",
    ),
    row(
        "gateway-added",
        "wangdian-flagship/gateway.json",
        "",
        "file",
        "drop",
    )
    .undone(),
    row(
        "method-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/x-api/method",
        "/x-api/method",
        "change",
    ),
    row(
        "sender-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/x-api/direction",
        "/x-api/direction",
        "change",
    ),
    row(
        "effect-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/x-api/effect",
        "/x-api/effect",
        "change",
    ),
    row(
        "idempotency-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/x-api/idempotency",
        "/x-api/idempotency",
        "change",
    ),
    row(
        "since-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/x-api/version",
        "/x-api/version",
        "change",
    ),
    row(
        "inner-changed",
        "wangdian-flagship/process.Process.upload.json",
        "/x-api/inner/status",
        "/x-api/inner/status",
        "change",
    ),
    row(
        "source-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/x-source/sha256",
        "/x-source/sha256",
        "change",
    ),
    row(
        "gateway-renamed",
        "wangdian-enterprise/gateway.json",
        "/x-gateway/name",
        "/x-gateway/name",
        "change",
    ),
    row(
        "address-added",
        "wangdian-enterprise/gateway.json",
        "/x-gateway/endpoints",
        "/x-gateway/endpoints",
        "more",
    ),
    row(
        "address-removed",
        "wangdian-enterprise/gateway.json",
        "/x-gateway/endpoints",
        "/x-gateway/endpoints",
        "more",
    )
    .undone(),
    row(
        "address-changed",
        "wangdian-enterprise/gateway.json",
        "/x-gateway/endpoints/0/url",
        "/x-gateway/endpoints/*/url",
        "change",
    ),
    row(
        "addresses-moved",
        "wangdian-enterprise/gateway.json",
        "/x-gateway/endpoints",
        "/x-gateway/endpoints",
        "move",
    ),
    row(
        "transport-changed",
        "wangdian-enterprise/gateway.json",
        "/x-gateway/transport/path",
        "/x-gateway/transport/path",
        "change",
    ),
    row(
        "credential-added",
        "wangdian-enterprise/gateway.json",
        "/x-gateway/credentials",
        "/x-gateway/credentials",
        "more",
    ),
    row(
        "credential-removed",
        "wangdian-enterprise/gateway.json",
        "/x-gateway/credentials",
        "/x-gateway/credentials",
        "more",
    )
    .undone(),
    row(
        "credential-added-optional",
        "taobao-top/gateway.json",
        "/x-gateway/credentials",
        "/x-gateway/credentials",
        "more",
    ),
    row(
        "credential-removed-optional",
        "taobao-top/gateway.json",
        "/x-gateway/credentials",
        "/x-gateway/credentials",
        "more",
    )
    .undone(),
    row(
        "credential-changed",
        "taobao-top/gateway.json",
        "/x-gateway/credentials/1/secret",
        "/x-gateway/credentials/*/secret",
        "flip",
    ),
    row(
        "credential-loosened",
        "taobao-top/gateway.json",
        "/x-gateway/credentials/4/allowed",
        "/x-gateway/credentials/*/allowed",
        "more",
    ),
    row(
        "credential-tightened",
        "taobao-top/gateway.json",
        "/x-gateway/credentials/4/allowed",
        "/x-gateway/credentials/*/allowed",
        "more",
    )
    .undone(),
    row(
        "credentials-moved",
        "shopex-oms/gateway.json",
        "/x-gateway/credentials",
        "/x-gateway/credentials",
        "move",
    ),
    row(
        "parameter-added",
        "wangdian-flagship/gateway.json",
        "/x-gateway/parameters",
        "/x-gateway/parameters",
        "more",
    ),
    row(
        "parameter-removed",
        "wangdian-flagship/gateway.json",
        "/x-gateway/parameters",
        "/x-gateway/parameters",
        "more",
    )
    .undone(),
    row(
        "parameter-changed",
        "wangdian-flagship/gateway.json",
        "/x-gateway/parameters/4/from/constant",
        "/x-gateway/parameters/*/from/constant",
        "change",
    ),
    row(
        "parameters-moved",
        "wangdian-flagship/gateway.json",
        "/x-gateway/parameters",
        "/x-gateway/parameters",
        "move",
    ),
    row(
        "timestamp-changed",
        "wangdian-flagship/gateway.json",
        "/x-gateway/timestamp/since",
        "/x-gateway/timestamp/since",
        "raise",
    ),
    row(
        "clock-window-narrowed",
        "wangdian-flagship/gateway.json",
        "/x-gateway/timestamp/window",
        "/x-gateway/timestamp/window",
        "lower",
    ),
    row(
        "clock-window-widened",
        "wangdian-flagship/gateway.json",
        "/x-gateway/timestamp/window",
        "/x-gateway/timestamp/window",
        "raise",
    ),
    row(
        "signing-changed",
        "wangdian-flagship/gateway.json",
        "/x-gateway/sign/case",
        "/x-gateway/sign/case",
        "change",
    ),
    row(
        "digest-added",
        "taobao-top/gateway.json",
        "/x-gateway/sign/digests",
        "/x-gateway/sign/digests",
        "more",
    ),
    row(
        "digest-removed",
        "taobao-top/gateway.json",
        "/x-gateway/sign/digests",
        "/x-gateway/sign/digests",
        "more",
    )
    .undone(),
    row(
        "escape-changed",
        "wangdian-flagship/gateway.json",
        "/x-gateway/escape",
        "/x-gateway/escape",
        "change",
    ),
    row(
        "beyond-bmp-changed",
        "wangdian-flagship/gateway.json",
        "/x-gateway/beyond_bmp",
        "/x-gateway/beyond_bmp",
        "change",
    ),
    row(
        "envelope-changed",
        "wangdian-flagship/gateway.json",
        "/x-gateway/reply/status",
        "/x-gateway/reply/status",
        "change",
    ),
    row(
        "error-added",
        "wangdian-flagship/gateway.json",
        "/x-gateway/errors",
        "/x-gateway/errors",
        "more",
    ),
    row(
        "error-removed",
        "wangdian-flagship/gateway.json",
        "/x-gateway/errors",
        "/x-gateway/errors",
        "more",
    )
    .undone(),
    row(
        "error-class-changed",
        "wangdian-flagship/gateway.json",
        "/x-gateway/errors/0/class",
        "/x-gateway/errors/*/class",
        "change",
    ),
    row(
        "error-words-changed",
        "wangdian-flagship/gateway.json",
        "/x-gateway/errors/0/meaning",
        "/x-gateway/errors/*/meaning",
        "change",
    ),
    row(
        "errors-moved",
        "wangdian-flagship/gateway.json",
        "/x-gateway/errors",
        "/x-gateway/errors",
        "move",
    ),
    row(
        "title-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "title",
        "change",
    ),
    row(
        "description-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "description",
        "change",
    ),
    row(
        "note-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "x-note",
        "change",
    ),
    row(
        "comment-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "$comment",
        "add",
    ),
    row(
        "examples-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "",
        "examples",
        "change",
    ),
    row(
        "label-changed",
        "wangdian-enterprise/gateway.json",
        "/$defs/YesNo",
        "x-enum",
        "label",
    ),
    row(
        "row-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "x-row",
        "change",
    ),
    row(
        "identity-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "",
        "$id",
        "change",
    ),
    row(
        "default-changed",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/is_check",
        "default",
        "change",
    ),
    row(
        "deprecated-set",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "deprecated",
        "add",
    ),
    row(
        "deprecated-lifted",
        "wangdian-enterprise/stockin_refund_push.json",
        "/$defs/StockinRefundInfo/properties/refund_no",
        "deprecated",
        "add",
    )
    .undone(),
];

pub(crate) const PLAIN: &[Plain] = &[
    Plain {
        rule: "rust-name-taken",
        reason: "two edits at once make it: two fields change their Rust names",
        pair: Some((
            r#"{"properties":{"a":{"type":"string"},"b":{"type":"integer"}}}"#,
            r#"{"properties":{"a":{"type":"string","x-rust-name":"b"},"b":{"type":"integer","x-rust-name":"a"}}}"#,
        )),
    },
    Plain {
        rule: "multiple-tightened",
        reason: "the dialect has no such keyword",
        pair: Some((r#"{"multipleOf":2}"#, r#"{"multipleOf":4}"#)),
    },
    Plain {
        rule: "multiple-loosened",
        reason: "the dialect has no such keyword",
        pair: Some((r#"{"multipleOf":4}"#, r#"{"multipleOf":2}"#)),
    },
    Plain {
        rule: "multiple-changed",
        reason: "the dialect has no such keyword",
        pair: Some((r#"{"multipleOf":2}"#, r#"{"multipleOf":3}"#)),
    },
    Plain {
        rule: "const-changed",
        reason: "no schema of ours has a constant",
        pair: Some((r#"{"const":"a"}"#, r#"{"const":"b"}"#)),
    },
    Plain {
        rule: "format-set",
        reason: "the dialect has no such keyword",
        pair: Some((
            r#"{"type":"string"}"#,
            r#"{"type":"string","format":"date"}"#,
        )),
    },
    Plain {
        rule: "format-lifted",
        reason: "the dialect has no such keyword",
        pair: Some((
            r#"{"type":"string","format":"date"}"#,
            r#"{"type":"string"}"#,
        )),
    },
    Plain {
        rule: "format-changed",
        reason: "the dialect has no such keyword",
        pair: Some((r#"{"format":"date"}"#, r#"{"format":"time"}"#)),
    },
    Plain {
        rule: "choice-changed",
        reason: "a choice of ours has two branches, and one edit changes one",
        pair: Some((
            r#"{"anyOf":[{"required":["a"]},{"required":["b"]}]}"#,
            r#"{"anyOf":[{"required":["a"]},{"required":["c"]}]}"#,
        )),
    },
    Plain {
        rule: "others-tightened",
        reason: "the dialect has no schema for other fields",
        pair: Some((
            r#"{"additionalProperties":true}"#,
            r#"{"additionalProperties":{"type":"string"}}"#,
        )),
    },
    Plain {
        rule: "others-loosened",
        reason: "the dialect has no schema for other fields",
        pair: Some((
            r#"{"additionalProperties":{"type":"string"}}"#,
            r#"{"additionalProperties":true}"#,
        )),
    },
    Plain {
        rule: "size-tightened",
        reason: "the dialect has no such keyword",
        pair: Some((r#"{"minProperties":1}"#, r#"{"minProperties":2}"#)),
    },
    Plain {
        rule: "size-loosened",
        reason: "the dialect has no such keyword",
        pair: Some((r#"{"minProperties":2}"#, r#"{"minProperties":1}"#)),
    },
    Plain {
        rule: "names-changed",
        reason: "the dialect has no such keyword",
        pair: Some((
            r#"{"propertyNames":{"pattern":"^a"}}"#,
            r#"{"propertyNames":{"pattern":"^b"}}"#,
        )),
    },
    Plain {
        rule: "contains-tightened",
        reason: "the dialect has no such keyword",
        pair: Some((
            r#"{"contains":{"const":1}}"#,
            r#"{"contains":{"const":1},"minContains":2}"#,
        )),
    },
    Plain {
        rule: "contains-loosened",
        reason: "the dialect has no such keyword",
        pair: Some((
            r#"{"contains":{"const":1},"minContains":2}"#,
            r#"{"contains":{"const":1}}"#,
        )),
    },
    Plain {
        rule: "contains-changed",
        reason: "the dialect has no such keyword",
        pair: Some((r#"{"contains":{"const":1}}"#, r#"{"contains":{"const":2}}"#)),
    },
    Plain {
        rule: "arguments-moved",
        reason: "the one call of ours with arguments has one",
        pair: Some((
            r#"{"type":"array","prefixItems":[{"type":"string","x-name":"a"},{"type":"integer","x-name":"b"}],"minItems":2,"items":false}"#,
            r#"{"type":"array","prefixItems":[{"type":"integer","x-name":"b"},{"type":"string","x-name":"a"}],"minItems":2,"items":false}"#,
        )),
    },
    Plain {
        rule: "branch-removed",
        reason: "the dialect has no alternatives of other kinds",
        pair: Some((
            r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
            r#"{"oneOf":[{"type":"string"}]}"#,
        )),
    },
    Plain {
        rule: "branch-added",
        reason: "the dialect has no alternatives of other kinds",
        pair: Some((
            r#"{"oneOf":[{"type":"string"}]}"#,
            r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
        )),
    },
    Plain {
        rule: "condition-added",
        reason: "the dialect has no conditions of other kinds",
        pair: Some((
            r#"{"type":"object"}"#,
            r#"{"type":"object","not":{"required":["a"]}}"#,
        )),
    },
    Plain {
        rule: "condition-removed",
        reason: "the dialect has no conditions of other kinds",
        pair: Some((
            r#"{"type":"object","not":{"required":["a"]}}"#,
            r#"{"type":"object"}"#,
        )),
    },
    Plain {
        rule: "composition-changed",
        reason: "the dialect has no other compositions",
        pair: Some((
            r#"{"not":{"required":["a"]}}"#,
            r#"{"not":{"required":["b"]}}"#,
        )),
    },
    Plain {
        rule: "all-refused",
        reason: "the dialect has no schema that refuses everything",
        pair: Some((r"true", r"false")),
    },
    Plain {
        rule: "all-admitted",
        reason: "the dialect has no schema that refuses everything",
        pair: Some((r"false", r"true")),
    },
    Plain {
        rule: "keyword-changed",
        reason: "the dialect refuses unknown keywords",
        pair: Some((r#"{"made-up":1}"#, r#"{"made-up":2}"#)),
    },
    Plain {
        rule: "access-changed",
        reason: "the dialect has no such keyword",
        pair: Some((r#"{"readOnly":true}"#, r#"{"readOnly":false}"#)),
    },
    Plain {
        rule: "pager-changed",
        reason: "no API of ours has pages",
        pair: None,
    },
    Plain {
        rule: "pager-size-changed",
        reason: "no API of ours has pages",
        pair: None,
    },
    Plain {
        rule: "equivalent-rewrite",
        reason: "it is what the review makes of rules that disagree with the algebra",
        pair: None,
    },
    Plain {
        rule: "unexplained-narrowing",
        reason: "it means that a rule is missing",
        pair: None,
    },
    Plain {
        rule: "interface-changed",
        reason: "it means that the surface saw what no rule did",
        pair: None,
    },
    Plain {
        rule: "no-effect",
        reason: "told by the review where an edit changes no value",
        pair: None,
    },
    Plain {
        rule: "setting-rewritten",
        reason: "a setting that says the same in other words",
        pair: None,
    },
];
