//! Where the text to be signed goes: into a digest, or onto paper for a dry run.

/// Receives the text to be signed, piece by piece.
pub(super) trait Sink {
    /// Takes a piece of the text.
    fn text(&mut self, text: &str);

    /// Takes a piece of a secret parameter's value.
    fn secret(&mut self, name: &str, text: &str) {
        let _ = name;
        self.text(text);
    }
}
