//! `dockseal demo`: every API and every way in which a call ends, over real HTTP against a sandbox
//! in this process. What is shown is a table of scenes; nothing below it knows a method by name.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use dockseal::api::AnyApi;
use dockseal::object::write::{Escape, to_json};
use dockseal::{Keys, blocking};
use serde_json::{Value, json};
use std::fmt::Write as _;

use super::ending::{Ending, Kind};
use super::{Context, find_api, given};
use crate::exit::Exit;
use crate::language::{Language, Said};
use crate::output::{Answer, BAD, Complaint, GOOD, LABEL};
use crate::sandbox::{Entry, Fault, Outcome, Running, Sandbox, TestAccount, account};

const FLAGSHIP: &str = "process.Process.upload";
const ENTERPRISE: &str = "stockin_refund_push.php";
const TOP: &str = "alibaba.wdk.protocol.callback";
const TRANSFER: &str = "wms.transferorder.update";
const STOCKIN: &str = "wms.stockin.status_update";

/// One call, and how it has to end.
struct Scene {
    method: &'static str,
    /// What is special about it.
    about: [&'static str; 2],
    /// A change of the document's example.
    change: Option<(&'static str, &'static str)>,
    /// What befalls the first attempt.
    fault: Option<Fault>,
    /// A credential that is not the account's.
    wrong: Option<(&'static str, &'static str)>,
    ends: Kind,
    /// What the sandbox has to see: one entry for each send.
    seen: &'static [Outcome],
}

impl Scene {
    /// The document's example, accepted.
    const fn example(method: &'static str) -> Scene {
        Scene {
            method,
            about: ["", ""],
            change: None,
            fault: None,
            wrong: None,
            ends: Kind::Ok,
            seen: &[Outcome::Accepted],
        }
    }
}

const SCENES: [Scene; 11] = [
    Scene::example(FLAGSHIP),
    Scene::example(ENTERPRISE),
    Scene::example(TOP),
    Scene::example(TRANSFER),
    Scene::example(STOCKIN),
    Scene {
        about: ["the same outer_no again", "相同 outer_no 再推一次"],
        ends: Kind::Duplicate,
        seen: &[Outcome::Duplicate],
        ..Scene::example(ENTERPRISE)
    },
    Scene {
        about: ["an order that fails its audit", "单据审核失败"],
        change: Some((
            r#""operator_name""#,
            r#""remark":"AUDIT-FAIL","operator_name""#,
        )),
        ends: Kind::Partial,
        seen: &[Outcome::Partial],
        ..Scene::example(FLAGSHIP)
    },
    Scene {
        about: ["too many calls", "调用过于频繁"],
        fault: Some(Fault::Throttled),
        ends: Kind::Throttled,
        seen: &[Outcome::Throttled],
        ..Scene::example(FLAGSHIP)
    },
    Scene {
        about: [
            "reset after sending, no idempotency field",
            "发送后断开，无幂等字段",
        ],
        fault: Some(Fault::ResetAfter),
        ends: Kind::Unknown,
        ..Scene::example(FLAGSHIP)
    },
    Scene {
        about: [
            "reset after sending, out_bill_code makes a repeat harmless",
            "发送后断开，out_bill_code 保证可重发",
        ],
        change: Some((r#"\"out_bill_code\":\"11\""#, r#"\"out_bill_code\":\"12\""#)),
        fault: Some(Fault::ResetAfter),
        seen: &[Outcome::Accepted, Outcome::Repeated],
        ..Scene::example(TOP)
    },
    Scene {
        about: ["signed with another secret", "用错误的密钥签名"],
        wrong: Some(("token", "not-the-token")),
        ends: Kind::Signature,
        seen: &[Outcome::Refused("signature")],
        ..Scene::example(TRANSFER)
    },
];

/// What the sandbox said of its requests.
type Entries = Arc<Mutex<Vec<Entry>>>;

/// A scene that was played.
struct Played {
    scene: &'static Scene,
    ending: Ending,
    entries: Vec<Entry>,
    took: Duration,
}

impl Played {
    fn is_expected(&self) -> bool {
        let seen = self.entries.iter().map(|entry| entry.seen.outcome);
        self.ending.kind == self.scene.ends && seen.eq(self.scene.seen.iter().copied())
    }

    /// How often it was sent, and how often it took effect.
    fn counts(&self) -> (usize, usize) {
        let effects = self
            .entries
            .iter()
            .filter(|entry| matches!(entry.seen.outcome, Outcome::Accepted | Outcome::Partial));
        (self.entries.len(), effects.count())
    }

    /// Why the sandbox refused it.
    fn explained(&self) -> impl Iterator<Item = &Said> {
        let refused = self.ending.kind == Kind::Signature;
        let last = self.entries.last().filter(|_| refused);
        last.into_iter()
            .flat_map(|entry| entry.seen.reason.iter().chain(&entry.details))
    }

    fn text(&self, language: Language) -> String {
        let Played {
            scene,
            ending,
            took,
            ..
        } = self;
        let (sends, effects) = self.counts();
        let mut out = format!("{LABEL}push{LABEL:#}  {}", scene.method);
        let [en, zh] = scene.about;
        let about = language.pick(en, zh);
        if !about.is_empty() {
            let _ = write!(out, " ({about})");
        }
        let _ = write!(out, " → {}", short(&ending.came_back(language)));
        if scene.fault.is_some() {
            let _ = match language {
                Language::En => write!(out, "  [sends {sends}, effects {effects}]"),
                Language::Zh => write!(out, "  [发送 {sends} 次，生效 {effects} 次]"),
            };
        }
        let (style, word) = if self.is_expected() {
            (GOOD, language.pick("expected", "符合预期"))
        } else {
            (BAD, language.pick("NOT expected", "不符合预期"))
        };
        let _ = writeln!(
            out,
            " = {}, {style}{word}{style:#}  {} ms",
            ending.kind.meaning(language),
            took.as_millis()
        );
        for said in self.explained() {
            let _ = writeln!(out, "      {}", short(said.text(language)));
        }
        if let (Kind::Signature, Ok(any)) = (ending.kind, find_api(scene.method)) {
            let find = format!(
                "dockseal sign find {} --request FILE --secret env:NAME",
                any.api().gateway.name
            );
            let _ = writeln!(
                out,
                "      {}: {find}",
                language.pick("names the mistake", "查找原因")
            );
        }
        out
    }

    fn json(&self, language: Language) -> Value {
        let (sends, effects) = self.counts();
        let [en, zh] = self.scene.about;
        let explained: Vec<_> = self.explained().map(|said| said.text(language)).collect();
        json!({
            "method": self.scene.method, "about": language.pick(en, zh),
            "fault": self.scene.fault.map(Fault::name), "sends": sends, "effects": effects,
            "ending": self.ending.json(language), "expected": self.is_expected(),
            "milliseconds": self.took.as_millis(), "explained": explained,
        })
    }
}

/// Plays every scene.
pub(super) fn run(context: Context) -> Result<Answer, Complaint> {
    let language = context.language;
    let entries = Entries::default();
    let told = Arc::clone(&entries);
    let sandbox = Sandbox::builder().log(move |entry| {
        told.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(entry.clone());
    });
    let sandbox = sandbox
        .start()
        .map_err(|error| Complaint::usage(Said::new(error.to_string(), error.zh())))?;
    let mut played = Vec::with_capacity(SCENES.len());
    for scene in &SCENES {
        played.push(play(scene, &sandbox, &entries)?);
    }
    let expected = played.iter().filter(|played| played.is_expected()).count();
    let title = language.pick(
        "sandbox in this process, nothing leaves this machine",
        "沙箱在本进程内，不发送到外部",
    );
    let mut text = format!("{LABEL}{}{LABEL:#}  {title}\n", sandbox.base_url(""));
    for played in &played {
        text.push_str(&played.text(language));
    }
    let (all, next) = (
        played.len(),
        "dockseal call --help | dockseal sign find --help",
    );
    let _ = match language {
        Language::En => writeln!(text, "next: {next}\n{expected} of {all} as expected"),
        Language::Zh => writeln!(text, "下一步：{next}\n{all} 项中 {expected} 项符合预期"),
    };
    let exit = if expected == all {
        Exit::Ok
    } else {
        Exit::Rejected
    };
    let scenes: Vec<_> = played.iter().map(|played| played.json(language)).collect();
    Ok(Answer::new(
        exit,
        text,
        &json!({ "scenes": scenes, "expected": expected, "of": all }),
    ))
}

fn play(scene: &'static Scene, sandbox: &Running, entries: &Entries) -> Result<Played, Complaint> {
    let any = find_api(scene.method)?;
    let request = given::request(any, example(any, scene)?.as_bytes())?;
    // Each has a client of its own: "too often" holds the next calls of a client back.
    let client = blocking::Client::any(keys(any, scene)?)
        .base_url(sandbox.base_url(any.api().gateway.name))
        .build()
        .map_err(|error| Complaint::usage(Said::new(error.to_string(), error.zh())))?;
    sandbox.plan([scene.fault]);
    let started = Instant::now();
    let end = client.call_any(any, &*request);
    let took = started.elapsed();
    Ok(Played {
        scene,
        ending: Ending::of(&end, |reply| to_json(&**reply, Escape::Raw)),
        entries: std::mem::take(&mut *entries.lock().unwrap_or_else(PoisonError::into_inner)),
        took,
    })
}

fn example(any: &dyn AnyApi, scene: &Scene) -> Result<String, Complaint> {
    let lacking = || Complaint::usage(Said::new("the method has no example", "该接口没有示例"));
    let example = given::example(any).ok_or_else(lacking)?;
    Ok(match scene.change {
        Some((from, to)) => example.replacen(from, to, 1),
        None => example.to_owned(),
    })
}

fn keys(any: &dyn AnyApi, scene: &Scene) -> Result<Keys, Complaint> {
    let gateway = any.api().gateway;
    let mut keys = account(gateway.name)
        .and_then(TestAccount::keys)
        .unwrap_or_else(|| Keys::new(gateway));
    if let Some((name, text)) = scene.wrong {
        keys.set(name, text)
            .map_err(|error| given::credential(&error))?;
    }
    Ok(keys)
}

/// Characters of a reply, or of an explanation, in a line.
const SHOWN: usize = 120;

fn short(text: &str) -> String {
    let text = text.replace('\n', " ");
    let mut short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
