//! What programs can name, as semver compares it.

use std::collections::BTreeMap;

use syn::Attribute;

use super::Cause;
use crate::review::verdict::Rust;

/// One public item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) kind: Kind,
    /// The type, or the module of what belongs to none: `wangdian_flagship::ProcessUpload`.
    pub(super) owner: String,
    /// The name in it: `num`, `with_num`, `Output`.
    pub(super) member: String,
    /// What the compiler holds programs to.
    pub(super) text: String,
    /// The same for people, with the names of parameters.
    pub(super) shown: String,
    /// Names and types of parameters.
    pub(super) parameters: Vec<(String, String)>,
    pub(super) deprecated: bool,
    /// `#[non_exhaustive]`: programs have to be ready for more.
    open: bool,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Module,
    Constant,
    Type,
    Field,
    Variant,
    Function,
    /// A trait that a type has, by a derive, an `impl` or a macro.
    Trait,
    /// A type that an `impl` names.
    Associated,
}

/// How the parameters of a constructor changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Parameters {
    /// Names of those that came, went or have another type.
    pub(super) changed: Vec<String>,
    /// Those that stayed stand in another order.
    pub(super) moved: bool,
}

impl Declared {
    pub(super) fn new(kind: Kind, owner: &str, member: &str, text: String) -> Declared {
        Declared {
            kind,
            owner: owner.to_owned(),
            member: member.to_owned(),
            shown: text.clone(),
            text,
            parameters: Vec::new(),
            deprecated: false,
            open: false,
        }
    }

    pub(super) fn with_attributes(mut self, attributes: &[Attribute]) -> Declared {
        let has = |name| attributes.iter().any(|a| a.path().is_ident(name));
        (self.deprecated, self.open) = (has("deprecated"), has("non_exhaustive"));
        if self.open {
            self.text = format!("#[non_exhaustive] {}", self.text);
            self.shown = format!("#[non_exhaustive] {}", self.shown);
        }
        if self.deprecated {
            self.shown = format!("#[deprecated] {}", self.shown);
        }
        self
    }

    /// What it does to programs that this became that; nothing if they see nothing of it.
    pub(super) fn becomes(&self, new: &Declared) -> Option<Rust> {
        let names = |item: &Declared| -> Vec<String> {
            let names = item.parameters.iter().map(|(name, _)| name.clone());
            names.collect()
        };
        if self.text != new.text {
            Some(Rust::MajorType)
        } else if names(self) != names(new) {
            // Programs compile and say something else.
            Some(Rust::MajorBehaviour)
        } else if self.deprecated != new.deprecated {
            Some(if new.deprecated {
                Rust::Minor
            } else {
                Rust::Patch
            })
        } else {
            None
        }
    }

    /// Whether programs had to name all fields or variants of the type that it is added to.
    pub(super) fn must_be_known(&self, before: &BTreeMap<String, Declared>) -> bool {
        let owner = before.get(&self.owner);
        matches!(self.kind, Kind::Field | Kind::Variant) && owner.is_some_and(|owner| !owner.open)
    }

    /// Whether its parameters are those of the constructor, or it is there for want of them.
    pub(super) fn is_constructor(&self) -> bool {
        match self.kind {
            Kind::Function => self.member == "new",
            Kind::Trait => self.member == "Default",
            _ => false,
        }
    }

    /// The kind of change that is behind it when it comes, goes or is declared otherwise.
    pub(super) fn cause(&self) -> Cause {
        match self.kind {
            Kind::Field | Kind::Function => Cause::Member,
            Kind::Trait if self.is_constructor() => Cause::Member,
            Kind::Variant => Cause::Variant,
            Kind::Associated => Cause::Reply,
            Kind::Module | Kind::Constant | Kind::Type | Kind::Trait => Cause::Type,
        }
    }
}

impl Parameters {
    pub(super) fn compare(old: Option<&Declared>, new: Option<&Declared>) -> Parameters {
        let of = |item: Option<&Declared>| item.map_or(Vec::new(), |i| i.parameters.clone());
        let (old, new) = (of(old), of(new));
        let lost = |these: &[(String, String)], others: &[(String, String)]| -> Vec<String> {
            let lost = these.iter().filter(|one| !others.contains(one));
            lost.map(|(name, _)| name.clone()).collect()
        };
        let kept = |these: &[(String, String)], others: &[(String, String)]| -> Vec<String> {
            let names = these.iter().map(|(name, _)| name.clone());
            names
                .filter(|name| others.iter().any(|(other, _)| other == name))
                .collect()
        };
        Parameters {
            changed: [lost(&old, &new), lost(&new, &old)].concat(),
            moved: kept(&old, &new) != kept(&new, &old),
        }
    }
}
