//! Types: structs with their fields and rules, and open enums.

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Struct(Struct),
    Enum(Enum),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    /// `ProcessUpload`.
    pub name: String,
    /// `wangdian-flagship/process.Process.upload.json#/$defs/ProcessUpload`.
    pub location: String,
    pub title: String,
    pub description: String,
    pub notes: Vec<String>,
    pub deprecated: bool,
    /// Written as a JSON array of its fields in order, instead of an object.
    pub positional: bool,
    /// Unknown fields are a violation (`additionalProperties: false`).
    pub closed: bool,
    pub fields: Vec<Field>,
    pub rules: Vec<ObjectRule>,
    /// It is the root of a request whose fields are signed parameters.
    pub parameters: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// `type`.
    pub wire: String,
    /// `r#type`.
    pub rust: String,
    pub title: String,
    pub description: String,
    pub notes: Vec<String>,
    /// `param/11`, as cited.
    pub rows: Vec<String>,
    /// The server's default, as JSON text; documentation only.
    pub default: Option<String>,
    /// Possible values, as JSON text.
    pub examples: Vec<String>,
    pub required: bool,
    pub deprecated: bool,
    pub value: Value,
}

/// The type of a field or of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub shape: Shape,
    /// JSON types that the schema admits.
    pub forms: Forms,
    /// Numbers, booleans and integer enums are written as JSON strings.
    pub as_text: bool,
    /// The value is JSON text inside a string (`contentMediaType: application/json`).
    pub json_text: bool,
    /// A list that may arrive as its only element.
    pub one_or_many: bool,
    pub sensitive: bool,
    pub rules: Vec<Rule>,
}

/// The JSON types that a schema admits, for the ones whose shape leaves a choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    pub string: bool,
    pub number: bool,
    pub boolean: bool,
    pub array: bool,
    pub object: bool,
    pub null: bool,
    /// An empty string (and, for times, the zero time) stands for absence.
    pub blank: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Integer,
    Boolean,
    Decimal {
        precision: u32,
        scale: u32,
    },
    DateTime,
    Date,
    /// Rust name of an open enum.
    Enum(String),
    /// Rust name of a struct.
    Object(String),
    List(Box<Value>),
    /// Any JSON (admitted types in `forms`), kept as its own text.
    Json,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    MinLength(u32),
    MaxLength(u32),
    /// `maxLength` where the vendor counts UTF-8 bytes.
    MaxBytes(u32),
    Pattern(String),
    Minimum(Bound),
    Maximum(Bound),
    ExclusiveMinimum(Bound),
    ExclusiveMaximum(Bound),
    /// One of the enum's known values.
    Known,
    Const(String),
    MinItems(u32),
    MaxItems(u32),
    UniqueItems,
}

/// An exact bound: `units` times ten to the minus `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    pub units: i64,
    pub scale: u32,
}

/// Names are wire names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectRule {
    /// At least one of these groups is wholly present.
    AnyOfRequired(Vec<Vec<String>>),
    /// When the first is present, so are the others.
    DependentRequired(String, Vec<String>),
}

/// An open enum: known values and room for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    pub name: String,
    pub location: String,
    pub title: String,
    pub description: String,
    pub notes: Vec<String>,
    pub deprecated: bool,
    /// Integers, or texts.
    pub integer: bool,
    pub variants: Vec<Variant>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// `0` or `FINISH`, as text.
    pub value: String,
    pub rust: String,
    /// English label.
    pub label: String,
    /// Chinese label.
    pub label_zh: String,
}

impl Type {
    /// Its Rust name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Type::Struct(known) => &known.name,
            Type::Enum(known) => &known.name,
        }
    }
}
