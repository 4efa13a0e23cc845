//! Odd input: whatever the bytes are, the library answers, the same way each time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dockseal_codegen::keyword::{Disposition, Keyword, Vocabulary};
use dockseal_codegen::{Code, Diagnostics, SourceFile, check_rows, citations, lint, lower};

/// The schemas of this repository.
fn schemas() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let mut files = Vec::new();
    for entry in fs::read_dir(&root).unwrap() {
        let directory = entry.unwrap().path();
        if !directory.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            let (gateway, file) = (directory.file_name().unwrap(), path.file_name().unwrap());
            let name = format!("{}/{}", gateway.to_str().unwrap(), file.to_str().unwrap());
            files.push(SourceFile {
                path: name,
                bytes: fs::read(&path).unwrap(),
            });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures")
            .join(name),
    )
    .unwrap()
}

/// One API file beside the shared gateway.
fn with_gateway(bytes: impl Into<Vec<u8>>) -> Vec<SourceFile> {
    vec![
        SourceFile {
            path: "demo/demo.thing.json".to_owned(),
            bytes: bytes.into(),
        },
        SourceFile {
            path: "demo/gateway.json".to_owned(),
            bytes: fixture("gateway.json"),
        },
    ]
}

fn codes(diagnostics: &Diagnostics) -> Vec<&'static str> {
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.as_str())
        .collect()
}

/// Numbers that look random and are the same each time.
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

#[test]
fn the_schemas_of_this_repository_are_right() {
    let files = schemas();
    let ir = lower(&files).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    assert!(!ir.gateways.is_empty());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/sources.lock");
    let lock = SourceFile {
        path: "sources.lock".to_owned(),
        bytes: fs::read(root).unwrap(),
    };
    let diagnostics = check_rows(&files, &lock);
    assert!(diagnostics.is_empty(), "{diagnostics}");
}

#[test]
fn the_order_of_files_does_not_matter() {
    let files = schemas();
    let expected = lower(&files).unwrap();
    let cited = citations(&files);
    let mut shuffled = files.clone();
    let mut random = Xorshift(7);
    for _ in 0..10 {
        for n in (1..shuffled.len()).rev() {
            shuffled.swap(n, random.below(n + 1));
        }
        assert_eq!(lower(&shuffled).unwrap(), expected);
        assert_eq!(citations(&shuffled), cited);
    }
}

#[test]
fn diagnostics_do_not_depend_on_the_order_of_files() {
    let mut files = with_gateway("{\"a\": 1,}");
    files.push(SourceFile {
        path: "notes.txt".to_owned(),
        bytes: b"x".to_vec(),
    });
    let expected = lower(&files).unwrap_err();
    files.reverse();
    assert_eq!(lower(&files).unwrap_err(), expected);
}

#[test]
fn deep_nesting_is_a_diagnostic() {
    for open in ["[", "{\"a\":"] {
        let diagnostics = lower(&with_gateway(open.repeat(200_000))).unwrap_err();
        assert!(
            codes(&diagnostics).contains(&Code::TooDeep.as_str()),
            "{diagnostics}"
        );
        assert!(diagnostics.to_string().len() < 5_000);
    }
}

#[test]
fn a_huge_file_is_a_diagnostic() {
    let mut bytes = fixture("api.json");
    bytes.resize(4 * 1024 * 1024 + 1, b' ');
    let diagnostics = lower(&with_gateway(bytes)).unwrap_err();
    let golden = String::from_utf8(fixture("D002-huge.txt")).unwrap();
    assert_eq!(format!("{diagnostics}\n"), golden.replace("\r\n", "\n"));
}

#[test]
fn a_large_file_takes_its_time_but_not_more() {
    use std::fmt::Write as _;
    let mut properties = String::new();
    for n in 0..20_000 {
        write!(
            properties,
            "{}\"p{n}\": {{\"type\": \"string\"}}",
            if n > 0 { "," } else { "" }
        )
        .unwrap();
    }
    let api = String::from_utf8(fixture("api.json")).unwrap();
    let api = api.replace("\"a\": {\"type\": \"string\"}", &properties);
    assert!(api.len() > 500_000);
    assert!(lower(&with_gateway(api)).is_ok());
}

#[test]
fn invalid_utf8_is_a_diagnostic() {
    let mut bytes = fixture("api.json");
    bytes.insert(100, 0xFF);
    let diagnostics = lower(&with_gateway(bytes)).unwrap_err();
    assert_eq!(codes(&diagnostics), [Code::NotUtf8.as_str()]);
}

#[test]
fn a_broken_gateway_is_told_once() {
    let mut files = with_gateway(fixture("api.json"));
    if let Some(gateway) = files.last_mut() {
        gateway.bytes.truncate(300);
    }
    let diagnostics = lower(&files).unwrap_err();
    assert!(
        diagnostics.iter().all(|d| d.path == "demo/gateway.json"),
        "{diagnostics}"
    );
}

