//! The inbox that `--inbox` names: for `dockseal inbox`, which makes nothing where there is none, and
//! for `dockseal receive`, which does.

use std::future::Future;

use dockseal::receiver::{InboxError, NodeTokens, Receiver};
use dockseal_inbox::{Browse, Inbox, OpenError, postgres};

use crate::language::Said;
use crate::output::Complaint;
use crate::verb::trouble::{cannot, causes};

/// Which inbox. An address may hold a password: there is no `Debug`.
#[derive(clap::Args)]
pub(in crate::verb) struct Which {
    /// Where the receiver keeps pushes: an SQLite file, or a postgres:// address 收件箱文件或 postgres:// 地址
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
            .map_err(|error| cannot("start", "启动", &error))?;
        runtime.block_on(async { work(self.open().await?).await })
    }

    async fn open(&self) -> Result<Box<dyn Browse>, Complaint> {
        if let Some(url) = self.url() {
            let inbox = postgres::Inbox::connect_existing(url).await;
            return Ok(Box::new(inbox.map_err(|error| failed(&error))?));
        }
        let inbox = Inbox::open_existing(&self.inbox).map_err(|error| unopened(&error))?;
        Ok(Box::new(inbox))
    }

    /// A receiver that keeps its pushes in it; it is made where there is none.
    pub(in crate::verb) async fn receiver(
        &self,
        tokens: NodeTokens,
    ) -> Result<Receiver, Complaint> {
        if let Some(url) = self.url() {
            let inbox = postgres::Inbox::connect(url).await;
            let inbox = inbox.map_err(|error| failed(&error))?;
            return Ok(Receiver::new(inbox, tokens));
        }
        let inbox = Inbox::open(&self.inbox).map_err(|error| unopened(&error))?;
        Ok(Receiver::new(inbox, tokens))
    }

    /// The address of a PostgreSQL database; none for a file.
    fn url(&self) -> Option<&str> {
        let schemes = ["postgres://", "postgresql://"];
        let is_url = schemes.iter().any(|scheme| self.inbox.starts_with(scheme));
        is_url.then_some(self.inbox.as_str())
    }
}

/// A complaint about a store that failed.
pub(super) fn failed(error: &InboxError) -> Complaint {
    Complaint::usage(failure(error))
}

/// How a store failed.
pub(super) fn failure(error: &InboxError) -> Said {
    let causes = causes(error);
    Said::new(
        format!("the inbox failed: {causes}"),
        format!("收件箱出错：{causes}"),
    )
}

fn unopened(error: &OpenError) -> Complaint {
    Complaint::usage(Said::new(causes(error), error.zh()))
}
