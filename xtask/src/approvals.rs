//! `schemas/approvals.toml`: findings that may be merged although they break something.
//!
//! An entry stands for one finding, by its fingerprint, until a day. It lets a change pass, and never
//! lowers the bump that the change asks for. Those of the base hold as well as those of the change;
//! the latter are shown, so that nobody relaxes a gate unseen.

use clap::ValueEnum as _;
use dockseal_codegen::review::{self, Finding, Review, Wire};
use jiff::civil::Date;

use crate::record::{File, Malformed, Record, quoted};

/// From the repository's directory.
pub(crate) const PATH: &str = "schemas/approvals.toml";

const KEYS: &[&str] = &["fingerprint", "rule", "api", "reason", "note", "expires"];

const FORM: &str = "an entry is written by: cargo xtask diff --approve FINGERPRINT --reason vendor-change --note \"why it is right\" --expires 2027-03-01";

/// Why a schema changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Reason {
    /// The vendor changed its service
    VendorChange,
    /// The vendor's document says more or something else; its service did not change
    DocRevision,
    /// The document was transcribed wrongly
    TranscriptionFix,
    /// Nobody uses it at the vendor's
    UnusedUpstream,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Approval {
    pub(crate) fingerprint: String,
    pub(crate) rule: String,
    /// The method, or the gateway where the finding is one of its settings.
    pub(crate) api: String,
    pub(crate) reason: Reason,
    pub(crate) note: String,
    /// The last day on which it holds.
    pub(crate) expires: Option<Date>,
    /// Where it is in the file, from 1.
    pub(crate) line: usize,
    pub(crate) origin: Origin,
}

/// Which side has an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The change brings it, or words it anew.
    Added,
    /// Both.
    Inherited,
    /// The change deletes it. It still holds for what it approved.
    Dropped,
}

/// All entries, of the base and of the change, on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Approvals {
    pub(crate) entries: Vec<Approval>,
    pub(crate) today: Date,
}

/// What `diff --approve` was told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    pub(crate) fingerprint: &'a str,
    pub(crate) reason: Option<Reason>,
    pub(crate) note: Option<&'a str>,
    pub(crate) expires: Option<Date>,
    pub(crate) today: Date,
}

/// Names another day than today, for trying out what happens then: `2027-03-02`.
pub(crate) const TODAY: &str = "DOCKSEAL_TODAY";

/// The day by which approvals are judged, in UTC. The only clock of these tasks.
pub(crate) fn today() -> Result<Date, String> {
    match std::env::var(TODAY) {
        Ok(day) => day.parse().map_err(|error| {
            format!("{TODAY} is no day: {error}\n  help: unset it, or set it to a day such as 2027-03-02")
        }),
        Err(_) => Ok(jiff::Timestamp::now()
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date()),
    }
}

impl Reason {
    /// As it is written in files.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Reason::VendorChange => "vendor-change",
            Reason::DocRevision => "doc-revision",
            Reason::TranscriptionFix => "transcription-fix",
            Reason::UnusedUpstream => "unused-upstream",
        }
    }

    /// What a file says.
    pub(crate) fn read(record: &Record<'_, '_>, key: &str) -> Result<Self, Malformed> {
        let written = record.text(key)?;
        let known = Self::value_variants();
        let found = known.iter().find(|reason| reason.text() == written.value);
        found.copied().ok_or_else(|| {
            let names: Vec<_> = known.iter().map(|reason| reason.text()).collect();
            let message = format!("there is no {key} `{}`", written.value);
            let help = format!("choose of {}", names.join(", "));
            record.file.wrong(written.line, message, help)
        })
    }
}

