//! What questions may cost.
//!
//! The crate looks at every way to be valid, and the ways of several keywords multiply: sixteen
//! members that depend on each other, 250 bytes of schema, keep it busy for minutes. So each question
//! is weighed before it is asked; what is too heavy stays unanswered, the same on every machine.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Map, Value};

use super::document::DEFINITIONS;

/// All questions about one message together, in pairs of ways. Ten thousand take about a second.
const BUDGET: u64 = 32_768;
/// Schemas that hold together cost the third power of their number, this part of a pair each.
const CONJUNCTS: u64 = 16;
/// Two patterns, compared by their automata, cost as much as so many pairs of ways.
const PATTERNS: u64 = 100;

/// What the questions about one message may still cost. Each is asked in a thread of its own.
#[derive(Debug)]
pub(crate) struct Effort {
    left: AtomicU64,
}

impl Default for Effort {
    fn default() -> Effort {
        Effort {
            left: AtomicU64::new(BUDGET),
        }
    }
}

impl Effort {
    /// Takes what the question costs, if there is so much left.
    pub(super) fn affords(&self, needed: &Value, given: &Value) -> bool {
        self.take(cost(weigh(needed), weigh(given)))
    }

    /// The same for pairs of patterns.
    pub(super) fn affords_patterns(&self, pairs: usize) -> bool {
        let pairs = u64::try_from(pairs).unwrap_or(u64::MAX);
        self.take(pairs.saturating_mul(PATTERNS))
    }

    fn take(&self, cost: u64) -> bool {
        let take = |left: u64| left.checked_sub(cost);
        let taken = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        taken.is_ok()
    }
}

fn cost(needed: Weight, given: Weight) -> u64 {
    let ways = needed.ways.saturating_mul(given.ways).saturating_sub(1);
    let parts = needed.parts.max(given.parts);
    let parts = parts
        .saturating_mul(needed.parts)
        .saturating_mul(given.parts);
    ways.saturating_add(parts / CONJUNCTS)
}

/// What a schema is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Weight {
    /// Ways to be valid: of the value itself, or of what is inside, whichever has more.
    ways: u64,
    /// Schemas that hold together.
    parts: u64,
}

impl Weight {
    const LIGHT: Weight = Weight { ways: 1, parts: 1 };

    fn max(self, other: Weight) -> Weight {
        Weight {
            ways: self.ways.max(other.ways),
            parts: self.parts.max(other.parts),
        }
    }

    /// Both hold.
    fn and(self, other: Weight) -> Weight {
        Weight {
            ways: self.ways.saturating_mul(other.ways),
            parts: self.parts.saturating_add(other.parts),
        }
    }

    /// One of them holds.
    fn or(self, other: Weight) -> Weight {
        Weight {
            ways: self.ways.saturating_add(other.ways),
            parts: self.parts.max(other.parts),
        }
    }
}

fn weigh(document: &Value) -> Weight {
    let definitions = document.get("$defs").and_then(Value::as_object);
    let mut scales = Scales {
        definitions,
        known: BTreeMap::new(),
    };
    scales.schema(document)
}

struct Scales<'s> {
    definitions: Option<&'s Map<String, Value>>,
    /// Definitions that were weighed; one that is being weighed counts as light, its inside counts
    /// once.
    known: BTreeMap<&'s str, Weight>,
}

impl<'s> Scales<'s> {
    fn schema(&mut self, schema: &'s Value) -> Weight {
        let Value::Object(keywords) = schema else {
            return Weight::LIGHT;
        };
        let (mut own, mut inner) = (Weight::LIGHT, Weight::LIGHT);
        let mut conditional = false;
        for (keyword, rule) in keywords {
            match keyword.as_str() {
                "$ref" => own = own.and(self.reference(rule)),
                "allOf" => {
                    own = schemas(rule).fold(own, |all, branch| all.and(self.schema(branch)));
                }
                "anyOf" | "oneOf" => own = own.and(self.choice(rule)),
                // What is not valid breaks one of the rules.
                "not" => own = own.and(broken(rule).or(self.schema(rule))),
                "if" | "then" | "else" => {
                    conditional = true;
                    own = own.and(self.schema(rule));
                }
                // The member is not there, or what it asks for is.
                "dependentRequired" | "dependentSchemas" => {
                    for dependent in schemas(rule) {
                        own = own.and(Weight::LIGHT.or(self.schema(dependent)));
                    }
                }
                "properties" | "patternProperties" | "prefixItems" => {
                    inner = schemas(rule).fold(inner, |all, part| all.max(self.schema(part)));
                }
                "items"
                | "contains"
                | "additionalProperties"
                | "propertyNames"
                | "unevaluatedItems"
                | "unevaluatedProperties" => inner = inner.max(self.schema(rule)),
                _ => {}
            }
        }
        if conditional {
            own = own.and(Weight { ways: 2, parts: 0 });
        }
        own.max(inner)
    }

