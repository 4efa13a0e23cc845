//! The tables: laid out once, and only by who understands them.

use dockseal_inbox::postgres::Inbox;
use tokio::task::JoinSet;

use crate::place::{self, Schema};
use crate::suite::{Place as _, receiver, stockin, take};

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_at_once_lay_the_tables_out_once() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let mut starting = JoinSet::new();
    for _ in 0..12 {
        let pool = schema.pool(1);
        starting.spawn(async move { Inbox::with_pool(pool).await });
    }
    for started in starting.join_all().await {
        started.unwrap();
    }
    assert_eq!(
        schema.number("SELECT count(*) FROM dockseal_schema").await,
        1
    );
    take(
        &receiver(schema.open().await),
        &stockin("IN-1", "FINISH", 1),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_a_newer_version_are_refused_and_stay_as_they_are() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    schema.open().await;
    schema
        .run("UPDATE dockseal_schema SET version = version + 1")
        .await;
    let error = Inbox::with_pool(schema.pool(1)).await.unwrap_err();
    assert!(error.to_string().contains("newer version"), "{error}");
    let version = schema
        .number("SELECT version::bigint FROM dockseal_schema")
        .await;
    assert_eq!(version, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_hold_every_text_is_refused() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let name = format!("{}_latin", schema.name);
    let client = schema.client().await;
    let create = format!("CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    client.batch_execute(&create).await.unwrap();
    let mut config = schema.config();
    config.dbname(&name);
    let opened = Inbox::with_pool(place::pool(config, 1)).await;
    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    client.batch_execute(&drop).await.unwrap();
    let error = opened.unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("UTF8"), "{cause}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_enough_to_open_an_inbox() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let server = std::env::var("DOCKSEAL_POSTGRES").unwrap();
    let ampersand = if server.contains('?') { '&' } else { '?' };
    let address = format!(
        "{server}{ampersand}options=-c%20search_path%3D{}",
        schema.name
    );
    let inbox = Inbox::connect(&address).await.unwrap();
    take(&receiver(inbox), &stockin("IN-1", "FINISH", 1)).await;
    assert_eq!(schema.number("SELECT count(*) FROM dockseal_push").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_may_not_lay_out_tables_uses_those_that_are_there() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let name = &schema.name;
    schema
        .run(&format!(
            "CREATE ROLE {name}_program LOGIN; GRANT USAGE ON SCHEMA {name} TO {name}_program"
        ))
        .await;
    let mut config = schema.config();
    config.user(format!("{name}_program"));
    let early = Inbox::with_pool(place::pool(config.clone(), 1)).await;
    schema.open().await;
    schema
        .run(&format!(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {name} TO {name}_program;
             GRANT USAGE ON ALL SEQUENCES IN SCHEMA {name} TO {name}_program"
        ))
        .await;
    let inbox = Inbox::with_pool(place::pool(config, 1)).await;
    let (first, second) = (
        stockin("IN-1", "PARTIN", 1).at(1),
        stockin("IN-1", "PARTIN", 1).at(2),
    );
    let receiver = receiver(inbox.unwrap());
    let taken = [
        take(&receiver, &first).await,
        take(&receiver, &second).await,
    ];
    schema
        .run(&format!(
            "DROP OWNED BY {name}_program; DROP ROLE {name}_program"
        ))
        .await;

    let refused = std::error::Error::source(&early.unwrap_err())
        .unwrap()
        .to_string();
    assert!(refused.contains("permission denied"), "{refused}");
    assert_eq!(taken.map(|(push, _)| push), [1, 2]);
}
