//! Text of a sender for a terminal: nothing in it can move the cursor, change a colour, turn the
//! direction of writing, or pass for a line of this program.

/// Text that may have several lines.
pub(super) fn harmless(text: &str) -> String {
    escaped(text, |c| c != '\n')
}

/// Text that is part of a line, and stays it.
pub(super) fn harmless_line(text: &str) -> String {
    escaped(text, |_| true)
}

fn escaped(text: &str, also: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) && also(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

fn is_harmful(c: char) -> bool {
    // Marks and overrides of the direction, and the separators of lines and paragraphs.
    let steers = matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    steers || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::{harmless, harmless_line};

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(
            harmless("a\u{1B}[31m\u{9B}b\n中\r\u{202E}"),
            "a\\u{1b}[31m\\u{9b}b\n中\\r\\u{202e}"
        );
    }

    #[test]
    fn a_line_stays_one() {
        assert_eq!(
            harmless_line("I-1\n2\r\n3\u{2028}入库"),
            "I-1\\n2\\r\\n3\\u{2028}入库"
        );
    }
}
