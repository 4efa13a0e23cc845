//! Every keyword there is, and what becomes of it.
//!
//! A keyword belongs to exactly one group, and each group is read by a `match` without a wildcard
//! arm: a keyword that is added here does not compile until its reader knows it. The keywords are
//! all those of the JSON Schema 2020-12 vocabularies and the dialect's own `x-` ones.

/// What becomes of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// It says what a file or schema is, and where others are.
    Structure,
    /// It decides the Rust type and the wire form.
    Shape,
    /// It becomes a rule that `validate()` checks.
    Rule,
    /// It becomes documentation.
    Documentation,
    /// The dialect does without it; the text says what to write instead.
    Rejected(&'static str),
}

/// Where a keyword comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vocabulary {
    /// `https://json-schema.org/draft/2020-12/vocab/core`
    Core,
    /// `.../vocab/applicator`
    Applicator,
    /// `.../vocab/unevaluated`
    Unevaluated,
    /// `.../vocab/validation`
    Validation,
    /// `.../vocab/meta-data`
    MetaData,
    /// `.../vocab/format-annotation`
    Format,
    /// `.../vocab/content`
    Content,
    /// The dialect's own.
    Dockseal,
}

macro_rules! keywords {
    ($($(#[$doc:meta])* $group:ident { $($name:ident $text:literal $vocabulary:ident,)+ })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
            #[allow(missing_docs, reason = "each is the keyword of its name")]
            pub enum $group { $($name,)+ }

            impl $group {
                /// As it is written.
                pub fn text(self) -> &'static str {
                    match self { $($group::$name => $text,)+ }
                }

                /// Where it comes from.
                pub fn vocabulary(self) -> Vocabulary {
                    match self { $($group::$name => Vocabulary::$vocabulary,)+ }
                }
            }
        )+

        /// A keyword, in its group.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the groups say what they are")]
        pub enum Keyword { $($group($group),)+ }

        /// All keywords, group by group.
        const ALL: &[Keyword] = &[$($(Keyword::$group($group::$name),)+)+];

        impl Keyword {
            /// As it is written.
            pub fn text(self) -> &'static str {
                match self { $(Keyword::$group(keyword) => keyword.text(),)+ }
            }

            /// Where it comes from.
            pub fn vocabulary(self) -> Vocabulary {
                match self { $(Keyword::$group(keyword) => keyword.vocabulary(),)+ }
            }
        }
    };
}

keywords! {
    /// Says what a file or schema is, and where others are.
    Structure {
        Schema "$schema" Core,
        Id "$id" Core,
        Ref "$ref" Core,
        Defs "$defs" Core,
        XApi "x-api" Dockseal,
        XSource "x-source" Dockseal,
        XGateway "x-gateway" Dockseal,
        XName "x-name" Dockseal,
    }
    /// Decides the Rust type and the wire form.
    Shape {
        Type "type" Validation,
        Properties "properties" Applicator,
        Items "items" Applicator,
        PrefixItems "prefixItems" Applicator,
        AllOf "allOf" Applicator,
        AnyOf "anyOf" Applicator,
        ContentMediaType "contentMediaType" Content,
        ContentSchema "contentSchema" Content,
        XDecimal "x-decimal" Dockseal,
        XTime "x-time" Dockseal,
        XEnum "x-enum" Dockseal,
        XWire "x-wire" Dockseal,
        XRustName "x-rust-name" Dockseal,
        XSensitive "x-sensitive" Dockseal,
    }
    /// Becomes a rule that `validate()` checks.
    Rule {
        MinLength "minLength" Validation,
        MaxLength "maxLength" Validation,
        XLengthUnit "x-length-unit" Dockseal,
        Pattern "pattern" Validation,
        Minimum "minimum" Validation,
        Maximum "maximum" Validation,
        ExclusiveMinimum "exclusiveMinimum" Validation,
        ExclusiveMaximum "exclusiveMaximum" Validation,
        Enum "enum" Validation,
        Const "const" Validation,
        MinItems "minItems" Validation,
        MaxItems "maxItems" Validation,
        UniqueItems "uniqueItems" Validation,
        Required "required" Validation,
        DependentRequired "dependentRequired" Validation,
        AdditionalProperties "additionalProperties" Applicator,
    }
    /// Becomes documentation.
    Documentation {
        Title "title" MetaData,
        Description "description" MetaData,
        Default "default" MetaData,
        Deprecated "deprecated" MetaData,
        Examples "examples" MetaData,
        Comment "$comment" Core,
        XNote "x-note" Dockseal,
        XRow "x-row" Dockseal,
    }
    /// Is not part of the dialect.
    Rejected {
        Anchor "$anchor" Core,
        DynamicAnchor "$dynamicAnchor" Core,
        DynamicRef "$dynamicRef" Core,
        Vocabulary "$vocabulary" Core,
        OneOf "oneOf" Applicator,
        Not "not" Applicator,
        If "if" Applicator,
        Then "then" Applicator,
        Else "else" Applicator,
        DependentSchemas "dependentSchemas" Applicator,
        Contains "contains" Applicator,
        PatternProperties "patternProperties" Applicator,
        PropertyNames "propertyNames" Applicator,
        UnevaluatedItems "unevaluatedItems" Unevaluated,
        UnevaluatedProperties "unevaluatedProperties" Unevaluated,
        MinContains "minContains" Validation,
        MaxContains "maxContains" Validation,
        MultipleOf "multipleOf" Validation,
        MinProperties "minProperties" Validation,
        MaxProperties "maxProperties" Validation,
        ReadOnly "readOnly" MetaData,
        WriteOnly "writeOnly" MetaData,
        Format "format" Format,
        ContentEncoding "contentEncoding" Content,
    }
}

