//! Which shape a schema has, and which keywords go with that shape.

use crate::code::Code;
use crate::diagnostic::Problem;
use crate::ir::Forms;
use crate::keyword::{Keyword, Rule, Shape};
use crate::model::Schema;
use crate::model::shape::JsonType;

/// The shapes of the dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Boolean,
    Decimal,
    Time,
    Enum,
    Object,
    List,
    OneOrMany,
    Json,
    JsonText,
}

#[allow(clippy::unnested_or_patterns, reason = "each is one list of types")]
impl Kind {
    /// Decides by the `x-` keywords first, then by the types.
    pub(super) fn of(schema: &Schema) -> Result<Kind, Problem> {
        use JsonType::{Array, Boolean, Integer, Object, String};
        let shape = &schema.shape;
        if schema.anything {
            return Ok(Kind::Json);
        }
        let kind = if shape.decimal.is_some() {
            Kind::Decimal
        } else if shape.time.is_some() {
            Kind::Time
        } else if shape.variants.is_some() {
            Kind::Enum
        } else if shape.content.is_some() || shape.media_type.is_some() {
            Kind::JsonText
        } else if shape.any_of.is_some() && shape.properties.is_none() {
            return Ok(Kind::OneOrMany);
        } else {
            match types(schema).as_slice() {
                [String] => Kind::Text,
                [Integer] | [Integer, String] => Kind::Integer,
                [Boolean] => Kind::Boolean,
                [Array] if shape.items.is_some() => Kind::List,
                [Object] if shape.properties.is_some() => Kind::Object,
                [Array]
                | [Object]
                | [String, Array]
                | [String, Object]
                | [Array, Object]
                | [String, Array, Object] => Kind::Json,
                types => return Err(no_shape(schema, types)),
            }
        };
        if kind.admits(&types(schema)) {
            Ok(kind)
        } else {
            Err(kind.wrong_types(schema))
        }
    }

    /// The types that go with the shape, `null` apart.
    fn admits(self, types: &[JsonType]) -> bool {
        use JsonType::{Integer, Number, String};
        match self {
            Kind::Decimal => matches!(types, [Number] | [String] | [Number, String]),
            Kind::Time | Kind::JsonText => matches!(types, [String]),
            Kind::Enum => matches!(types, [String] | [Integer] | [Integer, String]),
            Kind::Text
            | Kind::Integer
            | Kind::Boolean
            | Kind::Object
            | Kind::List
            | Kind::OneOrMany
            | Kind::Json => true,
        }
    }

