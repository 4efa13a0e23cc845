//! A review with a finding of every kind, and texts that want to be something else.

use dockseal_codegen::review::{
    Answer, Axis, Because, Bump, Citation, Direction, Example, Finding, Flow, Item, Judged,
    Location, Review, Rule, Rust, Wire, rule,
};

use crate::diff::frame::{Facts, Frame, Problem};

/// Text that would be a cell, code, a tag, a link, a mention, a line, a command or an escape.
pub(super) const NASTY: &str = "a|b `c` <script>x</script> [d](https://e) @f &amp; *g* www.h.i ]]> %0A\r\n::error::j \u{1b}[31mk\u{202e}";

fn finding(id: &str, direction: Direction, flow: Option<Flow>, path: &str) -> Finding {
    let rule = rule(id).unwrap();
    let flowing = flow.unwrap_or(Flow::Sent);
    let (wire, rust) = (rule.wire(flowing, true), rule.rust(flowing));
    Finding {
        rule,
        gateway: "wangdian-flagship".to_owned(),
        api: Some("process.Process.upload".to_owned()),
        direction,
        flow,
        path: path.to_owned(),
        term: None,
        location: Location {
            path: "wangdian-flagship/process.Process.upload.json".to_owned(),
            pointer: "/$defs/ProcessUpload/properties/num".to_owned(),
            line: 12,
            column: 5,
            base: false,
            head: None,
        },
        old: None,
        new: None,
        wire,
        rust,
        severity: Axis::Both.severity(wire, rust),
        bump: Axis::Both.bump(wire, rust),
        items: Vec::new(),
        algebra: None,
        undecided: false,
        lost: None,
        example: None,
        source: None,
        affects: Vec::new(),
        fingerprint: String::new(),
    }
}

/// The review.
pub(super) fn review() -> Review {
    let (sent, received) = (Some(Flow::Sent), Some(Flow::Received));
    let narrowed = Finding {
        term: Some("数量".to_owned()),
        old: Some("{\"precision\":19,\"scale\":4}".to_owned()),
        new: Some("{\"precision\":10,\"scale\":2}".to_owned()),
        algebra: Some(Answer::No),
        lost: Some("decimals of 9 to 15 digits before the point".to_owned()),
        example: Some(Example {
            value: "\"123456789012345.1234\"".to_owned(),
            was_valid: true,
        }),
        source: Some(Citation {
            document: "wangdian-flagship.process".to_owned(),
            row: "param/11".to_owned(),
            sha256: Some("1f2e3d4c5b6a".to_owned()),
        }),
        items: vec![Item {
            name: "wangdian_flagship::ProcessUpload::new".to_owned(),
            old: Some("pub fn new(num: Decimal) -> Self".to_owned()),
            new: Some("pub fn new(num: i64) -> Self".to_owned()),
        }],
        rust: Rust::MajorType,
        ..finding(
            "decimal-narrowed",
            Direction::Request,
            sent,
            "/detail_list/*/num",
        )
    };
    let nasty = Finding {
        term: Some(NASTY.to_owned()),
        path: format!("/{NASTY}"),
        old: Some(format!("\"{NASTY}\"")),
        new: None,
        undecided: true,
        wire: Wire::Risky,
        algebra: Some(Answer::Unknown),
        location: Location {
            pointer: "/$defs/Reply/properties/x".to_owned(),
            line: 40,
            base: true,
            head: Some((33, 7)),
            ..narrowed.location.clone()
        },
        source: Some(Citation {
            document: "elsewhere".to_owned(),
            row: NASTY.to_owned(),
            sha256: None,
        }),
        ..finding("pattern-loosened", Direction::Reply, received, "")
    };
    let rewritten = Finding {
        wire: Wire::Risky,
        rust: Rust::Patch,
        severity: Wire::Risky,
        bump: Bump::Patch,
        algebra: Some(Answer::Yes),
        old: Some("[\"string\"]".to_owned()),
        new: Some("\"string\"".to_owned()),
        ..finding("type-narrowed", Direction::Request, sent, "")
    };
    let lengthened = Finding {
        old: Some("20".to_owned()),
        new: Some("40".to_owned()),
        ..finding("max-length-loosened", Direction::Request, sent, "/remark")
    };
    let worded = Finding {
        old: Some("\"Amount.\"".to_owned()),
        new: Some("\"Quantity.\"".to_owned()),
        ..finding("description-changed", Direction::Request, sent, "/num")
    };
    let removed = Finding {
        api: Some("process.Process.query".to_owned()),
        location: Location {
            path: "wangdian-flagship/process.Process.query.json".to_owned(),
            pointer: String::new(),
            line: 1,
            column: 1,
            base: true,
            head: None,
        },
        old: Some("\"加工单查询\"".to_owned()),
        ..finding("api-removed", Direction::Both, None, "")
    };
    let setting = Finding {
        api: None,
        location: Location {
            path: "wangdian-flagship/gateway.json".to_owned(),
            pointer: "/x-gateway/endpoints/0/url".to_owned(),
            line: 9,
            column: 21,
            base: false,
            head: None,
        },
        old: Some("\"https://api.example.com\"".to_owned()),
        new: Some("\"https://api2.example.com\"".to_owned()),
        affects: vec![
            "process.Process.upload".to_owned(),
            "process.Process.query".to_owned(),
        ],
        ..finding("address-changed", Direction::Both, None, "")
    };
    let mut findings = vec![
        setting, removed, narrowed, rewritten, lengthened, worded, nasty,
    ];
    for (number, finding) in findings.iter_mut().enumerate() {
        finding.fingerprint = format!("{number:x}123456789ab");
    }
    let judged = |api: &str, because| Judged {
        gateway: "wangdian-flagship".to_owned(),
        api: api.to_owned(),
        because,
    };
    Review {
        axis: Axis::Both,
        findings,
        judged: vec![
            judged("process.Process.query", Because::Removed),
            judged("process.Process.upload", Because::Changed),
        ],
        generated: vec!["wangdian_flagship/process_process_upload.rs".to_owned()],
    }
}

