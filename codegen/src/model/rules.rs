//! Keywords that become rules.

use crate::diagnostic::Problems;
use crate::ir::Bound;
use crate::json::{Node, Value};
use crate::keyword::Rule;
use crate::members::{boolean, bound, choice, count, distinct, list, text, wrong_type};
use crate::source::Spanned;

/// The rules of a schema.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleWords {
    pub(crate) min_length: Option<Spanned<u32>>,
    pub(crate) max_length: Option<Spanned<u32>>,
    pub(crate) length_unit: Option<Spanned<LengthUnit>>,
    pub(crate) pattern: Option<Spanned<String>>,
    pub(crate) minimum: Option<Spanned<Bound>>,
    pub(crate) maximum: Option<Spanned<Bound>>,
    pub(crate) exclusive_minimum: Option<Spanned<Bound>>,
    pub(crate) exclusive_maximum: Option<Spanned<Bound>>,
    pub(crate) admitted: Option<Spanned<Vec<Node>>>,
    pub(crate) constant: Option<Spanned<String>>,
    pub(crate) min_items: Option<Spanned<u32>>,
    pub(crate) max_items: Option<Spanned<u32>>,
    pub(crate) unique_items: Option<Spanned<bool>>,
    pub(crate) required: Vec<Spanned<String>>,
    pub(crate) dependent: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
    pub(crate) additional: Option<Spanned<bool>>,
}

impl RuleWords {
    /// These, completed by those of the definition that is referred to.
    pub(crate) fn over(self, target: &RuleWords) -> RuleWords {
        let target = target.clone();
        RuleWords {
            min_length: self.min_length.or(target.min_length),
            max_length: self.max_length.or(target.max_length),
            length_unit: self.length_unit.or(target.length_unit),
            pattern: self.pattern.or(target.pattern),
            minimum: self.minimum.or(target.minimum),
            maximum: self.maximum.or(target.maximum),
            exclusive_minimum: self.exclusive_minimum.or(target.exclusive_minimum),
            exclusive_maximum: self.exclusive_maximum.or(target.exclusive_maximum),
            admitted: self.admitted.or(target.admitted),
            constant: self.constant.or(target.constant),
            min_items: self.min_items.or(target.min_items),
            max_items: self.max_items.or(target.max_items),
            unique_items: self.unique_items.or(target.unique_items),
            required: [self.required, target.required].concat(),
            dependent: [self.dependent, target.dependent].concat(),
            additional: self.additional.or(target.additional),
        }
    }
}

/// What `maxLength` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LengthUnit {
    Characters,
    Bytes,
}

const LENGTH_UNITS: &[(&str, LengthUnit)] = &[
    ("characters", LengthUnit::Characters),
    ("bytes", LengthUnit::Bytes),
];

pub(super) fn read(rules: &mut RuleWords, keyword: Rule, node: &Node, problems: &mut Problems) {
    match keyword {
        Rule::MinLength => rules.min_length = count(node, problems),
        Rule::MaxLength => rules.max_length = count(node, problems),
        Rule::XLengthUnit => rules.length_unit = choice(node, LENGTH_UNITS, problems),
        Rule::Pattern => rules.pattern = text(node, problems),
        Rule::Minimum => rules.minimum = bound(node, problems),
        Rule::Maximum => rules.maximum = bound(node, problems),
        Rule::ExclusiveMinimum => rules.exclusive_minimum = bound(node, problems),
        Rule::ExclusiveMaximum => rules.exclusive_maximum = bound(node, problems),
        Rule::Enum => rules.admitted = list(node, problems, |node, _| Some(node.clone())),
        Rule::Const => rules.constant = text(node, problems),
        Rule::MinItems => rules.min_items = count(node, problems),
        Rule::MaxItems => rules.max_items = count(node, problems),
        Rule::UniqueItems => rules.unique_items = boolean(node, problems),
        Rule::Required => rules.required = distinct(node, problems).unwrap_or_default(),
        Rule::DependentRequired => rules.dependent = dependent(node, problems),
        // A schema here would give types to names that nobody knows.
        Rule::AdditionalProperties => rules.additional = boolean(node, problems),
    }
}

fn dependent(node: &Node, problems: &mut Problems) -> Vec<(Spanned<String>, Vec<Spanned<String>>)> {
    let Value::Object(members) = &node.value else {
        wrong_type(node, "an object", problems);
        return Vec::new();
    };
    members
        .iter()
        .filter_map(|member| {
            let key = Spanned {
                value: member.key.clone(),
                place: member.key_place,
            };
            Some((key, distinct(&member.node, problems)?))
        })
        .collect()
}
