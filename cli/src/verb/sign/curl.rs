//! A curl command as browsers and Postman copy it: shell words, then the few options that matter.

use std::path::Path;

use dockseal::form;

use super::capture::Capture;
use crate::language::Said;
use crate::output::Complaint;
use crate::verb::secret::unreadable;

/// Options, other than those read here, that take the next word with them.
const WITH_VALUE: &[&str] = &[
    "-X",
    "--request",
    "-A",
    "--user-agent",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "-e",
    "--referer",
    "-o",
    "--output",
    "-u",
    "--user",
    "-x",
    "--proxy",
    "-m",
    "--max-time",
    "--connect-timeout",
    "--cacert",
    "--cert",
    "--key",
    "--resolve",
    "--retry",
    "-w",
    "--write-out",
];

/// Reads a curl command.
pub(super) fn read(text: &str, beside: &Path) -> Result<Capture, Complaint> {
    let mut capture = Capture::default();
    let (mut data, mut get, mut address) = (Vec::<Vec<u8>>::new(), false, None);
    let mut words = words(text)
        .into_iter()
        .skip_while(|word| word != "curl")
        .skip(1);
    while let Some(word) = words.next() {
        let (flag, attached) = split_short(&word);
        let mut value = || {
            attached
                .map(str::to_owned)
                .or_else(|| words.next())
                .unwrap_or_default()
        };
        match flag {
            "-H" | "--header" => {
                let header = value();
                if let Some((name, value)) = header.split_once(':') {
                    capture.set_header(name, value);
                }
            }
            "-d" | "--data" | "--data-ascii" => data.push(from_file(&value(), beside, true)?),
            "--data-binary" => data.push(from_file(&value(), beside, false)?),
            "--data-raw" => data.push(value().into_bytes()),
            "--data-urlencode" => data.push(encoded(&value(), beside)?),
            "--json" => {
                capture.set_header("content-type", "application/json");
                data.push(from_file(&value(), beside, false)?);
            }
            "-F" | "--form" | "--form-string" => {
                return Err(Complaint::usage(Said::new(
                    "a multipart form is signed by none of these gateways",
                    "这些网关均不支持 multipart 表单",
                ))
                .with_help(Said::new(
                    "send the parameters with --data-urlencode",
                    "请改用 --data-urlencode 传参",
                )));
            }
            "-G" | "--get" => get = true,
            "--url" => address = Some(value()),
            flag if WITH_VALUE.contains(&flag) => {
                value();
            }
            flag if flag.starts_with('-') => {}
            _ => address = address.or(Some(word.clone())),
        }
    }
    capture.set_address(&address.unwrap_or_default());
    let joined = data.join(&b'&');
    if get {
        let query = String::from_utf8_lossy(&joined).into_owned();
        let both = [std::mem::take(&mut capture.query), query];
        capture.query = both
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("&");
    } else {
        capture.body = joined;
    }
    Ok(capture)
}

/// `-XPOST` is `-X` and `POST`.
fn split_short(word: &str) -> (&str, Option<&str>) {
    match word.split_at_checked(2) {
        Some((flag @ ("-X" | "-H" | "-d"), rest)) if !rest.is_empty() => (flag, Some(rest)),
        _ => (word, None),
    }
}

fn from_file(value: &str, beside: &Path, without_line_ends: bool) -> Result<Vec<u8>, Complaint> {
    let Some(path) = value.strip_prefix('@') else {
        return Ok(value.as_bytes().to_vec());
    };
    let mut bytes = std::fs::read(beside.join(path)).map_err(|error| unreadable(path, &error))?;
    if without_line_ends {
        bytes.retain(|byte| !matches!(byte, b'\r' | b'\n' | 0));
    }
    Ok(bytes)
}

