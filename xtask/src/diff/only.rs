//! `--only`: a part of a review.

use dockseal_codegen::review::{Finding, Review};

/// Keeps what a pattern names: `gateway/method`, a gateway's settings being `gateway/gateway`.
pub(crate) fn keep(review: &mut Review, glob: &str) {
    let glob: Vec<char> = glob.chars().collect();
    let is_named = |gateway: &str, api: Option<&str>| {
        let name = format!("{gateway}/{}", api.unwrap_or("gateway"));
        matches(&glob, &name.chars().collect::<Vec<_>>())
    };
    let named = |finding: &Finding| is_named(&finding.gateway, finding.api.as_deref());
    review.findings.retain(named);
    review
        .judged
        .retain(|judged| is_named(&judged.gateway, Some(&judged.api)));
}

/// `*` stands for any letters, `?` for one.
fn matches(glob: &[char], name: &[char]) -> bool {
    match (glob.split_first(), name.split_first()) {
        (None, _) => name.is_empty(),
        (Some(('*', rest)), None) => matches(rest, name),
        (Some(('*', rest)), Some((_, after))) => matches(rest, name) || matches(glob, after),
        (Some((letter, rest)), Some((first, after))) => {
            (*letter == '?' || letter == first) && matches(rest, after)
        }
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_names_methods_of_gateways() {
        for (glob, name, expected) in [
            ("taobao-top/*", "taobao-top/a.b", true),
            ("taobao-top/*", "shopex-oms/a.b", false),
            ("*/process.*.upload", "w/process.Process.upload", true),
            ("w/a?c", "w/abc", true),
            ("w/a?c", "w/ac", false),
            ("*", "", true),
            ("", "w", false),
        ] {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(
                matches(&letters(glob), &letters(name)),
                expected,
                "{glob} {name}"
            );
        }
    }
}