impl Approvals {
    /// Reads the file of both sides; none where there is no file.
    ///
    /// A base whose file is malformed approves nothing: it is what a change may be there to mend.
    pub(crate) fn read(
        base: Option<&[u8]>,
        head: Option<&[u8]>,
        today: Date,
    ) -> Result<Self, Malformed> {
        let mut inherited = base.map(parse).and_then(Result::ok).unwrap_or_default();
        let mut entries = head.map(parse).transpose()?.unwrap_or_default();
        for entry in &mut entries {
            if inherited.iter().any(|known| entry.says_the_same(known)) {
                entry.origin = Origin::Inherited;
            }
        }
        inherited.retain(|known| {
            let mut heads = entries.iter();
            !heads.any(|entry| entry.fingerprint == known.fingerprint)
        });
        entries.extend(inherited.into_iter().map(|entry| Approval {
            origin: Origin::Dropped,
            ..entry
        }));
        Ok(Self { entries, today })
    }

    /// The entry that approves a finding today.
    pub(crate) fn of(&self, finding: &Finding) -> Option<&Approval> {
        self.entries
            .iter()
            .find(|entry| entry.approves(finding, self.today))
    }
}

impl Approvals {
    /// Of each entry that names a finding and does not approve it, why.
    pub(crate) fn in_vain(&self, review: &Review) -> Vec<String> {
        let named = self.entries.iter().filter_map(|entry| {
            let finding = found(review, &entry.fingerprint)?;
            let (message, remedy) = entry.disagreement(finding, self.today)?;
            let side = match entry.origin {
                Origin::Dropped => " of the base",
                _ => "",
            };
            Some(format!(
                "the approval of {} in {PATH}:{}{side} does not count: {message}; write `{remedy}`",
                entry.fingerprint, entry.line
            ))
        });
        named.collect()
    }
}

impl Approval {
    /// Whether its last day is over.
    pub(crate) fn is_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last| last < today)
    }

    fn approves(&self, finding: &Finding, today: Date) -> bool {
        self.fingerprint == finding.fingerprint && self.disagreement(finding, today).is_none()
    }

    /// What it says otherwise than the finding of its fingerprint, and what to write instead.
    pub(crate) fn disagreement(&self, finding: &Finding, today: Date) -> Option<(String, String)> {
        if self.rule != finding.rule.id {
            Some((
                format!("`rule` says {}, the finding is of another", self.rule),
                format!("rule = \"{}\"", finding.rule.id),
            ))
        } else if self.api != subject(finding) {
            Some((
                format!("`api` says {}, the finding is of another", self.api),
                format!("api = \"{}\"", subject(finding)),
            ))
        } else if finding.severity == Wire::Breaking && self.expires.is_none() {
            Some((
                "`expires` is missing, and the finding is breaking".to_owned(),
                format!("expires = {}", later(today)),
            ))
        } else if self.is_expired(today) {
            Some((
                format!("its last day is over; today is {today}"),
                format!("expires = {}", later(today)),
            ))
        } else {
            None
        }
    }

    /// Its line and where it comes from apart.
    fn says_the_same(&self, other: &Approval) -> bool {
        let bare = |entry: &Approval| Approval {
            line: 0,
            origin: Origin::Added,
            ..entry.clone()
        };
        bare(self) == bare(other)
    }
}

/// What an entry calls the API of a finding.
pub(crate) fn subject(finding: &Finding) -> &str {
    finding.api.as_deref().unwrap_or(&finding.gateway)
}

/// The entries of a file, in its order.
fn parse(bytes: &[u8]) -> Result<Vec<Approval>, Malformed> {
    let file = File::new(PATH, bytes)?;
    let root = file.parse()?;
    let root = Record::open(file, 1, &root, &["approve"], FORM)?;
    let mut entries: Vec<Approval> = Vec::new();
    for record in root.records("approve", KEYS)? {
        let entry = entry(&record)?;
        let mut known = entries.iter();
        if let Some(twin) = known.find(|known| known.fingerprint == entry.fingerprint) {
            let message = format!(
                "`{}` is approved twice, first on line {}",
                entry.fingerprint, twin.line
            );
            return Err(file.wrong(entry.line, message, "delete one of the two"));
        }
        entries.push(entry);
    }
    Ok(entries)
}

