//! JUnit: a test case for each message of each API that was looked at.

use std::collections::BTreeMap;

use dockseal_codegen::review::{Direction, Finding, Review};

use super::frame::Frame;
use super::words::told_whole;

/// A gateway, and the API and half of a test case.
type Case<'r> = (&'r str, Option<&'r str>, Direction);

/// The document.
pub(crate) fn render(review: &Review, frame: &Frame) -> String {
    let mut cases: BTreeMap<Case<'_>, Vec<&Finding>> = BTreeMap::new();
    for judged in &review.judged {
        for direction in [Direction::Request, Direction::Reply] {
            cases
                .entry((&judged.gateway, Some(&judged.api), direction))
                .or_default();
        }
    }
    for finding in &review.findings {
        let case = (
            finding.gateway.as_str(),
            finding.api.as_deref(),
            finding.direction,
        );
        cases.entry(case).or_default().push(finding);
    }
    let mut suites: BTreeMap<&str, Suite> = BTreeMap::new();
    for ((gateway, api, direction), findings) in cases {
        let half = match direction {
            Direction::Both => "settings",
            half => half.text(),
        };
        let name = api.map_or_else(|| half.to_owned(), |api| format!("{api} {half}"));
        let failures = findings.iter().filter(|finding| frame.fails(finding));
        let failures = failures.map(|finding| {
            let title = format!("{}: {}", finding.severity.text(), finding.rule.title);
            failure(finding.rule.id, &title, &told_whole(finding))
        });
        suites
            .entry(gateway)
            .or_default()
            .case(gateway, &name, &failures.collect::<Vec<_>>());
    }
    for problem in frame.problems.iter().filter(|problem| problem.fails) {
        let text = format!("{}:{}\n{}", problem.path, problem.line, problem.help);
        let failure = failure(&problem.id, &problem.message, &text);
        suites
            .entry("gates")
            .or_default()
            .case("gates", &problem.id, &[failure]);
    }
    for skipped in &frame.skipped {
        let skipped = format!("<skipped message=\"{}\"/>", escaped(skipped));
        suites
            .entry("gates")
            .or_default()
            .passed_over("gates", &skipped);
    }
    document(&suites)
}

/// What stands in place of the cases when nothing could be judged.
pub(crate) fn unjudged(error: &str) -> String {
    let error = anstream::adapter::strip_str(error).to_string();
    let first = error.lines().next().unwrap_or_default();
    let mut suites: BTreeMap<&str, Suite> = BTreeMap::new();
    let failure = failure("not-judged", first, &error);
    suites
        .entry("gates")
        .or_default()
        .case("gates", "schemas can be judged", &[failure]);
    document(&suites)
}

/// The cases of a gateway.
#[derive(Default)]
struct Suite {
    text: String,
    tests: usize,
    failures: usize,
    skipped: usize,
}

impl Suite {
    /// A case, which fails once at most, whatever it found.
    fn case(&mut self, class: &str, name: &str, failures: &[String]) {
        self.failures += usize::from(!failures.is_empty());
        self.add(class, name, &failures.concat());
    }

    fn passed_over(&mut self, class: &str, skipped: &str) {
        self.skipped += 1;
        self.add(class, &format!("step {}", self.skipped), skipped);
    }

    fn add(&mut self, class: &str, name: &str, inside: &str) {
        self.tests += 1;
        self.text.push_str(&format!(
            "    <testcase classname=\"{}\" name=\"{}\">{inside}</testcase>\n",
            escaped(class),
            escaped(name)
        ));
    }
}

fn document(suites: &BTreeMap<&str, Suite>) -> String {
    let sum = |count: fn(&Suite) -> usize| suites.values().map(count).sum::<usize>();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"dockseal schema review\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">\n",
        sum(|suite| suite.tests),
        sum(|suite| suite.failures),
        sum(|suite| suite.skipped)
    );
    for (name, suite) in suites {
        out.push_str(&format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">\n{}  </testsuite>\n",
            escaped(name),
            suite.tests,
            suite.failures,
            suite.skipped,
            suite.text
        ));
    }
    out.push_str("</testsuites>\n");
    out
}

fn failure(kind: &str, message: &str, text: &str) -> String {
    format!(
        "<failure type=\"{}\" message=\"{}\">{}</failure>",
        escaped(kind),
        escaped(message),
        escaped(text)
    )
}

/// Text of XML 1.0, which has no control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}
