//! `dockseal inbox export`: pushes or documents as JSON lines, page by page, so that an inbox of any
//! size is written in the memory of one page.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use dockseal_inbox::{Browse, Page, StoredDocument, StoredPush};
use serde_json::json;

use super::filter::Filter;
use super::store::{Which, failed};
use crate::exit::Exit;
use crate::output::{Answer, Complaint};
use crate::verb::Context;
use crate::verb::trouble::unwritable;

/// Rows that are read at once.
const PAGE: usize = 200;

/// The options of the verb.
#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    inbox: Which,
    #[command(flatten)]
    filter: Filter,
    /// Write to this file rather than to standard output 输出文件
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Exports.
pub(super) fn run(options: &Options, context: Context) -> Result<Answer, Complaint> {
    let filter = &options.filter;
    let Some(path) = &options.out else {
        let out = Out::new(std::io::stdout().lock(), "standard output");
        options.inbox.with(|inbox| write(inbox, filter, out))?;
        return Ok(Answer::silence());
    };
    let lines = options.inbox.with(|inbox| async {
        // Only when there is an inbox is there anything to write.
        let name = path.display().to_string();
        let file = create(path).map_err(|error| unwritable(&name, &error))?;
        write(inbox, filter, Out::new(file, name)).await
    })?;
    let said = context.language.pick(
        format!("{}: {lines} lines\n", path.display()),
        format!("{}：{lines} 行\n", path.display()),
    );
    let json = json!({ "file": path.display().to_string(), "lines": lines });
    Ok(Answer::new(Exit::Ok, said, &json))
}

/// Where lines go.
struct Out<W: Write> {
    to: BufWriter<W>,
    name: String,
    lines: u64,
}

impl<W: Write> Out<W> {
    fn new(to: W, name: impl Into<String>) -> Out<W> {
        Out {
            to: BufWriter::new(to),
            name: name.into(),
            lines: 0,
        }
    }

    /// Writes a page; false when nobody reads any more.
    fn page(&mut self, lines: impl Iterator<Item = String>) -> Result<bool, Complaint> {
        let mut written = Ok(());
        for line in lines {
            written = writeln!(self.to, "{line}");
            if written.is_err() {
                break;
            }
            self.lines += 1;
        }
        match written.and_then(|()| self.to.flush()) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
            Err(error) => Err(unwritable(&self.name, &error)),
        }
    }
}

async fn write<W: Write>(
    inbox: Box<dyn Browse>,
    filter: &Filter,
    mut out: Out<W>,
) -> Result<u64, Complaint> {
    let mut page = Page::first(PAGE);
    loop {
        let (last, goes_on) = if filter.documents {
            let rows = inbox.documents(filter.documents(), page).await;
            let rows = rows.map_err(|error| failed(&error))?;
            let last = rows.last().map(|row| row.document);
            (last, out.page(rows.iter().map(StoredDocument::to_json))?)
        } else {
            let rows = inbox.stored(filter.pushes(), page).await;
            let rows = rows.map_err(|error| failed(&error))?;
            let last = rows.last().map(|row| row.row.push);
            (last, out.page(rows.iter().map(StoredPush::to_json))?)
        };
        match last {
            Some(last) if goes_on => page = page.behind(last),
            _ => return Ok(out.lines),
        }
    }
}

/// A file that a new one is for its owner alone to read.
fn create(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
