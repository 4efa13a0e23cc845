//! The kinds of mistakes that a schema can have. A code never changes its meaning.

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $text:literal,)+) => {
        /// What kind of mistake a diagnostic reports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])+ $name,)+ }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Code] = &[$(Code::$name,)+];

            /// `D001`, as it is printed.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)+ }
            }
        }
    };
}

codes! {
    // Files and their text.
    /// A file where no schema belongs, or the same path twice.
    StrayFile = "D001",
    /// A file above the size limit.
    FileTooLarge = "D002",
    /// Bytes that are not UTF-8.
    NotUtf8 = "D003",
    /// A byte order mark at the start.
    ByteOrderMark = "D004",
    /// Text that is not JSON.
    Syntax = "D005",
    /// More text after the JSON value.
    TrailingText = "D006",
    /// A key that stands twice in one object.
    DuplicateKey = "D007",
    /// Containers or schemas that nest too deep.
    TooDeep = "D008",
    /// A directory of APIs without its `gateway.json`.
    GatewayMissing = "D009",

    // Keywords and their values.
    /// A keyword that neither JSON Schema nor the dialect has.
    UnknownKeyword = "D010",
    /// A keyword of JSON Schema that the dialect does without.
    RejectedKeyword = "D011",
    /// A keyword in a place where it means nothing.
    MisplacedKeyword = "D012",
    /// A value of the wrong JSON type.
    WrongType = "D013",
    /// A text that is none of the possible ones.
    WrongValue = "D014",
    /// A member that the object does not have.
    UnknownMember = "D015",
    /// A member or keyword that must be there.
    MissingMember = "D016",
    /// A list that must not be empty.
    EmptyList = "D017",
    /// A count that is negative, fractional or too large.
    BadCount = "D018",
    /// A bound that does not fit eighteen digits.
    BadBound = "D019",
    /// A lower limit above the upper one.
    EmptyRange = "D020",
    /// A name or value that a list has twice.
    Repeated = "D021",

    // References.
    /// A `$ref` to something that must not be referred to.
    ForbiddenReference = "D030",
    /// A `$ref` to nothing.
    DanglingReference = "D031",
    /// A `$ref` that leads back to itself.
    ReferenceCycle = "D032",
    /// A keyword beside a `$ref` whose target says it already.
    SaidTwice = "D033",
    /// A keyword beside a `$ref` to a named type that would change that type.
    BesideType = "D034",

    // Shapes and rules.
    /// Types that have no shape in Rust.
    NoShape = "D040",
    /// A number without `x-decimal`.
    BareNumber = "D041",
    /// A keyword that does not go with the shape.
    NotApplicable = "D042",
    /// A shape carried by text without its pattern.
    PatternMissing = "D043",
    /// A shape carried by text with another pattern than its own.
    PatternForeign = "D044",
    /// A blank form on a value that is always there.
    BlankRequired = "D045",
    /// A choice of writing without `x-wire`.
    WireMissing = "D046",
    /// A numeric bound that text would not be held to.
    BoundNotImplied = "D047",
    /// A pattern that is no regular expression.
    BadPattern = "D048",
    /// `enum` without `x-enum`.
    EnumWithoutNames = "D049",
    /// `enum` and `x-enum` that list different values.
    EnumDiffers = "D050",
    /// `x-enum` values that the type does not admit, or texts among integers.
    EnumKind = "D051",
    /// A decimal that the Rust type cannot hold.
    DecimalRange = "D052",
    /// A rule that names a property which the object does not have.
    UnknownProperty = "D053",
    /// An `anyOf` that is none of the two supported forms.
    AnyOf = "D054",

    // Names.
    /// A `$defs` key that does not go with what it defines.
    DefinitionName = "D060",
    /// An `x-rust-name` or `rust` that is no such name.
    BadRustName = "D061",
    /// A wire name from which no Rust name can be made.
    NoRustName = "D062",
    /// Two types of a gateway with one Rust name.
    TypeClash = "D063",
    /// Two fields of a type with one Rust name.
    FieldClash = "D064",
    /// Two API files with one module name.
    ModuleClash = "D065",

    // APIs.
    /// A `$schema`, `$id`, gateway, direction or name that contradicts where the file stands.
    Disagrees = "D070",
    /// A request or reply that is no object.
    NotAnObject = "D071",
    /// A pointer that leads to no field.
    PointerLost = "D072",
    /// A request that cannot travel as form parameters.
    FormParameter = "D073",

    // Gateways.
    /// A parameter whose credential is not there.
    UnknownCredential = "D080",
    /// A signing scheme that names no parameter.
    UnknownParameter = "D081",
    /// No credential is secret.
    NoSecret = "D082",

    // Rows of the documents.
    /// A citation of no known form.
    BadCitation = "D090",
    /// A document that `sources.lock` does not have.
    UnknownDocument = "D091",
    /// A table or row that the document does not have.
    UnknownRow = "D092",
    /// A row that is cited twice.
    RowCitedTwice = "D093",
    /// A row that is cited nowhere.
    RowNotCited = "D094",
    /// A digest that differs from the one in `sources.lock`.
    DigestDiffers = "D095",

    // What only `check` asks for.
    /// A type or property without a title or a description.
    Undocumented = "D100",
    /// A property without a row or a note.
    Uncited = "D101",
}
