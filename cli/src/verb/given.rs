//! What the command line gives: files, pairs and business requests, each with its complaint.

use dockseal::CredentialError;
use dockseal::api::AnyApi;
use dockseal::object::{Layout, Object, View, read};
use dockseal::send::PrepareError;

use super::secret::unreadable;
use crate::exit::Exit;
use crate::language::Said;
use crate::output::Complaint;

/// The business request of a method from JSON text.
pub(super) fn request(api: &dyn AnyApi, json: &[u8]) -> Result<Box<dyn Object>, Complaint> {
    let mut request = api.blank_request();
    // One argument may be given bare, without the array that it travels in.
    let bare = request.table().layout == Layout::Named && json.trim_ascii_start().starts_with(b"{");
    read::request(api.api().positional && !bare, &mut *request, json).map_err(|error| {
        let zh: Vec<_> = error.problems.iter().map(read::Problem::zh).collect();
        Complaint::usage(Said::new(error.to_string(), zh.join("；")))
    })?;
    Ok(request)
}

/// A warning for each field that the schema does not know: it is sent all the same, and a misspelt
/// one does nothing.
pub(super) fn strangers(request: &dyn Object) -> Vec<Said> {
    let mut found = Vec::new();
    visit(View::Object(request), "", &mut found);
    found
}

fn visit(view: View<'_>, at: &str, found: &mut Vec<Said>) {
    match view {
        View::Object(object) => {
            for (name, _) in object.extra().iter() {
                found.push(Said::new(
                    format!("{at}/{name} is no field that the schema knows; it is sent as it is"),
                    format!("{at}/{name} 不是文档中的字段，将原样发送"),
                ));
            }
            for (index, field) in object.table().fields.iter().enumerate() {
                visit(object.get(index), &format!("{at}/{}", field.name), found);
            }
        }
        View::List(list) => {
            for index in 0..list.count() {
                visit(list.element(index), &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The document's example of a method's request.
pub(super) fn example(api: &dyn AnyApi) -> Option<&'static str> {
    api.api()
        .examples
        .iter()
        .find_map(|example| example.request)
}

/// Both halves of a pair that the help of its option writes in this shape, such as NAME=VALUE.
pub(super) fn halves<'t>(
    option: &str,
    shape: &str,
    pair: &'t str,
) -> Result<(&'t str, &'t str), Complaint> {
    // The value may be a secret, so that only the option is named.
    pair.split_once('=').ok_or_else(|| {
        Complaint::usage(Said::new(
            format!("{option} wants {shape}"),
            format!("{option} 应写成 {shape}"),
        ))
    })
}

/// A file, or standard input.
pub(super) fn file(path: &str) -> Result<Vec<u8>, Complaint> {
    let read = if path == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| unreadable(path, &error))
}

/// The text itself, or what is in the @FILE.
pub(super) fn text_or_file(text: &str) -> Result<Vec<u8>, Complaint> {
    text.strip_prefix('@')
        .map_or_else(|| Ok(text.as_bytes().to_vec()), file)
}

/// A complaint about a credential.
pub(super) fn credential(error: &CredentialError) -> Complaint {
    Complaint::usage(Said::new(error.to_string(), error.zh()))
}

/// A complaint about a request that was not made.
pub(super) fn not_made(error: &PrepareError) -> Complaint {
    let complaint = match error {
        PrepareError::Credential(error) => return credential(error),
        error => Complaint::usage(Said::new(error.to_string(), error.zh())),
    };
    match error {
        PrepareError::Invalid(_) => Complaint {
            exit: Exit::Rejected,
            ..complaint
        },
        _ => complaint,
    }
}