    /// Branches that only list values are one list.
    fn choice(&mut self, rule: &'s Value) -> Weight {
        let (lists, others): (Vec<_>, Vec<_>) = schemas(rule).partition(|branch| is_list(branch));
        let listed = Weight {
            ways: u64::from(!lists.is_empty()),
            parts: 1,
        };
        let all = others
            .into_iter()
            .fold(listed, |all, branch| all.or(self.schema(branch)));
        all.max(Weight::LIGHT)
    }

    fn reference(&mut self, rule: &'s Value) -> Weight {
        let name = rule
            .as_str()
            .and_then(|target| target.strip_prefix(DEFINITIONS));
        let Some(name) = name else {
            return Weight::LIGHT;
        };
        if let Some(weight) = self.known.get(name) {
            return *weight;
        }
        self.known.insert(name, Weight::LIGHT);
        let target = self.definitions.and_then(|all| all.get(name));
        let weight = target.map_or(Weight::LIGHT, |target| self.schema(target));
        self.known.insert(name, weight);
        weight
    }
}

/// The schemas of a list, or the members of an object.
fn schemas(rule: &Value) -> impl Iterator<Item = &Value> {
    let elements = rule.as_array().into_iter().flatten();
    let members = rule.as_object().into_iter().flat_map(Map::values);
    elements.chain(members)
}

fn is_list(schema: &Value) -> bool {
    ["const", "enum"]
        .iter()
        .any(|rule| schema.get(rule).is_some())
}

/// A way for each rule that may be broken.
fn broken(schema: &Value) -> Weight {
    let rules = schema.as_object().map_or(1, Map::len);
    Weight {
        ways: u64::try_from(rules).unwrap_or(u64::MAX).max(1),
        parts: 1,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use serde_json::json;

    use super::*;

    fn weight(schema: &Value) -> (u64, u64) {
        let weight = weigh(schema);
        (weight.ways, weight.parts)
    }

    #[test]
    fn ways_that_hold_together_multiply_and_choices_add_up() {
        let choice = json!({"anyOf": [{"type": "string"}, {"type": "null"}, {"minimum": 3}]});
        assert_eq!(weight(&choice), (3, 2));
        assert_eq!(weight(&json!({"allOf": [choice, choice]})), (9, 5));
        assert_eq!(
            weight(&json!({"properties": {"a": choice, "b": {}}})),
            (3, 2)
        );
        let depends = json!({"dependentRequired": {"a": ["b"], "c": ["d"], "e": ["f"]}});
        assert_eq!(weight(&depends).0, 8);
        let listed = json!({"oneOf": [{"const": 1}, {"const": 2}, {"enum": [3, 4]}]});
        assert_eq!(weight(&listed).0, 1);
    }

    #[test]
    fn a_definition_counts_wherever_it_is_used_and_may_be_inside_of_itself() {
        let tree = json!({
            "$ref": "#/$defs/a",
            "$defs": {"a": {"anyOf": [{"items": {"$ref": "#/$defs/a"}}, {"type": "null"}]}}
        });
        assert_eq!(weight(&tree).0, 2);
        let mut definitions = Map::new();
        for n in 0..70 {
            let next = json!({"$ref": format!("#/$defs/d{}", n + 1)});
            definitions.insert(format!("d{n}"), json!({"anyOf": [next, next]}));
        }
        let document = json!({"$ref": "#/$defs/d0", "$defs": definitions});
        assert_eq!(weight(&document).0, u64::MAX);
    }

    #[test]
    fn what_all_questions_cost_together_is_limited() {
        let effort = Effort::default();
        let heavy = json!({"allOf": vec![json!({"anyOf": [{"minimum": 1}, {"maxLength": 3}]}); 7]});
        let light = json!({"type": "string"});
        assert!(effort.affords(&heavy, &heavy), "{:?}", weigh(&heavy));
        assert!(effort.affords(&light, &light));
        assert!(effort.affords(&heavy, &light));
        assert!(!effort.affords(&heavy, &heavy));
        assert!(effort.affords(&light, &light));
    }
}
