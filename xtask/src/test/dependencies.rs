//! `bindings/docs/dependencies.md` against the tree that cargo resolves, both ways: the crates of
//! the default features, and what each feature adds.
//!
//! The page is made of tables under headings. Under `Default features` each row is a crate, who asks
//! for it, what of it runs while it is compiled, and why it is there. Under the name of a feature
//! each row is a crate that the feature itself asks for, and a line names what comes through those.

use std::collections::{BTreeMap, BTreeSet};

use super::features;
use super::graph::{self, Crate};
use crate::tree;

const PAGE: &str = "bindings/docs/dependencies.md";
const OWN: &str = "dockseal";
const DEFAULT: &str = "Default features";
const THROUGH: &str = "Through them: ";

/// Features of `serde_json` that would change how a user's whole program reads JSON.
const NEVER: &[&str] = &["arbitrary_precision", "preserve_order"];

/// A heading of the page, with what stands under it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Section {
    /// The cells of each row, without the heads.
    rows: Vec<Vec<String>>,
    /// What comes through the crates of the rows.
    through: BTreeSet<String>,
}

/// What the page lacks, or says and is not so.
pub(super) fn check() -> Result<Vec<String>, String> {
    let page = std::fs::read_to_string(tree::root().join(PAGE))
        .map_err(|error| format!("cannot read {PAGE}: {error}"))?;
    let page = read(&page);
    let (scripts, _) = graph::demands()?;
    let mut wrong = Vec::new();
    let mut sets = 0;
    let mut headings: BTreeSet<&str> = page.keys().map(String::as_str).collect();
    let mut default = BTreeMap::new();
    for set in features::sets()? {
        let crates = graph::tree(&set.package, &set.arguments)?;
        sets += 1;
        wrong.extend(never(&crates, &set.package, &set.name));
        if set.package != OWN {
            continue;
        }
        if set.name == "no features" {
            headings.remove(DEFAULT);
            let section = page.get(DEFAULT).ok_or("no default features")?;
            wrong.extend(differences(
                DEFAULT,
                &section.rows,
                &rows(&crates, &scripts),
            ));
            default = crates;
        } else if let Some(name) = documented(&set.name) {
            headings.remove(name.as_str());
            let empty = Section::default();
            let section = page.get(&name).unwrap_or(&empty);
            wrong.extend(added(&name, section, &default, &crates));
        }
    }
    wrong.extend(
        headings
            .iter()
            .map(|heading| format!("{heading}: there is no such feature")),
    );
    anstream::println!(
        "   {} crates of the default features; {sets} sets of features without {}",
        default.len().saturating_sub(1),
        NEVER.join(" and ")
    );
    Ok(wrong
        .into_iter()
        .map(|wrong| format!("{PAGE}: {wrong}"))
        .collect())
}

/// The heading of a feature that is for users.
fn documented(set: &str) -> Option<String> {
    let is_public = !set.starts_with('_') && !set.contains(' ');
    is_public.then(|| format!("`{set}`"))
}

/// Features that are never on, and are.
fn never(crates: &BTreeMap<String, Crate>, package: &str, set: &str) -> Vec<String> {
    let on = crates.get("serde_json").map(|found| &found.features);
    let on = NEVER
        .iter()
        .filter(|name| on.is_some_and(|on| on.contains(**name)));
    on.map(|name| format!("{package} with {set} turns on {name} of serde_json"))
        .collect()
}

/// The rows that the default features should have: all but the reason.
fn rows(crates: &BTreeMap<String, Crate>, scripts: &BTreeSet<String>) -> Vec<Vec<String>> {
    let others = crates.iter().filter(|(name, _)| *name != OWN);
    others
        .map(|(name, found)| {
            let mut runs = Vec::new();
            if found.is_macro {
                runs.push("macro");
            }
            if scripts.contains(name) {
                runs.push("script");
            }
            let through = found.through.iter().map(|name| format!("`{name}`"));
            vec![
                format!("`{name}`"),
                through.collect::<Vec<_>>().join(", "),
                runs.join(", "),
            ]
        })
        .collect()
}

/// Rows that are missing, stale, or without a reason. The reason is the last cell.
fn differences(heading: &str, there: &[Vec<String>], wanted: &[Vec<String>]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut reasoned = BTreeSet::new();
    for row in there {
        let (reason, facts) = row
            .split_last()
            .map_or(("", row.as_slice()), |(last, rest)| (last.as_str(), rest));
        if reason.is_empty() {
            wrong.push(format!("{heading}: {} has no reason", facts.join(" | ")));
        }
        if !wanted.iter().any(|row| row == facts) {
            wrong.push(format!("{heading}: not so: {}", facts.join(" | ")));
        } else if !reasoned.insert(facts) {
            wrong.push(format!("{heading}: twice: {}", facts.join(" | ")));
        }
    }
    let missing = wanted
        .iter()
        .filter(|row| !there.iter().any(|there| there.starts_with(row)));
    wrong.extend(missing.map(|row| format!("{heading}: missing: {}", row.join(" | "))));
    wrong
}