    fn wrong_types(self, schema: &Schema) -> Problem {
        let help = match self {
            Kind::Decimal => "a decimal has the type string, number, or both",
            Kind::Time => "a time has the type string",
            Kind::JsonText => "JSON inside a string has the type string",
            _ => "an `x-enum` has the type string, integer, or both for integers",
        };
        let message = format!("{} cannot have this type", self.name());
        Problem::new(Code::NoShape, types_place(schema), message, help)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Text => "a text",
            Kind::Integer => "an integer",
            Kind::Boolean => "a boolean",
            Kind::Decimal => "a decimal",
            Kind::Time => "a time",
            Kind::Enum => "an enum",
            Kind::Object => "an object",
            Kind::List => "a list",
            Kind::OneOrMany => "a list or its only element",
            Kind::Json => "any JSON",
            Kind::JsonText => "JSON inside a string",
        }
    }

    /// Keywords that mean something for the shape, beside those that go with every one.
    fn keywords(self) -> &'static [Keyword] {
        const TYPE: Keyword = Keyword::Shape(Shape::Type);
        const WIRE: Keyword = Keyword::Shape(Shape::XWire);
        const PATTERN: Keyword = Keyword::Rule(Rule::Pattern);
        const MIN_LENGTH: Keyword = Keyword::Rule(Rule::MinLength);
        const MAX_LENGTH: Keyword = Keyword::Rule(Rule::MaxLength);
        const LENGTH_UNIT: Keyword = Keyword::Rule(Rule::XLengthUnit);
        const MINIMUM: Keyword = Keyword::Rule(Rule::Minimum);
        const MAXIMUM: Keyword = Keyword::Rule(Rule::Maximum);
        const ABOVE: Keyword = Keyword::Rule(Rule::ExclusiveMinimum);
        const BELOW: Keyword = Keyword::Rule(Rule::ExclusiveMaximum);
        match self {
            Kind::Text => &[
                TYPE,
                MIN_LENGTH,
                MAX_LENGTH,
                LENGTH_UNIT,
                PATTERN,
                Keyword::Rule(Rule::Const),
            ],
            Kind::Integer => &[TYPE, WIRE, PATTERN, MINIMUM, MAXIMUM, ABOVE, BELOW],
            Kind::Boolean | Kind::Json => &[TYPE],
            Kind::Decimal => &[
                TYPE,
                WIRE,
                PATTERN,
                MINIMUM,
                MAXIMUM,
                ABOVE,
                BELOW,
                Keyword::Shape(Shape::XDecimal),
            ],
            Kind::Time => &[TYPE, PATTERN, Keyword::Shape(Shape::XTime)],
            Kind::Enum => &[
                TYPE,
                WIRE,
                PATTERN,
                MIN_LENGTH,
                MAX_LENGTH,
                LENGTH_UNIT,
                Keyword::Shape(Shape::XEnum),
                Keyword::Rule(Rule::Enum),
            ],
            Kind::Object => &[
                TYPE,
                Keyword::Shape(Shape::Properties),
                Keyword::Shape(Shape::AllOf),
                Keyword::Shape(Shape::AnyOf),
                Keyword::Rule(Rule::Required),
                Keyword::Rule(Rule::DependentRequired),
                Keyword::Rule(Rule::AdditionalProperties),
            ],
            Kind::List => &[
                TYPE,
                Keyword::Shape(Shape::Items),
                Keyword::Rule(Rule::MinItems),
                Keyword::Rule(Rule::MaxItems),
                Keyword::Rule(Rule::UniqueItems),
            ],
            Kind::OneOrMany => &[Keyword::Shape(Shape::AnyOf)],
            Kind::JsonText => &[
                TYPE,
                MIN_LENGTH,
                Keyword::Shape(Shape::ContentMediaType),
                Keyword::Shape(Shape::ContentSchema),
            ],
        }
    }

    /// Whether a keyword that stands beside this shape means anything.
    pub(super) fn takes(self, keyword: Keyword) -> bool {
        match keyword {
            // References are followed, misplaced and rejected keywords were reported.
            Keyword::Documentation(_)
            | Keyword::Structure(_)
            | Keyword::Rejected(_)
            | Keyword::Shape(Shape::XSensitive | Shape::XRustName) => true,
            Keyword::Shape(_) | Keyword::Rule(_) => self.keywords().contains(&keyword),
        }
    }
}

/// The types of a schema without `null`.
pub(super) fn types(schema: &Schema) -> Vec<JsonType> {
    let types = schema.shape.types.iter().flat_map(|types| &types.value);
    types
        .copied()
        .filter(|r#type| *r#type != JsonType::Null)
        .collect()
}

/// The admitted types as the IR has them.
pub(super) fn forms(schema: &Schema) -> Forms {
    if schema.anything {
        return Forms {
            string: true,
            number: true,
            boolean: true,
            array: true,
            object: true,
            null: true,
            blank: false,
        };
    }
    let has = |wanted| {
        schema
            .shape
            .types
            .iter()
            .any(|types| types.value.contains(&wanted))
    };
    Forms {
        string: has(JsonType::String),
        number: has(JsonType::Number) || has(JsonType::Integer),
        boolean: has(JsonType::Boolean),
        array: has(JsonType::Array),
        object: has(JsonType::Object),
        null: has(JsonType::Null),
        blank: false,
    }
}

fn types_place(schema: &Schema) -> crate::source::Place {
    schema
        .shape
        .types
        .as_ref()
        .map_or_else(|| schema.opening(), |types| types.place)
}

fn no_shape(schema: &Schema, types: &[JsonType]) -> Problem {
    let place = types_place(schema);
    if types.contains(&JsonType::Number) {
        return Problem::new(
            Code::BareNumber,
            place,
            "a number without `x-decimal`",
            "add `\"x-decimal\": {\"precision\": .., \"scale\": ..}`, or make it an integer: numbers are never floats",
        );
    }
    let message = if schema.shape.types.is_none() {
        "the schema has no `type`"
    } else {
        "this type has no shape in Rust"
    };
    Problem::new(
        Code::NoShape,
        place,
        message,
        "write string, integer, boolean, array with `items`, object with `properties`, or a list of string, array and object for any JSON; `null` may be added",
    )
}
