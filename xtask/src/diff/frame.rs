//! What a report needs to know beside the review: what was compared, what is approved, and what the
//! other gates say.

use std::collections::{BTreeMap, BTreeSet};

use dockseal_codegen::review::{Bump, Finding, Review, Wire};

use super::options::FailOn;

/// The frame around a review. What a gate did not look at, it leaves out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    /// `1a2b3c4d5e6f, the merge base of HEAD and origin/main`
    pub(crate) base: String,
    /// `worktree`, or a commit.
    pub(crate) head: String,
    /// The directory of the schemas, from the repository's.
    pub(crate) schemas: String,
    /// The head's files below it.
    pub(crate) files: BTreeSet<String>,
    /// Addresses of the vendors' documents, by their names in the lock.
    pub(crate) documents: BTreeMap<String, String>,
    /// Who approved which fingerprint: `doc-revision until 2027-03-01: it never took more`
    pub(crate) approved: BTreeMap<String, String>,
    /// Nothing was compared: there is no review to tell of.
    pub(crate) unreviewed: bool,
    /// What fails.
    pub(crate) fail_on: FailOn,
    /// Text shows everything.
    pub(crate) verbose: bool,
    /// What other gates say, for the first line.
    pub(crate) facts: Facts,
    /// What other gates found.
    pub(crate) problems: Vec<Problem>,
    /// What was not looked at, and why.
    pub(crate) skipped: Vec<String>,
    /// What a reviewer should know beside.
    pub(crate) notes: Vec<String>,
}

/// What other gates say in a word or two.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// The version that the change needs: `0.2.0`.
    pub(crate) needs: Option<String>,
    /// `present`, `missing`.
    pub(crate) changelog: Option<String>,
    /// `fresh`, `stale`.
    pub(crate) generated: Option<String>,
    /// `3 of 3 rows cited`.
    pub(crate) provenance: Option<String>,
}

/// Something that a gate other than the review found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// `changelog-missing`
    pub(crate) id: String,
    /// What is wrong, in a sentence.
    pub(crate) message: String,
    /// The remedy; may be empty.
    pub(crate) help: String,
    /// From the repository's directory; may be empty.
    pub(crate) path: String,
    /// From 1.
    pub(crate) line: usize,
    /// From 1.
    pub(crate) column: usize,
    /// It fails; otherwise it warns.
    pub(crate) fails: bool,
}

/// Where an annotation can point: a file of the head, from the repository's directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Problem {
    /// Where an annotation can point, if anywhere.
    pub(crate) fn place(&self) -> Option<Place> {
        let place = Place {
            path: self.path.clone(),
            line: self.line.max(1),
            column: self.column.max(1),
        };
        (!self.path.is_empty()).then_some(place)
    }
}

impl Frame {
    /// Who approved a finding.
    pub(crate) fn approval(&self, finding: &Finding) -> Option<&str> {
        self.approved.get(&finding.fingerprint).map(String::as_str)
    }

    /// Whether a finding fails the review.
    pub(crate) fn fails(&self, finding: &Finding) -> bool {
        self.fail_on.takes(finding.severity) && self.approval(finding).is_none()
    }

    /// How much fails.
    pub(crate) fn failures(&self, review: &Review) -> usize {
        let findings = review.findings.iter().filter(|finding| self.fails(finding));
        let problems = self.problems.iter().filter(|problem| problem.fails);
        findings.count() + problems.count()
    }

    /// Whether all was looked at, and there is nothing to say of it.
    pub(crate) fn is_quiet(&self, review: &Review) -> bool {
        let found = !review.findings.is_empty() || !self.problems.is_empty();
        !found && !self.unreviewed && self.skipped.is_empty()
    }

    /// Where a finding is shown. What is gone is shown where it was missed: at the place around it,
    /// at the file's beginning, or at the gateway's.
    pub(crate) fn place(&self, finding: &Finding) -> Place {
        let location = &finding.location;
        let gateway = format!("{}/gateway.json", finding.gateway);
        let (path, (line, column)) = if !location.base {
            (&location.path, (location.line, location.column))
        } else if let Some(head) = location.head {
            (&location.path, head)
        } else if !self.files.contains(&location.path) && self.files.contains(&gateway) {
            (&gateway, (1, 1))
        } else {
            (&location.path, (1, 1))
        };
        Place {
            path: format!("{}/{path}", self.schemas),
            line,
            column,
        }
    }

    /// The line that comes first: `2 breaking, 1 risky, 14 compatible; needs 0.2.0; changelog: missing`
    pub(crate) fn verdict(&self, review: &Review) -> String {
        let mut parts = vec![self.tally(review)];
        let facts = &self.facts;
        match (&facts.needs, review.bump()) {
            (Some(version), _) => parts.push(format!("needs {version}")),
            (None, Bump::None) => {}
            (None, bump) => parts.push(format!("needs a {} bump", bump.text())),
        }
        for (name, fact) in [
            ("changelog", &facts.changelog),
            ("generated code", &facts.generated),
            ("provenance", &facts.provenance),
        ] {
            parts.extend(fact.iter().map(|fact| format!("{name}: {fact}")));
        }
        match self.problems.len() {
            0 => {}
            1 => parts.push("1 other problem".to_owned()),
            many => parts.push(format!("{many} other problems")),
        }
        if !self.skipped.is_empty() {
            parts.push("not everything was looked at".to_owned());
        }
        parts.join("; ")
    }

    /// `2 breaking, 1 risky`
    pub(crate) fn tally(&self, review: &Review) -> String {
        if self.unreviewed {
            return "not compared with a base".to_owned();
        }
        if review.findings.is_empty() {
            return "no change of meaning".to_owned();
        }
        let mut parts = Vec::new();
        for severity in [Wire::Breaking, Wire::Risky, Wire::Compatible, Wire::Docs] {
            let count = review.count(severity);
            let all = review.findings.iter();
            let approved = all
                .filter(|finding| finding.severity == severity && self.approval(finding).is_some())
                .count();
            if count > 0 || severity == Wire::Breaking {
                parts.push(match approved {
                    0 => format!("{count} {}", severity.text()),
                    _ => format!("{count} {} ({approved} approved)", severity.text()),
                });
            }
        }
        parts.join(", ")
    }
}
