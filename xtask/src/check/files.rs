//! What can be said of the schemas as they are: dialect, words, rows, examples, and the bindings made
//! from them.

use std::path::Path;

use dockseal_codegen::{Diagnostics, SourceFile};
use serde_json::Value;

use super::inside;
use super::report::{Problem, Step};
use crate::generate::{self, Drift, count};

/// Whether the schemas can be read.
pub(super) const SCHEMAS: &str = "schemas";
pub(super) const DRIFT: &str = "drift";

/// Why all the others are skipped when they cannot.
pub(super) const UNREADABLE: &str = "until the schemas can be read";

/// Where the bindings of a repository are.
pub(super) const GENERATED: &str = "bindings/src/generated";

/// A file below `schemas/` as a JSON tree.
type Parsed = (String, Value);

/// The steps up to the first that the others need.
pub(super) fn steps(directory: &Path, files: &[SourceFile]) -> Vec<Step> {
    if let Err(diagnostics) = dockseal_codegen::lower(files) {
        let skipped = ["lint", "rows", "dialect", "examples"];
        return std::iter::once(judged(SCHEMAS, &diagnostics, String::new()))
            .chain(skipped.map(|name| Step::skipped(name, UNREADABLE)))
            .collect();
    }
    let detail = count(files.len(), "file");
    let mut steps = vec![
        Step::judged(SCHEMAS, Vec::new(), detail),
        judged("lint", &dockseal_codegen::lint(files), String::new()),
        match read(directory, "sources.lock") {
            Ok(lock) => judged(
                "rows",
                &dockseal_codegen::check_rows(files, &lock),
                String::new(),
            ),
            Err(error) => unreadable("rows", &error),
        },
    ];
    steps.extend(instances(directory, files));
    steps
}

/// Whether the bindings are those of the schemas; with `fix` they are made so.
pub(super) fn drift(files: &[SourceFile], out: &Path, fix: bool) -> Step {
    const NAME: &str = DRIFT;
    let drift = match Drift::of(files, out) {
        Ok(Ok(drift)) => drift,
        Ok(Err(_)) => return Step::skipped(NAME, UNREADABLE),
        Err(error) => return unreadable(NAME, &error),
    };
    if drift.difference.is_empty() {
        return Step::judged(NAME, Vec::new(), "the bindings are up to date".to_owned());
    }
    if fix {
        if let Some(name) = drift.foreign() {
            return unreadable(NAME, &generate::refused(&out.join(name)));
        }
        return match drift.mend(out) {
            Ok(done) => Step::judged(NAME, Vec::new(), format!("regenerated {done}")),
            Err(error) => unreadable(NAME, &error),
        };
    }
    let kinds = [
        (
            "generated-missing",
            "is not there",
            &drift.difference.missing,
        ),
        (
            "generated-stale",
            "is out of date",
            &drift.difference.changed,
        ),
        (
            "generated-extra",
            "comes from no schema",
            &drift.difference.stale,
        ),
    ];
    let problems = kinds.into_iter().flat_map(|(id, what, names)| {
        names.iter().map(move |name| {
            let message = format!("a generated file {what}");
            Problem::new(
                id,
                message,
                "cargo xtask generate, or cargo xtask check --fix",
            )
            .at(format!("{GENERATED}/{name}"), 0)
        })
    });
    Step::judged(NAME, problems.collect(), String::new())
}

fn judged(name: &'static str, diagnostics: &Diagnostics, detail: String) -> Step {
    let problems = diagnostics.iter().map(Problem::diagnostic);
    Step::judged(name, problems.collect(), detail)
}

/// A step that failed with `error`, which may end in a remedy of its own.
pub(super) fn unreadable(name: &'static str, error: &str) -> Step {
    let (message, help) = error.split_once("\n  help: ").unwrap_or((error, ""));
    Step::unjudged(name, Problem::new("", message, help))
}

fn read(directory: &Path, name: &str) -> Result<SourceFile, String> {
    let path = directory.join(name);
    let bytes = std::fs::read(&path).map_err(|error| {
        format!(
            "cannot read {}: {error}\n  help: git checkout -- schemas/{name}",
            path.display()
        )
    })?;
    Ok(SourceFile {
        path: name.to_owned(),
        bytes,
    })
}