impl Rejected {
    /// What to write instead.
    pub fn help(self) -> &'static str {
        match self {
            Rejected::Anchor | Rejected::DynamicAnchor => {
                "name the schema in `$defs` and refer to it by `#/$defs/<name>`"
            }
            Rejected::DynamicRef => "use `$ref`",
            Rejected::Vocabulary => "the dialect's vocabularies are fixed in `dialect.json`",
            Rejected::OneOf => {
                "alternatives of presence are `anyOf` of `required`; a list or its only element is `anyOf` of both; anything else is a type list"
            }
            Rejected::Not => "say what is allowed: `enum`, `pattern`, or a bound",
            Rejected::If | Rejected::Then | Rejected::Else | Rejected::DependentSchemas => {
                "conditions of presence are `dependentRequired`, or `anyOf` of `required`; describe others in `x-note`"
            }
            Rejected::Contains | Rejected::MinContains | Rejected::MaxContains => {
                "bound the list with `minItems` and `maxItems`; describe the rest in `x-note`"
            }
            Rejected::PatternProperties | Rejected::PropertyNames => {
                "name each property in `properties`; an object of any names is `\"type\": \"object\"` alone"
            }
            Rejected::UnevaluatedItems | Rejected::UnevaluatedProperties => {
                "an object is closed by `\"additionalProperties\": false`"
            }
            Rejected::MultipleOf => "the fraction is bounded by the scale in `x-decimal`",
            Rejected::MinProperties | Rejected::MaxProperties => {
                "say which properties are needed with `required` or `anyOf` of `required`"
            }
            Rejected::ReadOnly | Rejected::WriteOnly => {
                "a request and a reply have schemas of their own: leave the property out of the one"
            }
            Rejected::Format => "times are `x-time`; other forms are a `pattern`",
            Rejected::ContentEncoding => {
                "JSON inside a string is `contentMediaType` and `contentSchema`; keep other content as text"
            }
        }
    }
}

impl Keyword {
    /// All keywords, group by group.
    pub fn all() -> &'static [Keyword] {
        ALL
    }

    /// The keyword that is written so.
    pub fn named(text: &str) -> Option<Keyword> {
        ALL.iter().copied().find(|keyword| keyword.text() == text)
    }

    /// What becomes of it.
    pub fn disposition(self) -> Disposition {
        match self {
            Keyword::Structure(_) => Disposition::Structure,
            Keyword::Shape(_) => Disposition::Shape,
            Keyword::Rule(_) => Disposition::Rule,
            Keyword::Documentation(_) => Disposition::Documentation,
            Keyword::Rejected(keyword) => Disposition::Rejected(keyword.help()),
        }
    }
}
