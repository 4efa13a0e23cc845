//! The macro that gives a gateway's module its client types.

/// Declares `Client` and `BlockingClient` for a gateway, each if `dockseal` has the feature for it.
///
/// Used by generated code. The features are those of `dockseal`, wherever the code is compiled.
#[macro_export]
macro_rules! client_aliases {
    ($gateway:ident) => {
        $crate::client_alias!($gateway);
        $crate::blocking_client_alias!($gateway);
    };
}

/// The alias of the asynchronous client, with the feature `client`.
#[doc(hidden)]
#[cfg(feature = "client")]
#[macro_export]
macro_rules! client_alias {
    ($gateway:ident) => {
        /// Calls this gateway from async programs.
        pub type Client = $crate::client::Client<$gateway>;
    };
}

/// Nothing, without the feature `client`.
#[doc(hidden)]
#[cfg(not(feature = "client"))]
#[macro_export]
macro_rules! client_alias {
    ($gateway:ident) => {};
}

/// The alias of the blocking client, with the feature `blocking`.
#[doc(hidden)]
#[cfg(feature = "blocking")]
#[macro_export]
macro_rules! blocking_client_alias {
    ($gateway:ident) => {
        /// Calls this gateway and blocks the thread until the call is over.
        pub type BlockingClient = $crate::blocking::Client<$gateway>;
    };
}

/// Nothing, without the feature `blocking`.
#[doc(hidden)]
#[cfg(not(feature = "blocking"))]
#[macro_export]
macro_rules! blocking_client_alias {
    ($gateway:ident) => {};
}
