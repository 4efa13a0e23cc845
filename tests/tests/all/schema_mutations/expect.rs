//! What each edit means, written down from the rules of the review and not from its code.
#![allow(
    clippy::match_same_arms,
    reason = "a table: each row stands for itself"
)]

use dockseal_codegen::review::Wire;

/// What an edit does to the values of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// Fewer values.
    Narrows,
    /// More values.
    Widens,
    /// Others.
    Differs,
    /// Fewer or others: nobody has to be able to tell which.
    Tightens,
    /// More or others.
    Loosens,
    AddsOptional,
    DropsOptional,
    AddsRequired,
    DropsRequired,
    /// The same values, which mean something else to a sender.
    Sender,
    /// The same values, which mean something else.
    Meaning,
    /// The reverse of that, which is harmless.
    Harmless,
    /// Words for people.
    Words,
    /// The review has to say something; what, is not foreseen.
    Something,
    // Settings, which hold for both directions.
    Breaks,
    Risks,
    Adds,
    Removes,
    Told,
}

use Means::{
    Adds, AddsOptional, AddsRequired, Breaks, Differs, DropsOptional, DropsRequired, Harmless,
    Loosens, Meaning, Narrows, Removes, Risks, Sender, Something, Tightens, Told, Widens, Words,
};

/// Keyword, kind of edit, meaning.
const KEYWORDS: &[(&str, &str, Means)] = &[
    ("$comment", "add", Words),
    ("$comment", "change", Words),
    ("$comment", "drop", Words),
    ("$defs", "add", Words),
    ("$defs", "rename", Words),
    ("$id", "change", Words),
    ("$schema", "change", Words),
    ("$ref", "other", Differs),
    ("title", "add", Words),
    ("title", "change", Words),
    ("title", "drop", Words),
    ("description", "add", Words),
    ("description", "change", Words),
    ("description", "drop", Words),
    ("examples", "change", Words),
    ("examples", "drop", Words),
    ("x-note", "add", Words),
    ("x-note", "change", Words),
    ("x-note", "drop", Words),
    ("x-row", "add", Words),
    ("x-row", "change", Words),
    ("x-row", "drop", Words),
    ("x-rust-name", "add", Words),
    ("x-rust-name", "change", Words),
    ("x-rust-name", "drop", Words),
    ("x-name", "change", Words),
    ("deprecated", "add", Harmless),
    ("deprecated", "drop", Harmless),
    ("default", "add", Sender),
    ("default", "change", Sender),
    ("default", "drop", Sender),
    ("type", "null", Widens),
    ("type", "more", Widens),
    ("type", "fewer", Narrows),
    ("type", "other", Differs),
    ("type", "other-listed", Something),
    ("type", "drop", Widens),
    ("minimum", "raise", Narrows),
    ("minimum", "lower", Widens),
    ("minimum", "drop", Widens),
    ("minimum", "add", Narrows),
    ("exclusiveMinimum", "raise", Narrows),
    ("exclusiveMinimum", "lower", Widens),
    ("exclusiveMinimum", "drop", Widens),
    ("maximum", "raise", Widens),
    ("maximum", "lower", Narrows),
    ("maximum", "drop", Widens),
    ("maximum", "add", Narrows),
    ("exclusiveMaximum", "raise", Widens),
    ("exclusiveMaximum", "lower", Narrows),
    ("exclusiveMaximum", "drop", Widens),
    ("minLength", "raise", Narrows),
    ("minLength", "lower", Widens),
    ("minLength", "drop", Widens),
    ("minLength", "add", Narrows),
    ("maxLength", "raise", Widens),
    ("maxLength", "lower", Narrows),
    ("maxLength", "drop", Widens),
    ("maxLength", "add", Narrows),
    ("x-length-unit", "bytes", Narrows),
    ("x-length-unit", "characters", Widens),
    ("minItems", "raise", Narrows),
    ("minItems", "lower", Widens),
    ("minItems", "drop", Widens),
    ("minItems", "add", Narrows),
    ("maxItems", "raise", Widens),
    ("maxItems", "lower", Narrows),
    ("maxItems", "drop", Widens),
    ("maxItems", "add", Narrows),
    ("uniqueItems", "add", Narrows),
    ("items", "other", Differs),
    ("items", "drop", Widens),
    ("prefixItems", "add-optional", AddsOptional),
    ("prefixItems", "add-required", AddsRequired),
    ("pattern", "add", Narrows),
    ("pattern", "drop", Widens),
    ("pattern", "other", Differs),
    ("pattern", "unblank", Narrows),
    ("pattern", "tighten", Tightens),
    ("pattern", "loosen", Loosens),
    ("enum", "add", Narrows),
    ("enum", "drop", Widens),
    ("enum", "fewer", Narrows),
    ("enum", "more", Widens),
    ("const", "add", Narrows),
    ("x-enum", "drop", Something),
    ("x-enum", "fewer", Harmless),
    ("x-enum", "more", Harmless),
    ("x-enum", "label", Words),
    ("x-enum", "rust", Words),
    ("x-enum", "move", Words),
    ("x-enum", "value", Something),
    ("x-decimal", "narrow", Narrows),
    ("x-decimal", "widen", Widens),
    ("x-decimal", "shift", Differs),
    ("x-decimal", "drop", Meaning),
    ("x-time", "change", Differs),
    ("x-time", "drop", Meaning),
    ("x-wire", "change", Sender),
    ("x-wire", "drop", Sender),
    ("x-sensitive", "add", Harmless),
    ("x-sensitive", "drop", Meaning),
    ("contentMediaType", "change", Differs),
    ("contentSchema", "drop", Widens),
    ("properties", "drop-optional", DropsOptional),
    ("properties", "drop-required", DropsRequired),
    ("properties", "add-optional", AddsOptional),
    ("properties", "add-required", AddsRequired),
    ("properties", "rename", Differs),
    ("properties", "move", Words),
    ("required", "more", Narrows),
    ("required", "fewer", Widens),
    ("additionalProperties", "close", Words),
    ("additionalProperties", "open", Words),
    ("dependentRequired", "add", Narrows),
    ("anyOf", "add-choice", Narrows),
    ("anyOf", "add-branch", Widens),
    ("anyOf", "drop-branch", Narrows),
    ("anyOf", "drop-single", Narrows),
    ("anyOf", "drop-condition", Widens),
    ("allOf", "drop-branch", Narrows),
    ("allOf", "drop-condition", Widens),
];

