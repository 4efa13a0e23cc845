//! The two macros that connect a generated type with its rows.

/// Implements a struct's traits from its table: one row per field.
///
/// Used by generated code; the rows are expressions of [`rows`](crate::object::rows).
#[macro_export]
macro_rules! object {
    ($name:ident = $table:expr; $($field:ident: $row:expr;)*) => {
        impl $crate::object::Described for $name {
            const TABLE: &'static $crate::object::Table = {
                #[allow(unused_imports)]
                use $crate::object::{Described, rows::*};
                &$table.fields(&[$($row.named(stringify!($field))),*])
            };
        }

        // The rows' places, named by the fields: of the ways to say them, the cheapest to compile,
        // and a jump table once it is optimized. No schema can name a type as this is named.
        #[allow(non_camel_case_types)]
        const _: () = {
            enum __Row { $($field),* }

            impl $crate::object::Object for $name {
                fn table(&self) -> &'static $crate::object::Table {
                    <Self as $crate::object::Described>::TABLE
                }
                fn get(&self, index: usize) -> $crate::object::View<'_> {
                    match index {
                        $(at if at == __Row::$field as usize => $crate::object::Member::view(&self.$field),)*
                        _ => $crate::object::View::Absent,
                    }
                }
                fn slot(&mut self, index: usize) -> $crate::object::Slot<'_> {
                    match index {
                        $(at if at == __Row::$field as usize => $crate::object::Member::slot(&mut self.$field),)*
                        _ => $crate::object::Slot::Nowhere,
                    }
                }
                fn extra(&self) -> &$crate::Extra {
                    &self.extra
                }
                fn extra_mut(&mut self) -> &mut $crate::Extra {
                    &mut self.extra
                }
            }

            impl $crate::object::Blank for $name {
                fn blank() -> Self {
                    Self {
                        $($field: $crate::object::Blank::blank(),)*
                        extra: $crate::Extra::default(),
                    }
                }
            }

            impl ::core::fmt::Debug for $name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    $crate::object::fmt_object(self, f)
                }
            }

            impl $crate::serde::Serialize for $name {
                fn serialize<S: $crate::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    $crate::object::write::serialize(self, serializer)
                }
            }

            impl<'de> $crate::serde::Deserialize<'de> for $name {
                fn deserialize<D: $crate::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    $crate::object::deserialize(deserializer)
                }
            }

            $crate::json_schema!($name);
        };
    };
}

/// Implements an open enum's traits from its rows: `integer` or `text`, then the known values.
///
/// Used by generated code.
#[macro_export]
macro_rules! open_enum {
    ($kind:ident $name:ident, $title:literal, $location:literal;
     $($variant:ident = $value:literal, $label:literal, $label_zh:literal;)*) => {
        const _: () = {
            impl $name {
                /// The known values and their labels.
                pub const TABLE: &'static $crate::object::EnumTable = &$crate::object::EnumTable {
                    name: stringify!($name),
                    title: $title,
                    location: $location,
                    variants: &[$($crate::object::VariantRow {
                        rust: stringify!($variant),
                        code: $crate::code!($kind $value),
                        label: $label,
                        label_zh: $label_zh,
                    }),*],
                };

                /// English label; the value itself when it is not known.
                #[must_use]
                pub fn label(&self) -> ::std::borrow::Cow<'_, str> {
                    $crate::object::label(self)
                }

                /// Chinese label 中文名称; the value itself when it is not known.
                #[must_use]
                pub fn label_zh(&self) -> ::std::borrow::Cow<'_, str> {
                    $crate::object::label_zh(self)
                }
            }

            $crate::open_enum_code!($kind $name; $($variant = $value,)*);

            impl $crate::object::Member for $name {
                fn view(&self) -> $crate::object::View<'_> {
                    $crate::object::View::Enum(self)
                }
                fn slot(&mut self) -> $crate::object::Slot<'_> {
                    $crate::object::Slot::Enum(self)
                }
            }

            impl $crate::object::Blank for $name {
                fn blank() -> Self {
                    Self::Unknown(::core::default::Default::default())
                }
            }

            impl ::core::fmt::Display for $name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Display::fmt(&$crate::object::OpenEnum::code(self), f)
                }
            }
        };
    };
}

/// A row's code, by kind of enum.
#[doc(hidden)]
#[macro_export]
macro_rules! code {
    (integer $value:literal) => {
        $crate::object::Code::Integer($value)
    };
    (text $value:literal) => {
        $crate::object::Code::Text($value)
    };
}

/// The part of an open enum that differs between integers and texts.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum_code {
    (integer $name:ident; $($variant:ident = $value:literal,)*) => {
        impl $crate::object::OpenEnum for $name {
            fn table(&self) -> &'static $crate::object::EnumTable {
                Self::TABLE
            }
            fn code(&self) -> $crate::object::Code<'_> {
                $crate::object::Code::Integer(match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => *value,
                })
            }
            fn set(&mut self, code: $crate::object::Code<'_>) -> bool {
                let $crate::object::Code::Integer(value) = code else { return false };
                *self = Self::from(value);
                true
            }
            fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }
        impl ::core::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    value => Self::Unknown(value),
                }
            }
        }
    };
    (text $name:ident; $($variant:ident = $value:literal,)*) => {
        impl $crate::object::OpenEnum for $name {
            fn table(&self) -> &'static $crate::object::EnumTable {
                Self::TABLE
            }
            fn code(&self) -> $crate::object::Code<'_> {
                $crate::object::Code::Text(match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                })
            }
            fn set(&mut self, code: $crate::object::Code<'_>) -> bool {
                let $crate::object::Code::Text(value) = code else { return false };
                *self = Self::from(value);
                true
            }
            fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }
        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    value => Self::Unknown(value.to_owned()),
                }
            }
        }
    };
}

/// `schemars::JsonSchema`, with the feature `schema`.
#[doc(hidden)]
#[cfg(feature = "schema")]
#[macro_export]
macro_rules! json_schema {
    ($name:ident) => {
        impl $crate::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(stringify!($name))
            }
            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(concat!(module_path!(), "::", stringify!($name)))
            }
            fn json_schema(
                generator: &mut $crate::schemars::SchemaGenerator,
            ) -> $crate::schemars::Schema {
                $crate::object::schema::object_schema(
                    <Self as $crate::object::Described>::TABLE,
                    generator,
                )
            }
        }
    };
}

/// Nothing, without the feature `schema`.
#[doc(hidden)]
#[cfg(not(feature = "schema"))]
#[macro_export]
macro_rules! json_schema {
    ($name:ident) => {};
}