/// `name=text`, `=text`, `text`, `name@file` or `@file`.
fn encoded(value: &str, beside: &Path) -> Result<Vec<u8>, Complaint> {
    let (name, text) = match value
        .find(['=', '@'])
        .and_then(|at| value.split_at_checked(at))
    {
        Some((name, text)) if text.starts_with('@') => {
            let bytes = from_file(text, beside, false)?;
            (name, String::from_utf8_lossy(&bytes).into_owned())
        }
        Some((name, text)) => (name, text.get(1..).unwrap_or_default().to_owned()),
        None => ("", value.to_owned()),
    };
    let mut out = String::new();
    if !name.is_empty() {
        out.push_str(name);
        out.push('=');
    }
    form::encode(&text, &mut out);
    Ok(out.into_bytes())
}

/// The words of a command as a POSIX shell sees them, `$'...'` included.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('\n') | None => {}
                Some('\r') if rest.peek() == Some(&'\n') => {
                    rest.next();
                }
                Some(c) => word.get_or_insert_default().push(c),
            },
            '\'' => word
                .get_or_insert_default()
                .extend(rest.by_ref().take_while(|c| *c != '\'')),
            '"' => double_quoted(&mut rest, word.get_or_insert_default()),
            '$' if rest.peek() == Some(&'\'') => {
                rest.next();
                ansi_quoted(&mut rest, word.get_or_insert_default());
            }
            c if c.is_whitespace() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn double_quoted(rest: &mut impl Iterator<Item = char>, word: &mut String) {
    while let Some(c) = rest.next() {
        match c {
            '"' => return,
            '\\' => match rest.next() {
                Some(c @ ('"' | '\\' | '$' | '`')) => word.push(c),
                Some('\n') | None => {}
                Some(c) => word.extend(['\\', c]),
            },
            c => word.push(c),
        }
    }
}

fn ansi_quoted(rest: &mut std::iter::Peekable<impl Iterator<Item = char>>, word: &mut String) {
    while let Some(c) = rest.next() {
        match (c, rest.peek().copied()) {
            ('\'', _) => return,
            ('\\', Some(escape)) => {
                rest.next();
                match escape {
                    'n' => word.push('\n'),
                    'r' => word.push('\r'),
                    't' => word.push('\t'),
                    'u' => word.extend(code_point(rest, 4)),
                    'x' => word.extend(code_point(rest, 2)),
                    c => word.push(c),
                }
            }
            (c, _) => word.push(c),
        }
    }
}

fn code_point(
    rest: &mut std::iter::Peekable<impl Iterator<Item = char>>,
    most: usize,
) -> Option<char> {
    let mut code = 0;
    for _ in 0..most {
        let Some(digit) = rest.peek().and_then(|c| c.to_digit(16)) else {
            break;
        };
        rest.next();
        code = code * 16 + digit;
    }
    char::from_u32(code)
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (String, String) {
        let capture = read(text, Path::new(".")).unwrap();
        (capture.query, String::from_utf8(capture.body).unwrap())
    }

    #[test]
    fn a_command_copied_from_a_browser_is_read() {
        let text = "curl 'http://h/openapi?sid=a' \\\n  -H 'content-type: application/json' \\\n  --compressed --data-raw $'[{\"r\":\"it\\'s\\u0021\"}]'";
        assert_eq!(
            parsed(text),
            ("sid=a".to_owned(), "[{\"r\":\"it's!\"}]".to_owned())
        );
    }

    #[test]
    fn pieces_of_data_are_joined_and_encoded() {
        let text = "$ curl -XPOST -u me:x --url \"http://h/p\" -d a=1 --data-urlencode 'b=x y&中' --data-urlencode '=z'";
        assert_eq!(
            parsed(text),
            (String::new(), "a=1&b=x+y%26%E4%B8%AD&z".to_owned())
        );
    }

    #[test]
    fn get_puts_the_data_into_the_query() {
        assert_eq!(
            parsed("curl -G http://h/p?v=1 -d a=1"),
            ("v=1&a=1".to_owned(), String::new())
        );
    }

    #[test]
    fn a_multipart_form_is_refused() {
        assert!(read("curl http://h -F a=1", Path::new(".")).is_err());
    }
}
