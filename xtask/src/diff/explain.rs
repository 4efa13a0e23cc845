//! `--explain`: what a rule says, and why.

use anstyle::Style;
use dockseal_codegen::review::{Flow, RULES, Rule, rule};

const LABEL: Style = Style::new().bold();

/// One rule, or all of them under `list`.
pub(crate) fn explain(name: &str) -> Result<String, String> {
    if name == "list" {
        return Ok(list());
    }
    rule(name).map(one).ok_or_else(|| {
        let rules = RULES.iter().copied().flatten();
        let nearest = rules
            .map(|rule| (strsim::jaro_winkler(name, rule.id), rule.id))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
            .filter(|(likeness, _)| *likeness > 0.8);
        let help = nearest.map_or_else(
            || "list them with: cargo xtask diff --explain".to_owned(),
            |(_, id)| format!("did you mean `{id}`?"),
        );
        format!("there is no rule `{name}`\n  help: {help}")
    })
}

fn list() -> String {
    let mut out = String::new();
    let width = RULES
        .iter()
        .copied()
        .flatten()
        .map(|rule| rule.id.len())
        .max();
    let width = width.unwrap_or_default();
    for group in RULES {
        for rule in *group {
            let (sent, received) = (rule.wire(Flow::Sent, true), rule.wire(Flow::Received, true));
            out.push_str(&format!(
                "{:<width$}  → {:<10}  ← {:<10}  {} {}\n",
                rule.id,
                sent.text(),
                received.text(),
                rule.title,
                rule.title_zh
            ));
        }
    }
    out
}

fn one(rule: &Rule) -> String {
    let mut out = format!(
        "{LABEL}{}{LABEL:#}\n  {}\n  {}\n\n",
        rule.id, rule.title, rule.title_zh
    );
    for (name, flow) in [
        ("→ what we send   ", Flow::Sent),
        ("← what we receive", Flow::Received),
    ] {
        out.push_str(&format!(
            "  {name}  wire {}, Rust {}",
            rule.wire(flow, true).text(),
            rule.rust(flow).text()
        ));
        let strict = rule.wire(flow, false);
        if strict != rule.wire(flow, true) {
            out.push_str(&format!("; {} for a reader that validates", strict.text()));
        }
        out.push('\n');
    }
    out.push_str(&format!("\n  {}\n", rule.why));
    out.push_str("  Where the types of the bindings change, the verdict for Rust is theirs if it is worse.\n");
    if !rule.visible {
        out.push_str("  The algebra of sets cannot see it: the rule alone decides.\n");
    }
    out.push_str(&format!("  The reverse edit is {}.\n", rule.opposite));
    out
}