#[test]
fn no_bytes_make_it_panic() {
    let files = schemas();
    let lock = SourceFile {
        path: "sources.lock".to_owned(),
        bytes: b"{\"documents\":{}}".to_vec(),
    };
    let mut random = Xorshift(2012);
    for round in 0..300 {
        let target = random.below(files.len());
        let path = files.get(target).map(|file| file.path.clone()).unwrap();
        let (gateway, _) = path.split_once('/').unwrap();
        let mut broken = files.clone();
        broken.retain(|file| file.path.starts_with(gateway));
        let target = broken.iter().position(|file| file.path == path).unwrap();
        let bytes = &mut broken.get_mut(target).unwrap().bytes;
        for _ in 0..=random.below(3) {
            mutate(bytes, round % 5, &mut random);
        }
        if let Err(diagnostics) = lower(&broken) {
            assert!(!diagnostics.is_empty());
            assert!(!diagnostics.to_string().is_empty());
        }
        let _ = lint(&broken);
        let _ = check_rows(&broken, &lock);
    }
}

fn mutate(bytes: &mut Vec<u8>, how: usize, random: &mut Xorshift) {
    let at = random.below(bytes.len());
    match how {
        0 => bytes.truncate(at),
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        2 => {
            // A piece of JSON in the wrong place.
            const PIECES: &[&str] = &["{", "}", "[", "]", ",", ":", "\"", "null", "-1", "\\u"];
            let piece = PIECES.get(random.below(PIECES.len())).unwrap();
            bytes.splice(at..at, piece.bytes());
        }
        3 => {
            let end = (at + random.below(40)).min(bytes.len());
            bytes.drain(at..end);
        }
        _ => {
            // Exchanges two strings: well-formed, but nonsense.
            let text = String::from_utf8_lossy(bytes).into_owned();
            let words: Vec<&str> = text.split('"').collect();
            let (a, b) = (random.below(words.len()), random.below(words.len()));
            if a % 2 == 1 && b % 2 == 1 {
                let mut words = words.clone();
                words.swap(a, b);
                *bytes = words.join("\"").into_bytes();
            }
        }
    }
}

/// Every keyword of the 2020-12 meta-schemas, vocabulary by vocabulary.
const VOCABULARIES: &[(Vocabulary, &[&str])] = &[
    (
        Vocabulary::Core,
        &[
            "$id",
            "$schema",
            "$ref",
            "$anchor",
            "$dynamicRef",
            "$dynamicAnchor",
            "$vocabulary",
            "$comment",
            "$defs",
        ],
    ),
    (
        Vocabulary::Applicator,
        &[
            "prefixItems",
            "items",
            "contains",
            "additionalProperties",
            "properties",
            "patternProperties",
            "dependentSchemas",
            "propertyNames",
            "if",
            "then",
            "else",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
        ],
    ),
    (
        Vocabulary::Unevaluated,
        &["unevaluatedItems", "unevaluatedProperties"],
    ),
    (
        Vocabulary::Validation,
        &[
            "type",
            "const",
            "enum",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxContains",
            "minContains",
            "maxProperties",
            "minProperties",
            "required",
            "dependentRequired",
        ],
    ),
    (
        Vocabulary::MetaData,
        &[
            "title",
            "description",
            "default",
            "deprecated",
            "readOnly",
            "writeOnly",
            "examples",
        ],
    ),
    (Vocabulary::Format, &["format"]),
    (
        Vocabulary::Content,
        &["contentEncoding", "contentMediaType", "contentSchema"],
    ),
];

#[test]
fn every_keyword_of_json_schema_has_one_disposition() {
    for (vocabulary, keywords) in VOCABULARIES {
        let here: BTreeSet<&str> = Keyword::all()
            .iter()
            .filter(|keyword| keyword.vocabulary() == *vocabulary)
            .map(|keyword| keyword.text())
            .collect();
        assert_eq!(here, keywords.iter().copied().collect::<BTreeSet<_>>());
    }
    for keyword in Keyword::all() {
        let same = Keyword::all()
            .iter()
            .filter(|other| other.text() == keyword.text())
            .count();
        assert_eq!(same, 1, "{}", keyword.text());
        assert_eq!(Keyword::named(keyword.text()), Some(*keyword));
        if keyword.vocabulary() == Vocabulary::Dockseal {
            assert!(keyword.text().starts_with("x-"));
        }
        if let Disposition::Rejected(help) = keyword.disposition() {
            assert!(!help.is_empty());
        }
    }
}

#[test]
fn the_machine_form_is_one_line_of_json() {
    let diagnostics = lower(&with_gateway("{\"标题\": 1, \"标题\": 2")).unwrap_err();
    let duplicate = diagnostics
        .iter()
        .find(|d| d.code == Code::DuplicateKey)
        .unwrap();
    assert_eq!(
        duplicate.to_json(),
        "{\"code\":\"D007\",\"path\":\"demo/demo.thing.json\",\"line\":1,\"column\":11,\
         \"pointer\":\"\",\"message\":\"the key `标题` stands twice in one object\",\
         \"help\":\"delete or rename one of them\",\"labels\":[{\
         \"path\":\"demo/demo.thing.json\",\"line\":1,\"column\":2,\"pointer\":\"\",\
         \"message\":\"first here\"}]}"
    );
}