/// The same of a feature: rows for what it asks for itself, and a line for all that follows.
fn added(
    heading: &str,
    section: &Section,
    before: &BTreeMap<String, Crate>,
    crates: &BTreeMap<String, Crate>,
) -> Vec<String> {
    let new = crates
        .iter()
        .filter(|(name, _)| !before.contains_key(*name));
    let (own, through): (Vec<_>, Vec<_>) = new.partition(|(_, found)| found.through.contains(OWN));
    let wanted: Vec<_> = own
        .iter()
        .map(|(name, _)| vec![format!("`{name}`")])
        .collect();
    let mut wrong = differences(heading, &section.rows, &wanted);
    let through: BTreeSet<_> = through.iter().map(|(name, _)| (*name).clone()).collect();
    for name in through.difference(&section.through) {
        wrong.push(format!("{heading}: missing after \"{THROUGH}\": {name}"));
    }
    for name in section.through.difference(&through) {
        wrong.push(format!("{heading}: does not come through them: {name}"));
    }
    wrong
}

/// The sections that have rows or a line, by their headings.
fn read(page: &str) -> BTreeMap<String, Section> {
    let mut sections: BTreeMap<String, Section> = BTreeMap::new();
    let mut heading = String::new();
    let mut heads = true;
    for line in page.lines() {
        if let Some(text) = line.strip_prefix("## ") {
            text.clone_into(&mut heading);
        } else if let Some(names) = line.strip_prefix(THROUGH) {
            let names = names.trim_end_matches('.').split(", ");
            let names = names.map(|name| name.trim_matches('`').to_owned());
            let section = sections.entry(heading.clone()).or_default();
            section.through.extend(names);
        }
        let cells = line
            .strip_prefix('|')
            .and_then(|line| line.strip_suffix('|'));
        let Some(cells) = cells else {
            heads = true;
            continue;
        };
        let cells: Vec<_> = cells
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect();
        if cells.iter().all(|cell| cell.starts_with("---")) {
            heads = false;
        } else if !heads {
            let section = sections.entry(heading.clone()).or_default();
            section.rows.push(cells);
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crates(of: &[(&str, &[&str])]) -> BTreeMap<String, Crate> {
        of.iter()
            .map(|(name, through)| {
                let found = Crate {
                    through: through.iter().map(|name| (*name).to_owned()).collect(),
                    ..Crate::default()
                };
                ((*name).to_owned(), found)
            })
            .collect()
    }

    const TABLE: &str = "# Page\n\n## Default features\n\n| crate | through | runs | why |\n|---|---|---|---|\n\
        | `a` | `dockseal` | script | it is needed |\n| `b` | `a`, `dockseal` | | so is it |\n\n\
        ## `web`\n\n| crate | why |\n|---|---|\n| `c` | serves |\n\nThrough them: `d`, `e`.\n";

    #[test]
    fn a_page_that_is_so_has_no_difference() {
        let page = read(TABLE);
        let default = crates(&[
            ("dockseal", &[]),
            ("a", &["dockseal"]),
            ("b", &["dockseal", "a"]),
        ]);
        let wanted = rows(&default, &["a".to_owned()].into());
        let section = page.get(DEFAULT);
        assert_eq!(
            section.map(|section| differences(DEFAULT, &section.rows, &wanted)),
            Some(Vec::new())
        );
        let mut web = crates(&[("c", &["dockseal"]), ("d", &["c"]), ("e", &["d"])]);
        web.extend(crates(&[
            ("dockseal", &[]),
            ("a", &["dockseal"]),
            ("b", &["a"]),
        ]));
        let section = page.get("`web`");
        assert_eq!(
            section.map(|section| added("`web`", section, &default, &web)),
            Some(Vec::new())
        );
    }

    #[test]
    fn what_is_missing_and_what_is_stale_are_both_told() {
        let page = read(
            &TABLE
                .replace("it is needed", "")
                .replace("`d`, `e`", "`d`, `f`"),
        );
        let default = crates(&[("dockseal", &[]), ("a", &["dockseal"]), ("z", &["a"])]);
        let wanted = rows(&default, &["a".to_owned()].into());
        let wrong = page
            .get(DEFAULT)
            .map(|section| differences("x", &section.rows, &wanted));
        assert_eq!(
            wrong.unwrap_or_default(),
            [
                "x: `a` | `dockseal` | script has no reason",
                "x: not so: `b` | `a`, `dockseal` | ",
                "x: missing: `z` | `a` | "
            ]
        );
        let web = crates(&[("c", &["dockseal"]), ("d", &["c"]), ("e", &["d"])]);
        let wrong = page
            .get("`web`")
            .map(|section| added("x", section, &default, &web));
        assert_eq!(
            wrong.unwrap_or_default(),
            [
                "x: missing after \"Through them: \": e",
                "x: does not come through them: f"
            ]
        );
    }

    #[test]
    fn a_forbidden_feature_is_told_with_who_turns_it_on() {
        let mut crates = crates(&[("serde_json", &["dockseal"])]);
        assert!(never(&crates, "p", "all features").is_empty());
        if let Some(found) = crates.get_mut("serde_json") {
            found.features.insert("preserve_order".to_owned());
        }
        assert_eq!(
            never(&crates, "p", "all features"),
            ["p with all features turns on preserve_order of serde_json"]
        );
    }
}