/// A review with one finding.
pub(super) fn of(rule: &'static Rule, flow: Flow) -> Review {
    let direction = match flow {
        Flow::Sent => Direction::Request,
        Flow::Received => Direction::Reply,
    };
    let mut finding = finding(rule.id, direction, Some(flow), "/num");
    finding.fingerprint = "abcdefabcdef".to_owned();
    Review {
        findings: vec![finding],
        ..Review::default()
    }
}

/// What stands around it.
pub(super) fn frame() -> Frame {
    Frame {
        base: "1a2b3c4d5e6f, the merge base of HEAD and origin/main".to_owned(),
        head: "the work tree".to_owned(),
        schemas: "schemas".to_owned(),
        files: [
            "wangdian-flagship/gateway.json",
            "wangdian-flagship/process.Process.upload.json",
        ]
        .map(str::to_owned)
        .into(),
        documents: [(
            "wangdian-flagship.process".to_owned(),
            "https://doc.example.com/?a=\"b\"&c=d".to_owned(),
        )]
        .into(),
        approved: [(
            "0123456789ab".to_owned(),
            "vendor-change until 2027-03-01: announced".to_owned(),
        )]
        .into(),
        facts: Facts {
            needs: Some("0.2.0".to_owned()),
            changelog: Some("missing".to_owned()),
            generated: Some("fresh".to_owned()),
            provenance: Some("3 of 3 rows cited".to_owned()),
        },
        problems: vec![Problem {
            id: "changelog-missing".to_owned(),
            message: "2 findings are in no fragment".to_owned(),
            help: "cargo xtask diff --write-changelog".to_owned(),
            path: "schemas/changes".to_owned(),
            line: 0,
            column: 0,
            fails: true,
        }],
        skipped: vec!["semver: cargo-semver-checks is not installed".to_owned()],
        notes: vec!["what judges the schemas changes too: xtask/src/main.rs".to_owned()],
        ..Frame::default()
    }
}
