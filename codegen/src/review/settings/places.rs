//! The table: what a change of each place in a file is.

use crate::json::{Node, Value};
use crate::review::change::canonical;
use crate::review::rule::Rule;
use crate::review::rules::api::{
    EFFECT_CHANGED, IDEMPOTENCY_CHANGED, INNER_CHANGED, METHOD_CHANGED, PAGER_CHANGED,
    PAGER_SIZE_CHANGED, SENDER_CHANGED, SINCE_CHANGED, SOURCE_CHANGED,
};
use crate::review::rules::compose::{KEYWORD_CHANGED, RUST_NAME_CHANGED};
use crate::review::rules::gateway::{
    ADDRESS_ADDED, ADDRESS_CHANGED, ADDRESS_REMOVED, ADDRESSES_MOVED, BEYOND_BMP_CHANGED,
    CREDENTIAL_ADDED, CREDENTIAL_ADDED_OPTIONAL, CREDENTIAL_CHANGED, CREDENTIAL_LOOSENED,
    CREDENTIAL_REMOVED, CREDENTIAL_REMOVED_OPTIONAL, CREDENTIAL_TIGHTENED, CREDENTIALS_MOVED,
    DIGEST_ADDED, DIGEST_REMOVED, ENVELOPE_CHANGED, ERROR_ADDED, ERROR_CLASS_CHANGED,
    ERROR_REMOVED, ERROR_WORDS_CHANGED, ERRORS_MOVED, ESCAPE_CHANGED, GATEWAY_RENAMED,
    PARAMETER_ADDED, PARAMETER_CHANGED, PARAMETER_REMOVED, PARAMETERS_MOVED, SETTING_REWRITTEN,
    SIGNING_CHANGED, TIMESTAMP_CHANGED, TRANSPORT_CHANGED,
};
use crate::review::rules::value::TYPE_CHANGED;
use crate::review::rules::words::{
    COMMENT_CHANGED, DESCRIPTION_CHANGED, EXAMPLES_CHANGED, IDENTITY_CHANGED, NOTE_CHANGED,
    ROW_CHANGED, TITLE_CHANGED,
};

/// What a change of a place is.
pub(super) struct Row {
    /// `/x-gateway/endpoints/*/url`; a star is any element of a list, or all that stands before.
    pub(super) place: &'static str,
    /// The rule of a change that `how` does not tell apart.
    pub(super) rule: &'static Rule,
    pub(super) how: How,
}