/// Place of a setting (its beginning), kind of edit (`*` for any), meaning. The first that fits
/// counts.
const SETTINGS: &[(&str, &str, Means)] = &[
    ("/x-source", "*", Told),
    ("/x-api/rust", "*", Told),
    ("/x-api/version", "*", Told),
    ("/x-api/method", "*", Breaks),
    ("/x-api/direction", "*", Breaks),
    ("/x-api/effect", "*", Risks),
    ("/x-api/idempotency", "*", Risks),
    ("/x-api/inner", "*", Breaks),
    ("/x-api/pager/size", "*", Risks),
    ("/x-api/pager/max_size", "*", Risks),
    ("/x-api/pager", "*", Breaks),
    ("/x-api/gateway", "*", Something),
    ("/x-api", "*", Something),
    ("/x-gateway/rust", "*", Told),
    ("/x-gateway/name", "*", Breaks),
    ("/x-gateway/direction", "*", Breaks),
    ("/x-gateway/endpoints/*/x-row", "*", Told),
    ("/x-gateway/endpoints/*/url", "*", Breaks),
    ("/x-gateway/endpoints/*/environment", "*", Breaks),
    ("/x-gateway/endpoints", "more", Adds),
    ("/x-gateway/endpoints", "fewer", Removes),
    ("/x-gateway/endpoints", "move", Breaks),
    ("/x-gateway/credentials/*/title", "*", Told),
    ("/x-gateway/credentials/*/description", "*", Told),
    // What an account may leave out, or choose from, tightens or loosens.
    ("/x-gateway/credentials/*/default", "*", Something),
    ("/x-gateway/credentials/*/allowed", "*", Something),
    ("/x-gateway/credentials/*/optional", "*", Something),
    ("/x-gateway/credentials", "move", Something),
    ("/x-gateway/credentials", "fewer", Something),
    ("/x-gateway/credentials", "more", Something),
    ("/x-gateway/credentials", "*", Breaks),
    ("/x-gateway/parameters/*/title", "*", Told),
    ("/x-gateway/parameters/*/description", "*", Told),
    ("/x-gateway/parameters/*/x-row", "*", Told),
    ("/x-gateway/parameters", "move", Told),
    ("/x-gateway/parameters", "*", Breaks),
    ("/x-gateway/timestamp/window", "raise", Adds),
    ("/x-gateway/timestamp/window", "lower", Risks),
    ("/x-gateway/timestamp", "*", Something),
    ("/x-gateway/sign/digests", "more", Adds),
    ("/x-gateway/sign/digests", "fewer", Removes),
    ("/x-gateway/sign/digests", "drop", Something),
    ("/x-gateway/sign/omit", "move", Something),
    ("/x-gateway/sign", "*", Breaks),
    ("/x-gateway/escape", "*", Risks),
    ("/x-gateway/beyond_bmp", "*", Risks),
    ("/x-gateway/transport", "*", Breaks),
    ("/x-gateway/reply", "move", Something),
    ("/x-gateway/reply", "*", Breaks),
    ("/x-gateway/errors/*/meaning", "*", Told),
    ("/x-gateway/errors/*/hint", "*", Told),
    ("/x-gateway/errors", "more", Adds),
    ("/x-gateway/errors", "*", Risks),
    ("/x-gateway", "drop", Something),
];

