//! Text as a terminal shows it: how wide it is, where a line may break, JSON over lines.

/// Columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Columns of one character: two for what East Asian fonts draw wide.
fn columns(c: char) -> usize {
    match c {
        '\0'..='\u{1F}' | '\u{7F}' => 0,
        _ if is_wide(c) => 2,
        _ => 1,
    }
}

fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// The text with spaces behind it, as many as make it `columns` wide.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A text that must stay as it is, cut wherever a line is full; at least one line.
pub(super) fn fold(text: &str, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for c in text.chars() {
        if used + columns(c) > most && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        used += columns(c);
        line.push(c);
    }
    lines.push(line);
    lines
}

/// Prose, broken between words and between Chinese characters; at least one line.
pub(super) fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if width(&line) + width(piece.trim_end()) > most && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        // A word that no line can hold is cut.
        let mut parts = fold(piece, most);
        let last = parts.pop().unwrap_or_default();
        lines.append(&mut parts);
        line.push_str(&last);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// What a line of prose must not break: a word with the spaces behind it, or one wide character
/// with the closing punctuation behind it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let mut end = first.len_utf8();
        let mut before = first;
        for c in rest.chars().skip(1) {
            let closes = "，。；：、）》”’！？".contains(c);
            let parts = (before == ' ' && c != ' ') || is_wide(before) || is_wide(c);
            if parts && !closes && c != ' ' {
                break;
            }
            end += c.len_utf8();
            before = c;
        }
        let (piece, behind) = rest.split_at(end);
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

/// JSON text over lines, two spaces a level. Only white space changes: numbers keep their digits
/// and members their order. `text` has to be JSON.
pub(super) fn pretty_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            ' ' | '\t' | '\n' | '\r' => {}
            '"' => {
                out.push(c);
                copy_string(&mut rest, &mut out);
            }
            '{' | '[' => {
                while rest.next_if(char::is_ascii_whitespace).is_some() {}
                out.push(c);
                if let Some(close) = rest.next_if(|c| matches!(c, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    new_line(depth, &mut out);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(depth, &mut out);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(depth, &mut out);
            }
            ':' => out.push_str(": "),
            c => out.push(c),
        }
    }
    out
}

fn copy_string(rest: &mut impl Iterator<Item = char>, out: &mut String) {
    while let Some(c) = rest.next() {
        out.push(c);
        match c {
            '\\' => out.extend(rest.next()),
            '"' => return,
            _ => {}
        }
    }
}

fn new_line(depth: usize, out: &mut String) {
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
}

#[cfg(test)]
mod tests {
    use super::{fold, padded, pretty_json, width, wrap};

    #[test]
    fn chinese_characters_take_two_columns() {
        assert_eq!(width("a生产，…‹"), 9);
        assert_eq!(padded("生产", 6), "生产  ");
        assert_eq!(padded("生产", 3), "生产");
    }

    #[test]
    fn folding_loses_nothing_and_keeps_to_the_width() {
        let text = "{\"remark\":\"加急处理\",\"num\":\"1.5000\"}";
        for most in 2..40 {
            let lines = fold(text, most);
            assert!(lines.iter().all(|line| width(line) <= most), "{lines:?}");
            assert_eq!(lines.concat(), text);
        }
        assert_eq!(fold("", 10), [""]);
    }

    #[test]
    fn prose_breaks_between_words_and_between_chinese_characters() {
        assert_eq!(
            wrap("wait a minute, then push", 14),
            ["wait a minute,", "then push"]
        );
        assert_eq!(wrap("请等待一分钟，再推", 12), ["请等待一分", "钟，再推"]);
        assert_eq!(
            wrap("请核对 app_key 与 secret", 12),
            ["请核对", "app_key 与", "secret"]
        );
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""]);
    }

    #[test]
    fn json_is_laid_out_without_touching_a_value() {
        assert_eq!(
            pretty_json(r#"[{"a" : 999999999999999.9999,"b":[], "c":"x,\"}{","d":{ }}]"#),
            "[\n  {\n    \"a\": 999999999999999.9999,\n    \"b\": [],\n    \"c\": \"x,\\\"}{\",\n    \"d\": {}\n  }\n]"
        );
    }
}
