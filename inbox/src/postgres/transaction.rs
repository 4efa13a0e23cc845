//! A transaction of the kind that the look-ups are meant for, and what it holds.

use deadpool_postgres::{Object, Transaction};
use tokio_postgres::IsolationLevel;
use tokio_postgres::types::Type;

use super::fault::{self, Fault};
use super::value::Typed;

/// Begins a transaction of the kind that the locks are meant for, whatever the default is.
pub(super) async fn begin(lent: &mut Object) -> Result<Transaction<'_>, Fault> {
    let begun = lent
        .build_transaction()
        .isolation_level(IsolationLevel::ReadCommitted)
        .read_only(false)
        .start();
    Ok(begun.await?)
}

/// Nothing waits for ever, and nothing is answered that is not on disk.
pub(super) async fn limit(transaction: &Transaction<'_>) -> Result<(), Fault> {
    let statement = fault::STATEMENT.as_millis().to_string();
    let lock = fault::LOCK.as_millis().to_string();
    let parameters: [Typed; 2] = [(&statement, Type::TEXT), (&lock, Type::TEXT)];
    let set = transaction.query_typed(
        "SELECT set_config('statement_timeout', $1, true),
                set_config('lock_timeout', $2, true),
                set_config('synchronous_commit', CASE current_setting('synchronous_commit')
                    WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)",
        &parameters,
    );
    set.await?;
    Ok(())
}

/// Waits for these locks, and keeps them to the end.
pub(super) async fn hold(transaction: &Transaction<'_>, locks: &[i64]) -> Result<(), Fault> {
    let parameters: [Typed; 1] = [(&locks, Type::INT8_ARRAY)];
    let held = transaction.query_typed(
        "SELECT pg_advisory_xact_lock(number) FROM unnest($1) AS number",
        &parameters,
    );
    held.await?;
    Ok(())
}
