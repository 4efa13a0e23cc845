//! Bytes of git's objects.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// `git cat-file --batch`: asked for one object after the other.
pub(super) struct Objects {
    child: Child,
    asked: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Objects {
    /// Starts the command.
    pub(super) fn open(mut command: Command) -> io::Result<Objects> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(asked), Some(answers)) => Ok(Objects {
                child,
                asked,
                answers: BufReader::new(answers),
            }),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// The bytes of an object, or why it has none.
    pub(super) fn read(&mut self, object: &str) -> Result<Vec<u8>, String> {
        let failed = |error: io::Error| format!("{object}: {error}");
        writeln!(self.asked, "{object}").map_err(failed)?;
        let mut about = String::new();
        self.answers.read_line(&mut about).map_err(failed)?;
        // `object type size`, or `object missing`.
        let size = about
            .split_whitespace()
            .nth(2)
            .and_then(|size| size.parse().ok());
        let Some(size) = size else {
            return Err(format!("object {object} is missing"));
        };
        let mut bytes = vec![0; size];
        self.answers.read_exact(&mut bytes).map_err(failed)?;
        self.answers.read_exact(&mut [0]).map_err(failed)?;
        Ok(bytes)
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // It only reads: nothing is lost.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
