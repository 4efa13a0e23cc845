//! The wish of whoever runs the program that it stop.

/// Returns at Ctrl-C, or when the process is asked to end.
///
/// # Errors
/// Signals cannot be waited for.
pub(super) async fn wished() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            end = tokio::signal::ctrl_c() => end,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