fn entry(record: &Record<'_, '_>) -> Result<Approval, Malformed> {
    let fingerprint = record.fingerprint("fingerprint")?;
    let rule = record.text("rule")?;
    if review::rule(&rule.value).is_none() {
        let message = format!("there is no rule `{}`", rule.value);
        return Err(record.wrong(rule.line, message));
    }
    Ok(Approval {
        fingerprint,
        rule: rule.value,
        api: record.text("api")?.value,
        reason: Reason::read(record, "reason")?,
        note: record.text("note")?.value,
        expires: record.day("expires")?,
        line: record.line,
        origin: Origin::Added,
    })
}

/// The text of the file with one more entry; `text` is the file as it is, empty when there is none.
pub(crate) fn add(text: &str, review: &Review, wanted: &Wanted<'_>) -> Result<String, String> {
    let Wanted {
        fingerprint,
        reason,
        note,
        expires,
        today,
    } = *wanted;
    let Some(finding) = found(review, fingerprint) else {
        return Err(format!(
            "no finding has the fingerprint `{fingerprint}`\n  help: see them with: cargo xtask diff"
        ));
    };
    let entries = parse(text.as_bytes()).map_err(|error| error.to_string())?;
    if let Some(known) = entries
        .iter()
        .find(|entry| entry.fingerprint == fingerprint)
    {
        return Err(format!(
            "`{fingerprint}` is approved already\n --> {PATH}:{}\n  help: edit that entry, or delete it and approve anew",
            known.line
        ));
    }
    if let Some(day) = expires.filter(|day| *day < today) {
        return Err(format!(
            "{day} is over already; today is {today}\n  help: name a later day, as in: --expires {}",
            later(today)
        ));
    }
    let needs_day = finding.severity == Wire::Breaking && expires.is_none();
    let note = note.filter(|note| !note.trim().is_empty());
    let (Some(reason), Some(note), false) = (reason, note, needs_day) else {
        return Err(incomplete(wanted, needs_day));
    };
    let mut text = text.to_owned();
    if !text.is_empty() {
        text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
    }
    text.push_str("[[approve]]\n");
    for (key, value) in [
        ("fingerprint", fingerprint),
        ("rule", finding.rule.id),
        ("api", subject(finding)),
        ("reason", reason.text()),
        ("note", note),
    ] {
        text.push_str(&format!("{key} = {}\n", quoted(value)));
    }
    if let Some(day) = expires {
        text.push_str(&format!("expires = {day}\n"));
    }
    Ok(text)
}

fn found<'r>(review: &'r Review, fingerprint: &str) -> Option<&'r Finding> {
    let mut findings = review.findings.iter();
    findings.find(|finding| finding.fingerprint == fingerprint)
}

/// Says what is missing, and the command that has it.
fn incomplete(wanted: &Wanted<'_>, needs_day: bool) -> String {
    let mut missing = Vec::new();
    if wanted.reason.is_none() {
        missing.push("--reason");
    }
    if wanted.note.is_none_or(|note| note.trim().is_empty()) {
        missing.push("--note");
    }
    if needs_day {
        missing.push("--expires, which an approval of something breaking has to have");
    }
    let day = (needs_day || wanted.expires.is_some())
        .then(|| wanted.expires.unwrap_or_else(|| later(wanted.today)));
    format!(
        "the approval lacks {}\n  help: {}",
        missing.join(" and "),
        command(wanted.fingerprint, wanted.reason, wanted.note, day)
    )
}

/// The command that approves a finding; what is not known stands there as an example.
pub(crate) fn command(
    fingerprint: &str,
    reason: Option<Reason>,
    note: Option<&str>,
    expires: Option<Date>,
) -> String {
    let reason = reason.map_or("vendor-change", Reason::text);
    let note = quoted(note.unwrap_or("why it is right"));
    let expires = expires.map(|day| format!(" --expires {day}"));
    format!(
        "cargo xtask diff --approve {fingerprint} --reason {reason} --note {note}{}",
        expires.unwrap_or_default()
    )
}

/// A day by which an approval may be looked at again.
pub(crate) fn later(today: Date) -> Date {
    today.saturating_add(jiff::Span::new().months(3))
}
