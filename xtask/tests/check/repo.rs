//! A git repository of its own for each test, with this repository's schemas and their bindings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The day on which tests are run.
pub(crate) const TODAY: &str = "2027-01-01";

pub(crate) const ENTERPRISE: &str = "schemas/wangdian-enterprise/stockin_refund_push.json";
pub(crate) const LOCK: &str = "schemas/sources.lock";
pub(crate) const APPROVALS: &str = "schemas/approvals.toml";

/// The length of `refund_no`, which we send: an edit that breaks traffic.
pub(crate) const LENGTH: &str = "\"minLength\": 1,\n          \"maxLength\": 40,\n          \"x-note\": [\"The column that marks mandatory fields was lost from the document; decided: required.\"],\n          \"x-row\": \"stockin_refund_info/1\"";

/// It is removed at the end.
pub(crate) struct Repo {
    pub(crate) directory: PathBuf,
}

/// How a run ended.
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Repo {
    /// One commit, on `main`.
    pub(crate) fn new(name: &str) -> Repo {
        let repo = Repo::without_git(name);
        repo.git(&["init", "--quiet", "--initial-branch=main"]);
        repo.commit();
        repo
    }

    pub(crate) fn without_git(name: &str) -> Repo {
        let repo = Repo::empty(name);
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for tree in ["schemas", "bindings/src/generated"] {
            copy(&home.join(tree), &repo.directory.join(tree));
        }
        // What the repository approves or tells today is none of a test's business.
        repo.write(APPROVALS, "");
        fs::remove_dir_all(repo.directory.join("schemas/changes")).unwrap();
        repo.write("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
        repo.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n");
        repo
    }

    pub(crate) fn empty(name: &str) -> Repo {
        let name = format!("xtask-check-{}-{name}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).unwrap();
        Repo { directory }
    }

    /// A clone of another one.
    pub(crate) fn cloned(from: &Repo, name: &str, options: &[&str]) -> Repo {
        let repo = Repo::empty(name);
        let url = format!("file://{}", from.directory.display());
        let mut arguments = vec!["clone", "--quiet"];
        arguments.extend(options);
        arguments.extend([url.as_str(), "."]);
        repo.git(&arguments);
        repo
    }

    pub(crate) fn git(&self, arguments: &[&str]) {
        let output = self.command("git").args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
    }

    pub(crate) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message=test"]);
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.directory.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.directory.join(path)).unwrap()
    }

    /// Replaces the first of what has to be there.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Another greatest length of `refund_no`, with its bindings.
    pub(crate) fn set_length(&self, length: u32) {
        let to = LENGTH.replace("40", &length.to_string());
        self.edit(ENTERPRISE, LENGTH, &to);
        self.generate();
    }

    pub(crate) fn generate(&self) {
        let arguments = "generate --schemas schemas --out bindings/src/generated";
        let run = self.run(&arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(run.code, 0, "{}", run.stderr);
    }

    pub(crate) fn check(&self, arguments: &[&str]) -> Outcome {
        self.run(&[&["check"], arguments].concat())
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_on(TODAY, arguments)
    }

    /// Runs the tasks on another day.
    pub(crate) fn run_on(&self, day: &str, arguments: &[&str]) -> Outcome {
        let output = self
            .command(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .env("DOCKSEAL_TODAY", day)
            .env("CARGO_MANIFEST_DIR", self.directory.join("xtask"))
            .output()
            .unwrap();
        Outcome {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The fingerprints of what changed.
    pub(crate) fn fingerprints(&self) -> Vec<String> {
        let run = self.run(&["diff", "--format", "json", "--fail-on", "none"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        findings
            .map(|finding| finding["fingerprint"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Approves everything that fails, and tells of it.
    pub(crate) fn approve_all(&self, reason: &str) {
        for fingerprint in self.fingerprints() {
            let run = self.run(&[
                "diff",
                "--approve",
                &fingerprint,
                "--reason",
                reason,
                "--note",
                "meant",
                "--expires",
                "2027-03-01",
            ]);
            assert_eq!(run.code, 0, "{}", run.stderr);
        }
    }

    pub(crate) fn tell(&self, cause: &str) {
        let run = self.run(&["diff", "--write-changelog", "--cause", cause]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }

    /// The only fragment.
    pub(crate) fn fragment(&self) -> String {
        let directory = fs::read_dir(self.directory.join("schemas/changes")).unwrap();
        let names: Vec<_> = directory.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 1, "{names:?}");
        format!("schemas/changes/{}", names[0].to_str().unwrap())
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.directory)
            .env("NO_COLOR", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            // No repository around the scratch directory is asked.
            .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir());
        for who in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{who}_NAME"), "test")
                .env(format!("GIT_{who}_EMAIL"), "test@example.com");
        }
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        command
    }
}

impl Drop for Repo {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.directory);
    }
}

impl Outcome {
    /// What came of a step.
    pub(crate) fn step(&self, name: &str) -> &str {
        let begin = format!("{name}: ");
        let mut lines = self.stderr.lines();
        lines
            .find_map(|line| line.strip_prefix(&begin))
            .unwrap_or_else(|| panic!("no step {name} in\n{}", self.stderr))
    }

    /// Ends with that code, and says all of it.
    pub(crate) fn says(&self, code: i32, parts: &[&str]) {
        let Outcome { stdout, stderr, .. } = self;
        assert_eq!(self.code, code, "{stdout}\n{stderr}");
        for part in parts {
            assert!(stderr.contains(part), "no {part:?} in\n{stderr}");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
