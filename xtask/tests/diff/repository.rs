//! A repository with schemas in a directory of its own, and the task run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A directory that is removed in the end.
pub(crate) struct Scratch {
    pub(crate) path: PathBuf,
}

/// A clone in a directory.
pub(crate) struct Repository {
    pub(crate) root: PathBuf,
}

/// What the task said.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) error: String,
}

/// An API, and the gateway around it.
pub(crate) const API: &str = "schemas/wangdian-enterprise/stockin_refund_push.json";
pub(crate) const GATEWAY: &str = "schemas/wangdian-enterprise/gateway.json";

impl Scratch {
    pub(crate) fn new() -> Scratch {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("xtask-diff-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Scratch { path }
    }

    /// A repository with one gateway's schemas, committed on a branch.
    pub(crate) fn repository(&self, branch: &str) -> Repository {
        let repository = Repository {
            root: self.path.join("origin"),
        };
        fs::create_dir_all(&repository.root).unwrap();
        repository.git(&["init", "--quiet", "-b", branch]);
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for file in [API, GATEWAY, "schemas/dialect.json", "schemas/sources.lock"] {
            repository.write(file, &fs::read_to_string(ours.join(file)).unwrap());
        }
        repository.commit("first");
        repository
    }

    /// A clone of a repository, over a real transport.
    pub(crate) fn clone(&self, of: &Repository, arguments: &[&str]) -> Repository {
        let root = self.path.join("clone");
        let address = format!("file://{}", of.root.display());
        let target = root.display().to_string();
        let all = [&["clone", "--quiet"], arguments, &[&address, &target]].concat();
        of.git(&all);
        Repository { root }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

impl Repository {
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    /// Replaces the first place of a text in a file.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} lacks {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Another API in a file of its own: a copy under another method.
    pub(crate) fn add_api(&self, method: &str) {
        let text = self.read(API);
        let text = text
            .replace("stockin_refund_push", method)
            .replace("StockinRefundPush", "Copied");
        self.write(&format!("schemas/wangdian-enterprise/{method}.json"), &text);
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root.join(path)).unwrap();
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// Runs git, which has to succeed.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = bare("git", &self.root).args(arguments).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs what a message offers as help, as a shell does.
    pub(crate) fn follow(&self, said: &Said) {
        let helps = said
            .error
            .lines()
            .filter_map(|line| line.trim().strip_prefix("help: "));
        let command = helps.into_iter().next().unwrap();
        let output = bare("sh", &self.root)
            .args(["-c", command])
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {error}");
    }

    pub(crate) fn diff(&self, arguments: &[&str]) -> Said {
        let mut command = bare(env!("CARGO_BIN_EXE_xtask"), &self.root);
        said(command.arg("diff").args(arguments))
    }
}

/// A program without the settings of whoever runs the tests.
pub(crate) fn bare(program: &str, directory: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(directory).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "A Tester");
        command.env(format!("GIT_{role}_EMAIL"), "tester@example.com");
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        // The task falls back on the repository that it was built in; here there is none.
        .env("CARGO_MANIFEST_DIR", "/nowhere/xtask");
    command
}

pub(crate) fn said(command: &mut Command) -> Said {
    let output: Output = command.output().unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        error: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Said {
    pub(crate) fn ends_with(self, code: i32) -> Said {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.error);
        self
    }

    pub(crate) fn says(self, part: &str) -> Said {
        let both = format!("{}\n{}", self.out, self.error);
        assert!(both.contains(part), "no `{part}` in:\n{both}");
        self
    }
}
