//! Names for tables, from the headings above them.
//!
//! A name has to stay the same when a vendor rewords a page, because schemas cite it. So a section
//! number wins over words, and a field name over both.

use super::trimmed;

/// A heading longer than this is prose that leads to the table, not its title.
const LONGEST_HEADING: usize = 24;

/// The name of the table under `above`, the lines of the page before it.
///
/// `fallback` is used when nothing above reads like a heading.
pub(super) fn table_name(above: &[&str], fallback: &str) -> String {
    above
        .iter()
        .rev()
        .map(|line| plain(line))
        .filter(|line| !line.is_empty())
        .take(4)
        .find_map(|line| heading_name(&line))
        .unwrap_or_else(|| fallback.to_owned())
}

/// The name that a heading gives, or none when the line is not a heading.
pub(super) fn heading_name(line: &str) -> Option<String> {
    if let Some(number) = section_number(line) {
        return Some(number.to_owned());
    }
    let identifier = leading_identifier(line);
    if !identifier.is_empty() {
        let rest = line.get(identifier.len()..).unwrap_or_default().trim();
        if rest.is_empty() {
            return Some(identifier.to_owned());
        }
        if rest.starts_with("数组元素字段") {
            return Some(format!("{identifier}[]"));
        }
    }
    if let Some((inner, _)) = parenthesised(line)
        && leading_identifier(inner) == inner
        && !inner.is_empty()
    {
        return Some(inner.to_owned());
    }
    let words = line.trim_end_matches([':', '：']);
    let is_prose = words != line || words.chars().count() > LONGEST_HEADING;
    // `/` and `#` separate the parts of a citation.
    (!is_prose).then(|| words.replace(['/', '#', '~'], "-"))
}

/// `3.2` of `3.2 公共请求参数`, `1` of `1.接口说明`; none of `0停用`, which is a value.
pub(super) fn section_number(line: &str) -> Option<&str> {
    let end = line.find(|character: char| !character.is_ascii_digit() && character != '.');
    let number = line.get(..end.unwrap_or(line.len()))?.trim_end_matches('.');
    let is_number = number.starts_with(|character: char| character.is_ascii_digit())
        && number
            .split('.')
            .all(|part| !part.is_empty() && part.len() <= 2)
        && number.split('.').count() <= 3;
    let rest = line.get(number.len()..)?;
    let title = rest.trim_start_matches(['.', '、', ' ']);
    let is_parted = number.contains('.') || title.len() < rest.len();
    let is_title = title.starts_with(|character: char| {
        character.is_alphabetic() && !character.is_ascii_lowercase()
    });
    (is_number && is_parted && is_title).then_some(number)
}

/// The run of letters, digits and underscores at the start of a line.
pub(super) fn leading_identifier(line: &str) -> &str {
    let end = line.find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    let run = line.get(..end.unwrap_or(line.len())).unwrap_or_default();
    if run.starts_with(|character: char| character.is_ascii_alphabetic()) {
        run
    } else {
        ""
    }
}

/// The document's Chinese title: the words beside the method's name, `method(title)` or
/// `title(method)`; empty when no line has them.
pub(super) fn document_title(text: &str) -> String {
    for line in text.lines().map(plain) {
        let Some((inner, outer)) = parenthesised(&line) else {
            continue;
        };
        let is_method = |part: &str| {
            !part.is_empty()
                && part.chars().all(|character| {
                    character.is_ascii_alphanumeric() || character == '.' || character == '_'
                })
        };
        if is_method(outer) && !inner.is_ascii() {
            return inner.to_owned();
        }
        if is_method(inner) && !outer.is_ascii() {
            return outer.to_owned();
        }
    }
    String::new()
}

/// The text inside a closing pair of parentheses, and the text before it.
fn parenthesised(line: &str) -> Option<(&str, &str)> {
    let body = line.strip_suffix([')', '）'])?;
    let (outer, inner) = body.split_once(['(', '（'])?;
    Some((inner.trim(), outer.trim()))
}

/// A line without the marks of Markdown.
fn plain(line: &str) -> String {
    let line = trimmed(line).trim_start_matches(['#', '>']);
    super::normalise(&line.replace("**", ""))
        .replace('*', "")
        .trim()
        .to_owned()
}
