//! JSON text laid out for people, every name, text and number exactly as it was written.

/// The text with a member or an element a line.
pub(super) fn indent(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut inside, mut escaped) = (0_usize, false, false);
    let mut rest = json.chars().peekable();
    while let Some(c) = rest.next() {
        if inside {
            out.push(c);
            inside = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            '{' | '[' => {
                out.push(c);
                while rest.peek().is_some_and(char::is_ascii_whitespace) {
                    rest.next();
                }
                // An empty one stays on its line.
                if let Some(end) = rest.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(end);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => {
                inside = c == '"';
                out.push(c);
            }
        }
    }
    out
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::indent;

    #[test]
    fn numbers_and_texts_stay_as_they_were_written() {
        assert_eq!(
            indent(r#"{"a" : [1.50,1e400,"x\",{\\"],"b":{},"c":[ ],"d":[{"e":null}]}"#),
            "{\n  \"a\": [\n    1.50,\n    1e400,\n    \"x\\\",{\\\\\"\n  ],\n  \"b\": {},\n  \"c\": [],\n  \"d\": [\n    {\n      \"e\": null\n    }\n  ]\n}"
        );
        assert_eq!(indent("[]"), "[]");
        assert_eq!(indent(r#""text""#), r#""text""#);
    }
}
