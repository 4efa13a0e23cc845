//! What the tests of the clients share: both clients behind one face, and a server that does to each
//! connection what its script says, over real TCP on loopback.

pub mod clients;
pub mod server;
