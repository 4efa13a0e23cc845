//! The page: headings, labelled rows and blocks, 100 columns wide, styles included.
//!
//! Prose is wrapped. Text that must stay exact, such as a body or a text to sign, is cut where the
//! line is full and goes on behind a `↳` in the margin.

use anstyle::{AnsiColor, Style};

use super::text::{fold, padded, width, wrap};

/// Columns of a line.
const WIDTH: usize = 100;
/// Column of a row's text.
const ROW: usize = 17;
/// Column of a block's text.
const BLOCK: usize = 5;
/// Stands before the rest of a line that was too long.
const GOES_ON: &str = "↳ ";

pub(super) const PLAIN: Style = Style::new();
pub(super) const STRONG: Style = Style::new().bold();
pub(super) const FAINT: Style = Style::new().dimmed();
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(super) const WARN: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
const HEAD: Style = AnsiColor::Cyan.on_default().bold();
const LABEL: Style = AnsiColor::Cyan.on_default();

/// A page that grows downwards.
#[derive(Default)]
pub(super) struct Page {
    /// As it is shown.
    text: String,
    /// The same texts before they were cut to lines.
    whole: String,
}

impl Page {
    /// What has been written, with its styles.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Whether a text is on the page, be it cut into lines or not.
    pub(super) fn shows(&self, text: &str) -> bool {
        self.text.contains(text) || self.whole.contains(text)
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// The heading of an API.
    pub(super) fn title(&mut self, text: &str, place: &str) {
        let used = 3 + width(text) + 1 + 1 + width(place);
        let rule = "━".repeat(WIDTH.saturating_sub(used).max(2));
        self.line(
            "",
            &[(HEAD, "━━ "), (HEAD, text), (HEAD, " "), (HEAD, &rule)],
            place,
        );
    }

    /// The heading of one example.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        let rule = "─".repeat(WIDTH.saturating_sub(3 + width(text) + 1));
        self.line(
            "",
            &[(FAINT, "── "), (STRONG, text), (PLAIN, " "), (FAINT, &rule)],
            "",
        );
    }

    /// One line as it is.
    pub(super) fn plain(&mut self, style: Style, text: &str) {
        self.line("", &[(style, text)], "");
    }

    /// A label and prose beside it.
    pub(super) fn row(&mut self, label: &str, text: &str) {
        self.styled_row(LABEL, label, PLAIN, text);
    }

    /// As [`Page::row`], in other styles.
    pub(super) fn styled_row(&mut self, label_style: Style, label: &str, style: Style, text: &str) {
        self.whole.extend([text, "\n"]);
        let label = padded(label, ROW - 4);
        for (line, number) in wrap(text, WIDTH - ROW).iter().zip(0..) {
            if number == 0 {
                self.line(
                    "   ",
                    &[(label_style, &label), (PLAIN, " "), (style, line)],
                    "",
                );
            } else {
                self.line(&" ".repeat(ROW), &[(style, line)], "");
            }
        }
    }

    /// More prose under a row.
    pub(super) fn more(&mut self, text: &str) {
        self.styled_row(PLAIN, "", PLAIN, text);
    }

    /// A label on a line of its own, above a block.
    pub(super) fn label(&mut self, label: &str, remark: &str) {
        let gap = if remark.is_empty() { "" } else { "  " };
        self.line("   ", &[(LABEL, label), (PLAIN, gap), (FAINT, remark)], "");
    }

    /// Exact text.
    pub(super) fn block(&mut self, text: &str) {
        for line in text.lines() {
            self.exact(PLAIN, "", line);
        }
    }

    /// Names and exact values, one pair a line.
    pub(super) fn pairs<'a>(&mut self, pairs: impl Iterator<Item = (&'a str, &'a str)> + Clone) {
        let widest = pairs
            .clone()
            .map(|(name, _)| width(name))
            .max()
            .unwrap_or_default();
        for (name, value) in pairs {
            self.exact(FAINT, &padded(name, widest + 2), value);
        }
    }

    /// A line of exact text behind a lead.
    fn exact(&mut self, lead_style: Style, lead: &str, text: &str) {
        self.whole.extend([lead, text, "\n"]);
        // A lead that leaves no room would cut the text to shreds.
        let beside = (WIDTH - BLOCK).saturating_sub(width(lead)).max(20);
        let under = " ".repeat(width(lead));
        for (line, number) in fold(text, beside).iter().zip(0..) {
            if number == 0 {
                self.line("     ", &[(lead_style, lead), (PLAIN, line)], "");
            } else {
                let before = " ".repeat(BLOCK - width(GOES_ON));
                self.line(
                    &before,
                    &[(FAINT, GOES_ON), (PLAIN, &under), (PLAIN, line)],
                    "",
                );
            }
        }
    }

    fn line(&mut self, indent: &str, parts: &[(Style, &str)], end: &str) {
        let mut line = indent.to_owned();
        for (style, text) in parts.iter().filter(|(_, text)| !text.is_empty()) {
            line.extend([
                &style.render().to_string(),
                *text,
                &style.render_reset().to_string(),
            ]);
        }
        if !end.is_empty() {
            line.extend([
                " ",
                &FAINT.render().to_string(),
                end,
                &FAINT.render_reset().to_string(),
            ]);
        }
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}
