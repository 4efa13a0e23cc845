//! Form parameters to values: what an OMS or a gateway receives, as [`form::decode`](crate::form::decode)
//! hands it out.
//!
//! Each parameter is one field of the request, read as leniently as JSON: see [`read`](super). Names
//! with brackets make a list or an object, which is read as the same JSON would be. Parameters that
//! the schema does not know are kept; system parameters are the caller's to leave out.

use serde::de::DeserializeSeed;
use serde::{Serialize, Serializer};

use super::value::{Mode, Target, ValueVisitor};
use super::{DecodeError, Found, Problem, Seen, finish, missing, problem, read_text_field};
use crate::RawJson;
use crate::form::FormValue;
use crate::object::path::Path;
use crate::object::{Field, Object};

/// Fills a blank request from the parameters of a form.
///
/// # Errors
/// See [`DecodeError`], which here has no excerpt; the value is then incomplete and should be thrown
/// away.
pub fn from_form(
    object: &mut (dyn Object + 'static),
    parameters: &[(String, FormValue)],
) -> Result<(), DecodeError> {
    let table = object.table();
    let mut problems = Vec::new();
    let mut seen = Seen::default();
    let mut next = 0;
    for (name, value) in parameters {
        let Some(index) = table.position(name, next) else {
            object.extra_mut().insert(name.as_str(), raw(value));
            continue;
        };
        next = index + 1;
        let Some(field) = table.fields.get(index) else {
            continue;
        };
        let path = Path::Key(&Path::Root, name);
        let found = match value {
            FormValue::Text(text) => read_text_field(object, index, text, &path, &mut problems),
            nested => read_nested(object, index, field, &raw(nested), &path, &mut problems),
        };
        seen.note(index, found);
    }
    missing(table, &seen, &Path::Root, &mut problems);
    finish(problems, &[])
}

fn read_nested(
    object: &mut (dyn Object + 'static),
    index: usize,
    field: &'static Field,
    json: &RawJson,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
) -> Found {
    let target = Target::Field(object, index);
    let visitor = ValueVisitor {
        target,
        value: &field.value,
        path,
        problems: &mut *problems,
        mode: Mode::Outer,
    };
    let mut deserializer = serde_json::Deserializer::from_slice(json.as_str().as_bytes());
    visitor.deserialize(&mut deserializer).unwrap_or_else(|_| {
        problems.push(problem(path, &field.value, "brackets in its name"));
        Found::Broken
    })
}

/// The same value as JSON: texts, lists and objects.
fn raw(value: &FormValue) -> RawJson {
    let nested = match value {
        FormValue::Text(text) => return RawJson::string(text),
        nested => serde_json::value::to_raw_value(&AsJson(nested)),
    };
    // Keys are texts and depth is limited by the form's decoder, so that writing cannot fail.
    nested.map(RawJson::from).unwrap_or_default()
}

struct AsJson<'a>(&'a FormValue);

impl Serialize for AsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            FormValue::Text(text) => serializer.serialize_str(text),
            FormValue::List(items) => serializer.collect_seq(items.iter().map(AsJson)),
            FormValue::Map(pairs) => {
                serializer.collect_map(pairs.iter().map(|(key, item)| (key, AsJson(item))))
            }
        }
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]
mod tests {
    use super::from_form;
    use crate::api::Request as _;
    use crate::form::{self, Limits};
    use crate::object::read::DecodeError;
    use crate::object::{Blank as _, write};
    use crate::shopex_oms::{StockinStatus, StockinStatusUpdate};
    use crate::wangdian_enterprise::StockinRefundPush;

    fn read(body: &str) -> Result<StockinStatusUpdate, DecodeError> {
        let mut push = StockinStatusUpdate::blank();
        from_form(
            &mut push,
            &form::decode(body.as_bytes(), &Limits::DEFAULT).unwrap(),
        )?;
        Ok(push)
    }

    #[test]
    fn parameters_are_fields_and_json_text_is_read() {
        let push =
            read("stockin_bn=I1&status=PARTIN&item=[{\"product_bn\":\"A\",\"normal_num\":\"2\"}]")
                .unwrap();
        assert_eq!(push.stockin_bn.as_deref(), Some("I1"));
        assert_eq!(push.status, Some(StockinStatus::PartIn));
        let line = &push.item.unwrap()[0];
        assert_eq!((line.product_bn.as_str(), line.normal_num), ("A", Some(2)));
    }

    #[test]
    fn what_is_written_as_a_form_is_read_from_it() {
        let example = StockinRefundPush::API.examples[0]
            .request
            .expect("an example");
        let push = StockinRefundPush::from_wire(example.as_bytes()).unwrap();
        let mut body = String::new();
        form::encode_pairs(write::to_form(&push, write::Escape::Ascii), &mut body);
        let mut again = StockinRefundPush::blank();
        from_form(
            &mut again,
            &form::decode(body.as_bytes(), &Limits::DEFAULT).unwrap(),
        )
        .unwrap();
        assert_eq!(again, push);
    }

    #[test]
    fn brackets_are_lists_and_objects() {
        let push =
            read("stockin_bn=I1&item[0][product_bn]=A&item[0][batch][actualQty]=3&extendProps[b]=1&extendProps[a]=2")
                .unwrap();
        assert_eq!(push.extend_props.unwrap().as_str(), r#"{"b":"1","a":"2"}"#);
        assert_eq!(
            push.item.unwrap()[0].batch.as_ref().unwrap()[0].actual_qty,
            3
        );
    }

    #[test]
    fn brackets_where_text_belongs_are_named_without_their_value() {
        let error = read("stockin_bn[]=hunter2&status=FINISH").unwrap_err();
        assert_eq!(
            error.to_string(),
            "/stockin_bn: expected text, found a list"
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }

    #[test]
    fn every_problem_is_named() {
        let error = read("item=[{\"normal_num\":\"x\"}]&operate_time=yesterday").unwrap_err();
        let pointers: Vec<_> = error
            .problems
            .iter()
            .map(|problem| problem.pointer.as_str())
            .collect();
        assert_eq!(
            pointers,
            ["/item/0/normal_num", "/item/0/product_bn", "/operate_time"]
        );
        assert!(
            read("item={broken")
                .unwrap_err()
                .to_string()
                .starts_with("/item: expected JSON")
        );
    }

    #[test]
    fn unknown_parameters_are_kept_as_they_came() {
        let push = read("stockin_bn=I1&task=T1&more[x]=1").unwrap();
        assert_eq!(
            push.extra.get("task").unwrap().as_text().as_deref(),
            Some("T1")
        );
        assert_eq!(push.extra.get("more").unwrap().as_str(), r#"{"x":"1"}"#);
    }
}