/// How closely a place is looked at.
pub(super) enum How {
    /// Any other value is the same kind of change.
    Whole,
    /// Its members have rows of their own.
    Inside,
    /// True or false; false when it is not said.
    Flag,
    /// A list whose order means nothing, and which is empty when it is not said.
    Set,
    /// A list of values of which each counts alone.
    Each,
    /// A number of seconds, unlimited when it is not said.
    Seconds,
    /// A list whose elements have names.
    List(&'static List),
    /// It depends on the object around it, before and now.
    Around(fn([&Node; 2]) -> &'static Rule),
    /// Other parts of the review look at it.
    Elsewhere,
}

/// A list whose elements have names.
pub(super) struct List {
    /// The members that tell an element from others.
    pub(super) keys: &'static [&'static str],
    /// What a new element is.
    pub(super) added: fn(&Node) -> &'static Rule,
    /// What a lost element is.
    pub(super) removed: fn(&Node) -> &'static Rule,
    pub(super) order: Order,
}

/// What the order of a list means.
#[derive(Clone, Copy)]
pub(super) enum Order {
    /// Another order is this kind of change.
    Counts(&'static Rule),
    /// The first is the default; the order of the others means nothing.
    First(&'static Rule),
    /// The first that matches a reply counts.
    Matching {
        /// Two that could match the same reply changed places.
        moved: &'static Rule,
        /// Another kind of failure takes replies over.
        class: &'static Rule,
    },
}

const ENDPOINTS: List = List {
    keys: &["environment"],
    added: |_| &ADDRESS_ADDED,
    removed: |_| &ADDRESS_REMOVED,
    order: Order::First(&ADDRESSES_MOVED),
};

const CREDENTIALS: List = List {
    keys: &["name"],
    added: |row| {
        if needed(row) {
            &CREDENTIAL_ADDED
        } else {
            &CREDENTIAL_ADDED_OPTIONAL
        }
    },
    removed: |row| {
        if needed(row) {
            &CREDENTIAL_REMOVED
        } else {
            &CREDENTIAL_REMOVED_OPTIONAL
        }
    },
    order: Order::Counts(&CREDENTIALS_MOVED),
};

const PARAMETERS: List = List {
    keys: &["name"],
    added: |_| &PARAMETER_ADDED,
    removed: |_| &PARAMETER_REMOVED,
    order: Order::Counts(&PARAMETERS_MOVED),
};

const DIGESTS: List = List {
    keys: &["name"],
    added: |_| &DIGEST_ADDED,
    removed: |_| &DIGEST_REMOVED,
    order: Order::First(&SIGNING_CHANGED),
};

const ERRORS: List = List {
    keys: &["code", "sub_code", "text"],
    added: |_| &ERROR_ADDED,
    removed: |_| &ERROR_REMOVED,
    order: Order::Matching {
        moved: &ERRORS_MOVED,
        class: &ERROR_CLASS_CHANGED,
    },
};

/// Whether every account has to give this credential.
fn needed(row: &Node) -> bool {
    !optional(row) && row.get("default").is_none()
}

fn optional(row: &Node) -> bool {
    let optional = row.get("optional").map(|node| &node.value);
    matches!(optional, Some(Value::Bool(true)))
}

/// Whether a credential must be given where it could be left out, or the reverse.
fn need([old, new]: [&Node; 2]) -> &'static Rule {
    let left_out = |row: &Node| (optional(row), row.get("default").map(canonical));
    match (needed(old), needed(new)) {
        (false, true) => &CREDENTIAL_TIGHTENED,
        (true, false) => &CREDENTIAL_LOOSENED,
        _ if left_out(old) == left_out(new) => &SETTING_REWRITTEN,
        _ => &CREDENTIAL_CHANGED,
    }
}

/// Whether a credential lost values or gained some; whoever names none takes all.
fn choice([old, new]: [&Node; 2]) -> &'static Rule {
    let read = |row: &Node| -> Vec<String> {
        let values = row.get("allowed").map_or(&[][..], Node::elements);
        values.iter().map(canonical).collect()
    };
    let (old, new) = (read(old), read(new));
    let takes = |these: &[String], others: &[String]| {
        these.is_empty() || !others.is_empty() && others.iter().all(|value| these.contains(value))
    };
    match (takes(&old, &new), takes(&new, &old)) {
        (true, true) => &SETTING_REWRITTEN,
        (true, false) => &CREDENTIAL_TIGHTENED,
        (false, true) => &CREDENTIAL_LOOSENED,
        (false, false) => &CREDENTIAL_CHANGED,
    }
}

macro_rules! rows {
    ($($place:literal => $rule:ident $how:ident $(($more:expr))?,)+) => {
        &[$(Row { place: $place, rule: &$rule, how: How::$how $(($more))? }),+]
    };
}

/// Words and citations, which may stand at any place.
const ANYWHERE: &[Row] = rows! {
    "*/title" => TITLE_CHANGED Whole,
    "*/description" => DESCRIPTION_CHANGED Whole,
    "*/x-note" => NOTE_CHANGED Whole,
    "*/$comment" => COMMENT_CHANGED Whole,
    "*/x-row" => ROW_CHANGED Whole,
};

/// An API's file.
pub(super) const API: &[Row] = rows! {
    "" => KEYWORD_CHANGED Inside,
    "/$schema" => IDENTITY_CHANGED Whole,
    "/$id" => IDENTITY_CHANGED Whole,
    "/type" => TYPE_CHANGED Whole,
    "/properties" => KEYWORD_CHANGED Elsewhere,
    "/$defs" => KEYWORD_CHANGED Elsewhere,
    "/examples" => EXAMPLES_CHANGED Each,
    "/x-source" => SOURCE_CHANGED Inside,
    "/x-source/document" => SOURCE_CHANGED Whole,
    "/x-source/sha256" => SOURCE_CHANGED Whole,
    "/x-source/rows" => SOURCE_CHANGED Whole,
    "/x-api" => KEYWORD_CHANGED Inside,
    "/x-api/gateway" => GATEWAY_RENAMED Whole,
    "/x-api/method" => METHOD_CHANGED Whole,
    "/x-api/rust" => RUST_NAME_CHANGED Whole,
    "/x-api/direction" => SENDER_CHANGED Whole,
    "/x-api/effect" => EFFECT_CHANGED Whole,
    "/x-api/idempotency" => IDEMPOTENCY_CHANGED Whole,
    "/x-api/version" => SINCE_CHANGED Whole,
    "/x-api/inner" => INNER_CHANGED Inside,
    "/x-api/inner/status" => INNER_CHANGED Whole,
    "/x-api/inner/success" => INNER_CHANGED Set,
    "/x-api/inner/code" => INNER_CHANGED Whole,
    "/x-api/inner/message" => INNER_CHANGED Whole,
    "/x-api/pager" => PAGER_CHANGED Inside,
    "/x-api/pager/page_no" => PAGER_CHANGED Whole,
    "/x-api/pager/page_size" => PAGER_CHANGED Whole,
    "/x-api/pager/calc_total" => PAGER_CHANGED Whole,
    "/x-api/pager/first" => PAGER_CHANGED Whole,
    "/x-api/pager/size" => PAGER_SIZE_CHANGED Whole,
    "/x-api/pager/max_size" => PAGER_SIZE_CHANGED Whole,
    "/x-api/pager/place" => PAGER_CHANGED Whole,
    "/x-api/pager/items" => PAGER_CHANGED Whole,
    "/x-api/pager/total" => PAGER_CHANGED Whole,
};

/// A gateway's file.
pub(super) const GATEWAY: &[Row] = rows! {
    "" => KEYWORD_CHANGED Inside,
    "/$schema" => IDENTITY_CHANGED Whole,
    "/$id" => IDENTITY_CHANGED Whole,
    "/$defs" => KEYWORD_CHANGED Elsewhere,
    "/x-gateway" => KEYWORD_CHANGED Inside,
    "/x-gateway/name" => GATEWAY_RENAMED Whole,
    "/x-gateway/rust" => RUST_NAME_CHANGED Whole,
    "/x-gateway/direction" => SENDER_CHANGED Whole,
    "/x-gateway/endpoints" => ADDRESS_CHANGED List(&ENDPOINTS),
    "/x-gateway/endpoints/*" => ADDRESS_CHANGED Inside,
    "/x-gateway/endpoints/*/url" => ADDRESS_CHANGED Whole,
    "/x-gateway/transport" => TRANSPORT_CHANGED Inside,
    "/x-gateway/transport/system" => TRANSPORT_CHANGED Whole,
    "/x-gateway/transport/business" => TRANSPORT_CHANGED Whole,
    "/x-gateway/transport/path" => TRANSPORT_CHANGED Whole,
    "/x-gateway/transport/content_type" => TRANSPORT_CHANGED Whole,
    "/x-gateway/transport/omit_empty_lists" => TRANSPORT_CHANGED Flag,
    "/x-gateway/credentials" => CREDENTIAL_CHANGED List(&CREDENTIALS),
    "/x-gateway/credentials/*" => CREDENTIAL_CHANGED Inside,
    "/x-gateway/credentials/*/secret" => CREDENTIAL_CHANGED Flag,
    "/x-gateway/credentials/*/optional" => CREDENTIAL_CHANGED Around(need),
    "/x-gateway/credentials/*/default" => CREDENTIAL_CHANGED Around(need),
    "/x-gateway/credentials/*/allowed" => CREDENTIAL_CHANGED Around(choice),
    "/x-gateway/credentials/*/split" => CREDENTIAL_CHANGED Inside,
    "/x-gateway/credentials/*/split/at" => CREDENTIAL_CHANGED Whole,
    "/x-gateway/credentials/*/split/into" => CREDENTIAL_CHANGED Whole,
    "/x-gateway/parameters" => PARAMETER_CHANGED List(&PARAMETERS),
    "/x-gateway/parameters/*" => PARAMETER_CHANGED Inside,
    "/x-gateway/parameters/*/from" => PARAMETER_CHANGED Whole,
    "/x-gateway/timestamp" => TIMESTAMP_CHANGED Inside,
    "/x-gateway/timestamp/form" => TIMESTAMP_CHANGED Whole,
    "/x-gateway/timestamp/since" => TIMESTAMP_CHANGED Whole,
    "/x-gateway/timestamp/window" => TIMESTAMP_CHANGED Seconds,
    "/x-gateway/sign" => SIGNING_CHANGED Inside,
    "/x-gateway/sign/parameter" => SIGNING_CHANGED Whole,
    "/x-gateway/sign/credential" => SIGNING_CHANGED Whole,
    "/x-gateway/sign/omit" => SIGNING_CHANGED Set,
    "/x-gateway/sign/layout" => SIGNING_CHANGED Whole,
    "/x-gateway/sign/digests" => SIGNING_CHANGED List(&DIGESTS),
    "/x-gateway/sign/digests/*" => SIGNING_CHANGED Inside,
    "/x-gateway/sign/digests/*/algorithm" => SIGNING_CHANGED Whole,
    "/x-gateway/sign/digests/*/secret" => SIGNING_CHANGED Whole,
    "/x-gateway/sign/digest_parameter" => SIGNING_CHANGED Whole,
    "/x-gateway/sign/case" => SIGNING_CHANGED Whole,
    "/x-gateway/sign/body" => SIGNING_CHANGED Whole,
    "/x-gateway/sign/skip_blank" => SIGNING_CHANGED Flag,
    "/x-gateway/escape" => ESCAPE_CHANGED Whole,
    "/x-gateway/beyond_bmp" => BEYOND_BMP_CHANGED Whole,
    "/x-gateway/reply" => ENVELOPE_CHANGED Inside,
    "/x-gateway/reply/root" => ENVELOPE_CHANGED Whole,
    "/x-gateway/reply/failure_root" => ENVELOPE_CHANGED Whole,
    "/x-gateway/reply/status" => ENVELOPE_CHANGED Whole,
    "/x-gateway/reply/success" => ENVELOPE_CHANGED Set,
    "/x-gateway/reply/pending" => ENVELOPE_CHANGED Set,
    "/x-gateway/reply/status_may_lack" => ENVELOPE_CHANGED Flag,
    "/x-gateway/reply/code" => ENVELOPE_CHANGED Whole,
    "/x-gateway/reply/message" => ENVELOPE_CHANGED Whole,
    "/x-gateway/reply/sub_code" => ENVELOPE_CHANGED Whole,
    "/x-gateway/reply/sub_message" => ENVELOPE_CHANGED Whole,
    "/x-gateway/reply/request_id" => ENVELOPE_CHANGED Whole,
    "/x-gateway/reply/data" => ENVELOPE_CHANGED Whole,
    "/x-gateway/errors" => ERROR_CLASS_CHANGED List(&ERRORS),
    "/x-gateway/errors/*" => ERROR_CLASS_CHANGED Inside,
    "/x-gateway/errors/*/class" => ERROR_CLASS_CHANGED Whole,
    "/x-gateway/errors/*/wait" => ERROR_CLASS_CHANGED Whole,
    "/x-gateway/errors/*/meaning" => ERROR_WORDS_CHANGED Whole,
    "/x-gateway/errors/*/meaning_zh" => ERROR_WORDS_CHANGED Whole,
    "/x-gateway/errors/*/hint" => ERROR_WORDS_CHANGED Whole,
    "/x-gateway/errors/*/hint_zh" => ERROR_WORDS_CHANGED Whole,
};

/// The row of a place.
pub(super) fn row(table: &'static [Row], place: &str) -> Option<&'static Row> {
    let anywhere = |row: &&Row| place.ends_with(row.place.trim_start_matches('*'));
    let own = table.iter().find(|row| row.place == place);
    own.or_else(|| ANYWHERE.iter().find(anywhere))
}
