//! What a run of cargo-mutants comes to, and that its settings and ours are the same.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use toml::de::DeTable;

use super::*;

const SURVIVOR: &str = "bindings/src/outcome.rs: replace < with <= in next";

fn mutant(name: &str, fate: Fate) -> Mutant {
    Mutant {
        module: Module::Classify,
        name: name.to_owned(),
        fate,
        seconds: 1.5,
    }
}

fn explained(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn compare(mutants: &[Mutant], names: &[&str]) -> Report {
    Report::of(&[Module::Classify], mutants, &explained(names))
}

#[test]
fn the_modules_are_what_cargo_mutants_alone_examines() {
    let path = tree::root().join(".cargo/mutants.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let settings = DeTable::parse(&text).unwrap().into_inner();
    let globs = settings.get("examine_globs").unwrap().get_ref();
    let globs = globs.as_array().unwrap().iter();
    let mut globs: Vec<_> = globs.map(|glob| glob.get_ref().as_str().unwrap()).collect();
    let mut files: Vec<_> = Module::value_variants()
        .iter()
        .flat_map(|module| module.files().iter().copied())
        .collect();
    globs.sort_unstable();
    files.sort_unstable();
    assert_eq!(files, globs);
}

#[test]
fn the_explanations_of_this_repository_are_well_formed_and_of_its_modules() {
    let bytes = std::fs::read(tree::root().join(EXPLANATIONS)).unwrap();
    for name in explanations(&bytes).unwrap() {
        let (file, what) = name.split_once(": ").unwrap();
        assert!(Module::of(file).is_some() && !what.is_empty(), "{name}");
        assert!(tree::root().join(file).is_file(), "{name}");
    }
}

#[test]
fn a_survivor_has_to_be_explained_once_for_each_place() {
    let two = [
        mutant(SURVIVOR, Fate::Survived),
        mutant(SURVIVOR, Fate::Survived),
    ];
    let report = compare(&two, &[SURVIVOR]);
    assert_eq!(report.unexplained, [SURVIVOR]);
    assert!(!report.passed());
    let report = compare(&two, &[SURVIVOR, SURVIVOR]);
    assert!(report.passed());
    assert_eq!(
        report.text(),
        "classify: 2 planted, 0 caught, 0 timed out, 0 not viable, 2 survived and explained, 0 survived; 3 s\n"
    );
}

#[test]
fn an_explanation_of_what_is_caught_is_obsolete() {
    for fate in [Fate::Caught, Fate::TimedOut, Fate::Unviable] {
        let report = compare(&[mutant(SURVIVOR, fate)], &[SURVIVOR]);
        assert_eq!(report.obsolete, [SURVIVOR]);
        assert!(
            report
                .text()
                .contains("did not survive: bindings/src/outcome.rs")
        );
    }
    // One whose place is not there any more, too; one of a module that was not asked for is kept.
    assert_eq!(compare(&[], &["bindings/src/gone.rs: x"]).obsolete.len(), 1);
    assert!(compare(&[], &["bindings/src/sign/order.rs: x"]).passed());
}

#[test]
fn an_outcome_of_cargo_mutants_is_read_without_its_line() {
    let planted = json!({
        "name": "bindings/src/sign/order.rs:130:9: replace < with <= in existing",
        "file": "bindings/src/sign/order.rs",
    });
    let outcome = json!({
        "summary": "MissedMutant",
        "phase_results": [{ "duration": 1.5 }, { "duration": 0.5 }],
    });
    let mutant = read(&outcome, &planted).unwrap();
    assert_eq!(
        mutant,
        Mutant {
            module: Module::Sign,
            name: "bindings/src/sign/order.rs: replace < with <= in existing".to_owned(),
            fate: Fate::Survived,
            seconds: 2.0,
        }
    );
}

#[test]
fn an_explanation_without_a_reason_is_malformed() {
    let error = explanations(b"[[survivor]]\nmutant = \"a: b\"\n").unwrap_err();
    assert_eq!(error.line, 1);
    assert!(error.to_string().contains("`reason` is missing"), "{error}");
}
