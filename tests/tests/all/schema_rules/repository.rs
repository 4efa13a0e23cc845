//! A repository of its own with one gateway's schemas, and `xtask diff` run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::schema_mutations::json::Json;
use crate::spawn;

pub(crate) struct Repository {
    root: PathBuf,
}

/// The reports that are asked for at once; the text is what is printed.
const REPORTS: &[(&str, &str)] = &[
    ("markdown", "r.md"),
    ("json", "r.json"),
    ("sarif", "r.sarif"),
    ("junit", "r.xml"),
    ("github", "r.github"),
];

impl Repository {
    pub(crate) fn new() -> Repository {
        let root = spawn::scratch("schema-rules");
        let repository = Repository { root };
        repository.git(&["init", "--quiet", "-b", "main"]);
        repository
    }

    /// The schemas of the base, committed.
    pub(crate) fn base(&self, files: &[(String, Json)]) {
        self.write(files);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "base"]);
    }

    /// These schemas and no others.
    pub(crate) fn write(&self, files: &[(String, Json)]) {
        let schemas = self.root.join("schemas");
        if schemas.exists() {
            std::fs::remove_dir_all(&schemas).unwrap();
        }
        let ours = spawn::repository().join("schemas");
        for name in ["dialect.json", "sources.lock"] {
            let text = std::fs::read_to_string(ours.join(name)).unwrap();
            spawn::write(&schemas.join(name), &text);
        }
        for (path, root) in files {
            spawn::write(&schemas.join(path), &root.pretty());
        }
    }

    /// What is said of the schemas as they lie there, in every form: name and text.
    pub(crate) fn reports(&self, axis: &str) -> Vec<(&'static str, String)> {
        let out = self.root.with_file_name("schema-rules-out");
        std::fs::create_dir_all(&out).unwrap();
        let mut arguments = vec!["diff".to_owned(), "--base".to_owned(), "HEAD".to_owned()];
        arguments.extend(["--verbose", "--axis", axis].map(str::to_owned));
        for (kind, file) in REPORTS {
            arguments.push("--format".to_owned());
            arguments.push(format!("{kind}={}", out.join(file).display()));
        }
        arguments.extend(["--format", "text"].map(str::to_owned));
        let mut command = Command::new(spawn::xtask_program());
        self.bare(command.args(arguments));
        let said = command.output().unwrap();
        let error = String::from_utf8(said.stderr).unwrap();
        assert!(matches!(said.status.code(), Some(0 | 1)), "{error}");
        let mut reports = vec![("text", String::from_utf8(said.stdout).unwrap())];
        reports.extend(
            REPORTS
                .iter()
                .map(|(kind, file)| (*kind, std::fs::read_to_string(out.join(file)).unwrap())),
        );
        // The base's name follows from every byte of the schemas: it says nothing here.
        let base = self.git(&["rev-parse", "--short=12", "HEAD"]);
        for (_, text) in &mut reports {
            *text = text.replace(base.trim(), "BASE");
        }
        reports
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        self.bare(command.args(arguments));
        let said = command.output().unwrap();
        let error = String::from_utf8_lossy(&said.stderr);
        assert!(said.status.success(), "git {arguments:?}: {error}");
        String::from_utf8(said.stdout).unwrap()
    }

    /// A program without the settings of whoever runs the tests.
    fn bare(&self, command: &mut Command) {
        command.current_dir(&self.root).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        for role in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{role}_NAME"), "A Tester")
                .env(format!("GIT_{role}_EMAIL"), "tester@example.com")
                .env(format!("GIT_{role}_DATE"), "2026-01-01T00:00:00Z");
        }
        command
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", Path::new("/dev/null"))
            .env("NO_COLOR", "1")
            // The task falls back on the repository that it was built in; here there is none.
            .env("CARGO_MANIFEST_DIR", "/nowhere/xtask");
    }
}