/// The meaning of an edit, or nothing when this table has to be taught.
pub(crate) fn meaning(word: &str, kind: &str) -> Option<Means> {
    if word.starts_with('/') {
        let fits = |(place, edit, _): &&(&str, &str, Means)| {
            word.starts_with(place) && (*edit == "*" || *edit == kind)
        };
        return SETTINGS.iter().find(fits).map(|(.., means)| *means);
    }
    let fits = |(keyword, edit, _): &&(&str, &str, Means)| *keyword == word && *edit == kind;
    KEYWORDS.iter().find(fits).map(|(.., means)| *means)
}

impl Means {
    /// What the edit undone means.
    pub(crate) fn undone(self) -> Means {
        match self {
            Narrows => Widens,
            Widens => Narrows,
            Tightens => Loosens,
            Loosens => Tightens,
            AddsOptional => DropsOptional,
            DropsOptional => AddsOptional,
            AddsRequired => DropsRequired,
            DropsRequired => AddsRequired,
            Meaning => Something,
            Adds | Removes | Risks | Harmless => Something,
            same => same,
        }
    }

    /// The verdicts that the worst finding of a message may have.
    pub(crate) fn allowed(self, sent: bool) -> &'static [Wire] {
        const DOCS: &[Wire] = &[Wire::Docs];
        const FINE: &[Wire] = &[Wire::Compatible];
        const RISKY: &[Wire] = &[Wire::Risky];
        const WORSE: &[Wire] = &[Wire::Risky, Wire::Breaking];
        const BREAKS: &[Wire] = &[Wire::Breaking];
        const ANY: &[Wire] = &[Wire::Docs, Wire::Compatible, Wire::Risky, Wire::Breaking];
        match (self, sent) {
            (Narrows | AddsRequired | DropsRequired | DropsOptional, true) => BREAKS,
            (Narrows | AddsRequired, false) | (AddsOptional, _) | (Widens, true) => FINE,
            (Widens, false) => WORSE,
            (DropsRequired, false) => BREAKS,
            (DropsOptional, false) => RISKY,
            (Differs, true) => BREAKS,
            (Differs, false) => WORSE,
            (Tightens, true) | (Loosens, false) => WORSE,
            (Tightens, false) | (Loosens, true) => &[Wire::Compatible, Wire::Risky],
            (Sender, true) | (Meaning | Risks, _) => RISKY,
            (Sender, false) | (Words | Told, _) => DOCS,
            (Harmless | Adds, _) => FINE,
            (Breaks | Removes, _) => BREAKS,
            (Something, _) => ANY,
        }
    }
}