/// Every file against the dialect, and its examples against itself, as an independent validator sees
/// it.
fn instances(directory: &Path, files: &[SourceFile]) -> [Step; 2] {
    let parsed: Result<Vec<Parsed>, String> = files
        .iter()
        .filter(|file| file.path != "dialect.json")
        .map(|file| Ok((file.path.clone(), parse(file)?)))
        .collect();
    let schemas = match parsed {
        Ok(schemas) => schemas,
        Err(error) => return ["dialect", "examples"].map(|name| unreadable(name, &error)),
    };
    let found = read(directory, "dialect.json").and_then(|file| dialect(&file, &schemas));
    let dialect = match found {
        Ok(problems) => Step::judged("dialect", problems, String::new()),
        Err(error) => unreadable("dialect", &error),
    };
    let found: Result<Vec<_>, String> = schemas
        .iter()
        .map(|(path, schema)| examples(path, schema, &schemas))
        .collect();
    let examples = match found {
        Ok(problems) => Step::judged("examples", problems.concat(), String::new()),
        Err(error) => unreadable("examples", &error),
    };
    [dialect, examples]
}

fn parse(file: &SourceFile) -> Result<Value, String> {
    serde_json::from_slice(&file.bytes).map_err(|error| format!("schemas/{}: {error}", file.path))
}

fn dialect(dialect: &SourceFile, schemas: &[Parsed]) -> Result<Vec<Problem>, String> {
    let validator = jsonschema::validator_for(&parse(dialect)?)
        .map_err(|error| format!("schemas/dialect.json is not a schema: {error}"))?;
    let problems = schemas.iter().flat_map(|(path, schema)| {
        validator.iter_errors(schema).map(move |error| {
            let pointer = error.instance_path().to_string();
            said(path, pointer, format!("not the dialect: {error}"))
        })
    });
    Ok(problems.collect())
}

fn examples(path: &str, schema: &Value, schemas: &[Parsed]) -> Result<Vec<Problem>, String> {
    let mut problems = Vec::new();
    let Some(examples) = schema.get("examples").and_then(Value::as_array) else {
        return Ok(problems);
    };
    let validator =
        validator(schema, schemas).map_err(|error| format!("schemas/{path}: {error}"))?;
    for (index, example) in examples.iter().enumerate() {
        let at = format!("/examples/{index}");
        let errors = validator.iter_errors(example);
        problems.extend(errors.map(|error| {
            let pointer = format!("{at}{}", error.instance_path());
            said(
                path,
                pointer,
                format!("the example breaks its own schema: {error}"),
            )
        }));
        problems.extend(inside::findings(path, schema, schemas, example, &at)?);
    }
    Ok(problems)
}

/// Something that an independent validator says.
pub(super) fn said(path: &str, pointer: String, message: String) -> Problem {
    let problem = Problem::new("", message, "").at(format!("schemas/{path}"), 0);
    problem.pointing(pointer)
}

/// A validator of one file, the others at hand for its references.
///
/// The dialect has a `$schema` of its own; for a validator it is 2020-12 with annotations.
pub(super) fn validator(
    schema: &Value,
    schemas: &[Parsed],
) -> Result<jsonschema::Validator, String> {
    let mut registry = jsonschema::Registry::new();
    for (path, schema) in schemas {
        let uri = format!("dockseal:/schemas/{path}");
        registry = registry
            .add(uri, plain(schema))
            .map_err(|error| error.to_string())?;
    }
    let registry = registry.prepare().map_err(|error| error.to_string())?;
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .with_registry(&registry)
        .build(&plain(schema))
        .map_err(|error| error.to_string())
}

/// The schema under the standard meta-schema.
pub(super) fn plain(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(members) = schema.as_object_mut() {
        members.insert(
            "$schema".to_owned(),
            "https://json-schema.org/draft/2020-12/schema".into(),
        );
    }
    schema
}
