//! An OMS that receives, and senders that speak to it over plain sockets.

pub(crate) mod form;
pub(crate) mod oms;
pub(crate) mod sender;
mod trouble;
