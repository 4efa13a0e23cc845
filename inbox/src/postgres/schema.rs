//! The tables, laid out once by whoever comes first, and brought up to this version.

use deadpool_postgres::{Object, Transaction};
use dockseal::receiver::InboxError;
use tokio_postgres::types::Type;

use super::fault::{Fault, Work};
use super::transaction::begin;
use super::{Inbox, locks};

/// What leads from each version to the next.
const MIGRATIONS: &[&str] = &[include_str!("migrations/0001.sql")];

const VERSION: i32 = 1;

impl Inbox {
    /// Brings the tables up to this version. Processes that start at once do it one after the other,
    /// and a program that may not lay out tables can use those that are there.
    pub(super) async fn migrate(&self) -> Result<(), InboxError> {
        suits(self.attempt(BringUp).await?)
    }

    /// Makes sure that the tables are there and of this version.
    pub(super) async fn require(&self) -> Result<(), InboxError> {
        match self.attempt(Look).await? {
            None => Err(InboxError::new(
                "there is no inbox in this database: check the address, or start the receiver once, which lays it out",
            )),
            Some(..VERSION) => Err(InboxError::new(
                "the inbox was written by an older version of dockseal: start the receiver of this one once",
            )),
            Some(version) => suits(version),
        }
    }
}

fn suits(version: i32) -> Result<(), InboxError> {
    if version > VERSION {
        return Err(InboxError::new(
            "the inbox was written by a newer version of dockseal: use that one",
        ));
    }
    Ok(())
}

struct Look;

impl Work for Look {
    /// The version that is there.
    type Done = Option<i32>;

    const FAILED: &'static str = "the PostgreSQL inbox cannot be opened";

    async fn work(&mut self, lent: &mut Object) -> Result<Option<i32>, Fault> {
        version(lent).await
    }
}

struct BringUp;

impl Work for BringUp {
    /// The version that is there in the end.
    type Done = i32;

    const FAILED: &'static str = "the PostgreSQL inbox cannot be opened";

    async fn work(&mut self, lent: &mut Object) -> Result<i32, Fault> {
        bring_up(lent).await
    }
}

async fn bring_up(lent: &mut Object) -> Result<i32, Fault> {
    require_unicode(lent).await?;
    if let Some(version @ VERSION..) = version(lent).await? {
        return Ok(version);
    }
    let transaction = begin(lent).await?;
    let lock = [(&locks::MIGRATION as _, Type::INT8)];
    transaction
        .query_typed("SELECT pg_advisory_xact_lock($1)", &lock)
        .await?;
    let known = version(transaction.client()).await?;
    if known.is_none() {
        transaction
            .batch_execute("CREATE TABLE dockseal_schema (version integer NOT NULL)")
            .await?;
        transaction
            .batch_execute("INSERT INTO dockseal_schema VALUES (0)")
            .await?;
    }
    let there = lay_out(&transaction, known.unwrap_or(0)).await?;
    transaction.commit().await?;
    Ok(there)
}

async fn lay_out(transaction: &Transaction<'_>, known: i32) -> Result<i32, Fault> {
    if known > VERSION {
        return Ok(known);
    }
    let missing = MIGRATIONS.iter().skip(usize::try_from(known).unwrap_or(0));
    for migration in missing {
        transaction.batch_execute(migration).await?;
    }
    let version = [(&VERSION as _, Type::INT4)];
    transaction
        .execute_typed("UPDATE dockseal_schema SET version = $1", &version)
        .await?;
    Ok(VERSION)
}

/// The version that is there; none where there are no tables.
async fn version(client: &tokio_postgres::Client) -> Result<Option<i32>, Fault> {
    // Not by `to_regclass`, which may remember from before the lock that there was none.
    let there = client
        .query_typed_one(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_tables
                 WHERE tablename = 'dockseal_schema' AND schemaname = ANY (current_schemas(false)))",
            &[],
        )
        .await?;
    if !there.try_get(0)? {
        return Ok(None);
    }
    let row = client
        .query_typed_opt("SELECT version FROM dockseal_schema", &[])
        .await?;
    let row = row.ok_or(Fault::Stored("the table dockseal_schema is empty"))?;
    Ok(Some(row.try_get(0)?))
}

/// Nothing else holds every text that a sender may send.
async fn require_unicode(client: &tokio_postgres::Client) -> Result<(), Fault> {
    let row = client.query_typed_one("SHOW server_encoding", &[]).await?;
    if row.try_get::<_, &str>(0)? == "UTF8" {
        Ok(())
    } else {
        Err(Fault::Stored(
            "the encoding of the database has to be UTF8: createdb --encoding=UTF8 --template=template0",
        ))
    }
}
