//! What the integration tests share: the schemas as they stand, valid instances and mutants made
//! from them, values filled through the tables, and the golden files.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test program uses a part of it"
)]

pub mod compare;
pub mod fill;
pub mod golden;
pub mod judge;
pub mod leaf;
pub mod mutants;
pub mod samples;
pub mod schemas;
pub mod spelling;
pub mod typed;
