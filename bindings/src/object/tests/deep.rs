//! What is found far inside a message, below members that have no rule of their own.

use rust_decimal::Decimal;

use crate::{Described, Extra, RawJson};

/// Below: exactly one thing each that can be broken or warned of.
macro_rules! leaf {
    ($name:ident, $type:ty, $table:expr, $value:expr) => {
        #[derive(Clone, PartialEq)]
        struct $name {
            leaf: Option<$type>,
            extra: Extra,
        }

        crate::object! {
            $name = $table;
            leaf: optional("leaf", "", $value);
        }
    };
}

leaf!(
    Rule,
    String,
    Table::new("Rule", "", "t"),
    text(&[MaxLength(1)])
);
leaf!(
    Digits,
    Decimal,
    Table::new("Digits", "", "t"),
    decimal(3, 1, &[])
);
leaf!(
    Form,
    RawJson,
    Table::new("Form", "", "t"),
    json(&[]).forms(Forms::OBJECT)
);
leaf!(
    Rare,
    String,
    Table::new("Rare", "", "t").beyond_bmp(BeyondBmp::Refused),
    text(&[])
);
leaf!(
    Closed,
    String,
    Table::new("Closed", "", "t").closed(),
    text(&[])
);
leaf!(
    Needs,
    String,
    Table::new("Needs", "", "t").rules(&[AnyOfRequired(&[&["leaf"]])]),
    text(&[])
);
leaf!(Free, String, Table::new("Free", "", "t"), text(&[]));

/// Above: two levels of members and lists without rules.
macro_rules! tree {
    ($middle:ident, $top:ident, $leaf:ident) => {
        #[derive(Clone, PartialEq)]
        struct $middle {
            one: Option<$leaf>,
            many: Option<Vec<$leaf>>,
            lists: Option<Vec<Vec<$leaf>>>,
            extra: Extra,
        }

        crate::object! {
            $middle = Table::new("Middle", "", "t");
            one: optional("one", "", object(<$leaf as Described>::TABLE, &[]));
            many: optional("many", "", list(&object(<$leaf as Described>::TABLE, &[]), &[]));
            lists: optional("lists", "", list(&list(&object(<$leaf as Described>::TABLE, &[]), &[]), &[]));
        }

        #[derive(Clone, PartialEq)]
        struct $top {
            below: Option<$middle>,
            extra: Extra,
        }

        crate::object! {
            $top = Table::new("Top", "", "t");
            below: optional("below", "", object(<$middle as Described>::TABLE, &[]));
        }
    };
}

tree!(RuleMiddle, RuleTop, Rule);
tree!(DigitsMiddle, DigitsTop, Digits);
tree!(FormMiddle, FormTop, Form);
tree!(RareMiddle, RareTop, Rare);
tree!(ClosedMiddle, ClosedTop, Closed);
tree!(NeedsMiddle, NeedsTop, Needs);
tree!(FreeMiddle, FreeTop, Free);

/// What is found when this leaf is put at every place, and whether it stops the message.
fn found<T: Described>(leaf: &str) -> (Vec<String>, bool) {
    let json =
        format!(r#"{{"below":{{"one":{leaf},"many":[{leaf},{leaf}],"lists":[[],[{leaf}]]}}}}"#);
    let value = T::from_json(json.as_bytes()).expect("readable");
    let inspected = value.inspect().into_iter();
    let pointers = inspected.map(|violation| violation.pointer).collect();
    (pointers, value.validate().is_err())
}

fn places(below: &str) -> Vec<String> {
    ["one", "many/0", "many/1", "lists/1/0"]
        .map(|place| format!("/below/{place}{below}"))
        .to_vec()
}

#[test]
fn what_is_broken_far_inside_is_found_at_every_place() {
    for (found, below) in [
        (found::<RuleTop>(r#"{"leaf":"ab"}"#), "/leaf"),
        (found::<DigitsTop>(r#"{"leaf":100}"#), "/leaf"),
        (found::<FormTop>(r#"{"leaf":1}"#), "/leaf"),
        (found::<ClosedTop>(r#"{"new":1}"#), "/new"),
        (found::<NeedsTop>("{}"), ""),
    ] {
        assert_eq!(found, (places(below), true));
    }
}

#[test]
fn what_is_warned_of_far_inside_is_found_and_stops_nothing() {
    let warned = found::<RareTop>("{\"leaf\":\"\u{10000}\"}");
    assert_eq!(warned, (places("/leaf"), false));
}

#[test]
fn nothing_is_found_where_nothing_is_broken() {
    for found in [
        found::<RuleTop>(r#"{"leaf":"a"}"#),
        found::<DigitsTop>(r#"{"leaf":99.9}"#),
        found::<FormTop>(r#"{"leaf":{}}"#),
        found::<RareTop>(r#"{"leaf":"ab"}"#),
        found::<ClosedTop>(r#"{"leaf":"ab"}"#),
        found::<NeedsTop>(r#"{"leaf":"ab"}"#),
        found::<FreeTop>("{\"leaf\":\"\u{10000}\",\"new\":1}"),
    ] {
        assert_eq!(found, (Vec::new(), false));
    }
}
