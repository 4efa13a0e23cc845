//! The inbox that `--inbox` names. Nothing is made where there is none.

use std::future::Future;

use dockseal::receiver::InboxError;
use dockseal_inbox::{Browse, Inbox, postgres};

use crate::language::Said;
use crate::output::Complaint;

/// Which inbox. An address may hold a password: there is no `Debug`.
#[derive(clap::Args)]
pub(super) struct Which {
    /// The SQLite file that the receiver keeps, or a postgres:// address 收件箱文件或 postgres:// 地址
    #[arg(
        long,
        value_name = "FILE|URL",
        env = "DOCKSEAL_INBOX",
        hide_env_values = true,
        default_value = "inbox.db"
    )]
    inbox: String,
}

impl Which {
    /// Opens it and works with it.
    pub(super) fn with<T, F>(&self, work: impl FnOnce(Box<dyn Browse>) -> F) -> Result<T, Complaint>
    where
        F: Future<Output = Result<T, Complaint>>,
    {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| not_started(&error))?;
        runtime.block_on(async { work(self.open().await?).await })
    }

    async fn open(&self) -> Result<Box<dyn Browse>, Complaint> {
        let name = &self.inbox;
        if name.starts_with("postgres://") || name.starts_with("postgresql://") {
            let inbox = postgres::Inbox::connect_existing(name).await;
            return Ok(Box::new(inbox.map_err(|error| failed(&error))?));
        }
        let inbox = Inbox::open_existing(name)
            .map_err(|error| Complaint::usage(Said::new(causes(&error), error.zh())))?;
        Ok(Box::new(inbox))
    }
}

/// A complaint about a store that failed.
pub(super) fn failed(error: &InboxError) -> Complaint {
    let causes = causes(error);
    Complaint::usage(Said::new(
        format!("the inbox failed: {causes}"),
        format!("收件箱出错：{causes}"),
    ))
}

fn not_started(error: &std::io::Error) -> Complaint {
    Complaint::usage(Said::new(
        format!("cannot start: {error}"),
        format!("无法启动：{error}"),
    ))
}

/// An error with what caused it.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
