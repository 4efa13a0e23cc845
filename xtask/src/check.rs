//! `cargo xtask check`: everything about the schemas that can be said without the bindings.

mod inside;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dockseal_codegen::SourceFile;
use serde_json::Value;

use crate::generate::{self, count, report};
use crate::tree;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Directory of the schemas [default: schemas]
    #[arg(long)]
    schemas: Option<PathBuf>,
    /// One JSON object a line for each finding, on standard output
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    let directory = options
        .schemas
        .clone()
        .unwrap_or_else(|| tree::root().join("schemas"));
    match check(&directory, options) {
        Ok(0) => {
            anstream::println!("schemas checked: nothing found");
            ExitCode::SUCCESS
        }
        Ok(findings) => {
            anstream::eprintln!("error: {}", count(findings, "finding"));
            ExitCode::FAILURE
        }
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Runs every check and counts the findings.
fn check(directory: &Path, options: &Options) -> Result<usize, String> {
    let files = tree::schemas(directory)?;
    let read = |name: &str| {
        let path = directory.join(name);
        let bytes = std::fs::read(&path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Ok::<_, String>(SourceFile {
            path: name.to_owned(),
            bytes,
        })
    };

    let lowered = dockseal_codegen::lower(&files);
    if let Err(diagnostics) = &lowered {
        report(diagnostics, directory, options.json);
        anstream::eprintln!(
            "skipped: rows, dialect, examples and drift, until the schemas can be read"
        );
        return Ok(diagnostics.len());
    }
    let lint = dockseal_codegen::lint(&files);
    let rows = dockseal_codegen::check_rows(&files, &read("sources.lock")?);
    for diagnostics in [&lint, &rows] {
        if !diagnostics.is_empty() {
            report(diagnostics, directory, options.json);
        }
    }
    let instances = instances(&files, &read("dialect.json")?)?;
    for finding in &instances {
        show(finding, directory, options.json);
    }
    let mut findings = lint.len() + rows.len() + instances.len();
    if options.schemas.is_some() {
        anstream::eprintln!("skipped: drift, which is about this repository's own schemas");
    } else if !generate::is_fresh(&files)? {
        show(
            &Finding {
                path: "bindings/src/generated".to_owned(),
                pointer: String::new(),
                message: "out of date; mend it with: cargo xtask generate".to_owned(),
            },
            directory,
            options.json,
        );
        findings += 1;
    }
    Ok(findings)
}

/// Something that an independent validator says.
struct Finding {
    path: String,
    pointer: String,
    message: String,
}

fn show(finding: &Finding, directory: &Path, json: bool) {
    let Finding {
        path,
        pointer,
        message,
    } = finding;
    if json {
        anstream::println!(
            "{}",
            serde_json::json!({ "path": path, "pointer": pointer, "message": message })
        );
    } else {
        let path = path.strip_prefix("schemas").map_or_else(
            || path.clone(),
            |rest| format!("{}{rest}", tree::shown(directory)),
        );
        anstream::eprintln!("error: {message}\n --> {path}");
        if !pointer.is_empty() {
            anstream::eprintln!("  pointer: {pointer}");
        }
    }
}

/// Every file against the dialect, and its examples against itself.
fn instances(files: &[SourceFile], dialect: &SourceFile) -> Result<Vec<Finding>, String> {
    let parse = |file: &SourceFile| {
        serde_json::from_slice::<Value>(&file.bytes)
            .map_err(|error| format!("schemas/{}: {error}", file.path))
    };
    let dialect_validator = jsonschema::validator_for(&parse(dialect)?)
        .map_err(|error| format!("schemas/dialect.json is not a schema: {error}"))?;
    let mut schemas = Vec::new();
    for file in files.iter().filter(|file| file.path != dialect.path) {
        schemas.push((file.path.clone(), parse(file)?));
    }
    let mut findings = Vec::new();
    for (path, schema) in &schemas {
        let errors = dialect_validator.iter_errors(schema);
        findings.extend(errors.map(|error| Finding {
            path: format!("schemas/{path}"),
            pointer: error.instance_path().to_string(),
            message: format!("not the dialect: {error}"),
        }));
        examples(path, schema, &schemas, &mut findings)?;
    }
    Ok(findings)
}

fn examples(
    path: &str,
    schema: &Value,
    schemas: &[(String, Value)],
    findings: &mut Vec<Finding>,
) -> Result<(), String> {
    let Some(examples) = schema.get("examples").and_then(Value::as_array) else {
        return Ok(());
    };
    let validator =
        validator(schema, schemas).map_err(|error| format!("schemas/{path}: {error}"))?;
    for (index, example) in examples.iter().enumerate() {
        let errors = validator.iter_errors(example);
        findings.extend(errors.map(|error| Finding {
            path: format!("schemas/{path}"),
            pointer: format!("/examples/{index}{}", error.instance_path()),
            message: format!("the example breaks its own schema: {error}"),
        }));
        let at = format!("/examples/{index}");
        findings.extend(inside::findings(path, schema, schemas, example, &at)?);
    }
    Ok(())
}

/// A validator of one file, the others at hand for its references.
///
/// The dialect has a `$schema` of its own; for a validator it is 2020-12 with annotations.
fn validator(schema: &Value, schemas: &[(String, Value)]) -> Result<jsonschema::Validator, String> {
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
fn plain(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(members) = schema.as_object_mut() {
        members.insert(
            "$schema".to_owned(),
            "https://json-schema.org/draft/2020-12/schema".into(),
        );
    }
    schema
}
