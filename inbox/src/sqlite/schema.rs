//! The shape of the database, as a list of steps: each SQL file leads from one version to the next.
//!
//! `PRAGMA user_version` holds the number of steps that were taken, `PRAGMA application_id` that the
//! file is an inbox at all.

use rusqlite::{Connection, TransactionBehavior};

/// The steps, oldest first. Published ones are never edited.
pub(super) const STEPS: &[&str] = &[include_str!("schema/0001.sql")];

/// "dock" in ASCII.
const APPLICATION: i64 = 0x646f_636b;

/// What a database is to this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing in it.
    Empty,
    /// An inbox of this version.
    Version(usize),
    /// Of another program.
    Foreign,
}

/// What the database is: by one statement, so that nobody makes it an inbox meanwhile.
pub(super) fn shape(connection: &Connection) -> rusqlite::Result<Shape> {
    let (application, version, tables): (i64, i64, i64) = connection.query_row(
        "SELECT (SELECT application_id FROM pragma_application_id),
                (SELECT user_version FROM pragma_user_version),
                (SELECT count(*) FROM sqlite_schema)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    match (application, usize::try_from(version)) {
        (APPLICATION, Ok(version)) => Ok(Shape::Version(version)),
        (0, Ok(0)) if tables == 0 => Ok(Shape::Empty),
        _ => Ok(Shape::Foreign),
    }
}

/// Takes the steps that a database lacks, all or none. One that is newer, or foreign, stays as it is.
pub(super) fn migrate(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have taken them while this one waited.
    let taken = match shape(&transaction)? {
        Shape::Empty => 0,
        Shape::Version(version) => version,
        Shape::Foreign => return Ok(()),
    };
    let Some(missing) = steps.get(taken..).filter(|missing| !missing.is_empty()) else {
        return Ok(());
    };
    for step in missing {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(
        None,
        "user_version",
        i64::try_from(steps.len()).unwrap_or(i64::MAX),
    )?;
    transaction.commit()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::{Connection, Shape, migrate, shape};

    const FIRST: &str = "CREATE TABLE t (a INTEGER);";
    const SECOND: &str = "ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'none';";

    #[test]
    fn an_older_database_takes_the_steps_it_lacks_and_keeps_its_rows() {
        let mut connection = Connection::open_in_memory().unwrap();
        assert_eq!(shape(&connection).unwrap(), Shape::Empty);
        migrate(&mut connection, &[FIRST]).unwrap();
        assert_eq!(shape(&connection).unwrap(), Shape::Version(1));
        connection
            .execute("INSERT INTO t (a) VALUES (7)", [])
            .unwrap();

        migrate(&mut connection, &[FIRST, SECOND]).unwrap();

        assert_eq!(shape(&connection).unwrap(), Shape::Version(2));
        let row: (i64, String) = connection
            .query_row("SELECT a, b FROM t", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!(row, (7, "none".to_owned()));
    }

    #[test]
    fn a_step_that_fails_leaves_the_database_as_it_was() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, &[FIRST]).unwrap();
        let broken = "ALTER TABLE t ADD COLUMN c TEXT; ALTER TABLE missing ADD COLUMN c TEXT;";

        migrate(&mut connection, &[FIRST, broken]).unwrap_err();

        assert_eq!(shape(&connection).unwrap(), Shape::Version(1));
        assert!(connection.prepare("SELECT c FROM t").is_err());
    }

    #[test]
    fn a_database_of_another_program_is_not_touched() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE theirs (a)").unwrap();
        migrate(&mut connection, &[FIRST]).unwrap();
        assert_eq!(shape(&connection).unwrap(), Shape::Foreign);
        assert!(connection.prepare("SELECT a FROM t").is_err());
    }
}
