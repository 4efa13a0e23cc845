//! A PostgreSQL server of its own for the tests that need one: in a directory that goes when it is
//! dropped, behind a Unix socket in there, with the settings of a real one.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Where the tests look for a server.
pub(crate) const ADDRESS: &str = "DOCKSEAL_POSTGRES";

/// How long a server may take to begin.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
pub(crate) struct Server {
    directory: PathBuf,
    programs: Programs,
    process: Child,
}

/// Why there is none.
pub(crate) enum Absent {
    /// No PostgreSQL is installed here.
    NotInstalled,
    /// There is one, and it does not run.
    Broken(String),
}

impl Server {
    /// Makes a cluster and starts its server.
    pub(crate) fn start() -> Result<Server, Absent> {
        let programs = Programs::find().ok_or(Absent::NotInstalled)?;
        let name = format!("dockseal-postgres-{}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        let started = programs.start(&directory);
        started.map_err(|reason| {
            let _ = std::fs::remove_dir_all(&directory);
            Absent::Broken(reason)
        })
    }

    /// Its address for a client: a Unix socket is named by its directory.
    pub(crate) fn address(&self) -> String {
        let directory = self.directory.display().to_string();
        let host = directory.replace('%', "%25").replace('/', "%2F");
        format!("postgres://dockseal@{host}/postgres")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut stop = self.programs.command("pg_ctl");
        stop.args(["stop", "--silent", "--wait", "--mode=fast", "--pgdata"])
            .arg(self.directory.join("data"));
        if let Err(reason) = succeed(&mut stop) {
            anstream::eprintln!("warning: {reason}");
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
        if let Err(error) = std::fs::remove_dir_all(&self.directory) {
            let directory = self.directory.display();
            anstream::eprintln!("warning: cannot remove {directory}: {error}");
        }
    }
}

/// The programs of an installation, and who may run them.
struct Programs {
    directory: PathBuf,
    /// PostgreSQL refuses to be run by root: the account to run it as, then.
    account: Option<&'static str>,
}

impl Programs {
    /// On the path, otherwise the newest where Debian puts them.
    fn find() -> Option<Programs> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let directory = std::env::split_paths(&path)
            .chain(debian())
            .find(|directory| {
                directory.join("initdb").exists() && directory.join("pg_ctl").exists()
            })?;
        // What lies on the path may be a link to where the rest is.
        let postgres = std::fs::canonicalize(directory.join("initdb")).ok()?;
        let directory = postgres.parent()?.to_path_buf();
        let is_root = output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
        let account = is_root.then(|| {
            let exists = output(Command::new("id").args(["-u", "postgres"])).is_some();
            if exists { "postgres" } else { "nobody" }
        });
        Some(Programs { directory, account })
    }

    fn start(self, directory: &Path) -> Result<Server, String> {
        let mut make = Command::new("mkdir");
        succeed(make.args(["-m", "700"]).arg(directory))?;
        if let Some(account) = self.account {
            succeed(Command::new("chown").arg(account).arg(directory))?;
        }
        let data = directory.join("data");
        let mut initdb = self.command("initdb");
        initdb
            .args(["--username=dockseal", "--auth=trust", "--encoding=UTF8"])
            .args(["--locale=C", "--no-sync", "--pgdata"])
            .arg(&data);
        succeed(&mut initdb)?;
        let log = std::fs::File::create(directory.join("log"));
        let log = log.map_err(|error| format!("cannot write {}: {error}", directory.display()))?;
        // Not by `pg_ctl start`: as a child it ends with us when Ctrl-C is pressed.
        let mut postgres = self.command("postgres");
        postgres
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(directory)
            .args(["-p", "5432", "-c", "listen_addresses="])
            .args(["-c", "max_connections=300"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        let process = postgres
            .spawn()
            .map_err(|error| format!("cannot run postgres: {error}"))?;
        let mut server = Server {
            directory: directory.to_path_buf(),
            programs: self,
            process,
        };
        server.wait()?;
        Ok(server)
    }

    /// One of the programs, run as somebody who may.
    fn command(&self, name: &str) -> Command {
        let program = self.directory.join(name);
        let mut command = match self.account {
            None => Command::new(program),
            Some(account) => {
                let mut command = Command::new("setpriv");
                command
                    .args(["--reuid", account, "--clear-groups", "--"])
                    .arg(program);
                command
            }
        };
        // It cannot always enter the directory that we are in.
        command.current_dir("/");
        command
    }
}

impl Server {
    /// Waits until clients can come.
    fn wait(&mut self) -> Result<(), String> {
        let began = Instant::now();
        let state = self.directory.join("data/postmaster.pid");
        while began.elapsed() < PATIENCE {
            let text = std::fs::read_to_string(&state).unwrap_or_default();
            if text.lines().any(|line| line.trim() == "ready") {
                return Ok(());
            }
            if !matches!(self.process.try_wait(), Ok(None)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let log = std::fs::read_to_string(self.directory.join("log")).unwrap_or_default();
        Err(format!("postgres did not start: {}", log.trim()))
    }
}

/// The directories of Debian's packages, newest first.
fn debian() -> Vec<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql");
    let mut versions: Vec<_> = versions
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version: u32 = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    versions.sort_unstable();
    versions.into_iter().rev().map(|(_, path)| path).collect()
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_owned();
    let failed =
        |reason: &dyn std::fmt::Display| format!("cannot run {}: {reason}", program.display());
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error: io::Error| failed(&error))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(failed(&String::from_utf8_lossy(&output.stderr).trim()))
    }
}

fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let succeeded = output.status.success();
    succeeded.then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "a test that cannot go on should stop there")]

    use super::*;

    #[test]
    fn a_server_takes_clients_and_leaves_nothing_behind() {
        let server = match Server::start() {
            Ok(server) => server,
            Err(Absent::NotInstalled) => {
                anstream::println!("skipped: no PostgreSQL is installed");
                return;
            }
            Err(Absent::Broken(reason)) => panic!("{reason}"),
        };
        let directory = server.directory.clone();
        assert!(directory.join(".s.PGSQL.5432").exists());
        assert!(server.address().contains(&std::process::id().to_string()));
        drop(server);
        assert!(!directory.exists());
    }
}
