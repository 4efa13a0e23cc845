//! Generated Rust text to the items that programs can name.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Field, Fields, FnArg, ImplItem, ImplItemFn, Item, ItemImpl, ItemMacro, Pat, Path,
    Token, UseTree, Visibility,
};

use super::declared::{Declared, Kind};

/// The items of generated files by name. Files that need not be read are passed over: those that the
/// other side has as well, whose types its gateway lists as well.
pub(super) fn items(
    files: &BTreeMap<String, String>,
    equal: &BTreeSet<&str>,
) -> BTreeMap<String, Declared> {
    let mut reader = Reader {
        files,
        equal,
        items: BTreeMap::new(),
    };
    reader.file("mod.rs", "", None);
    reader.items
}

struct Reader<'f> {
    files: &'f BTreeMap<String, String>,
    equal: &'f BTreeSet<&'f str>,
    items: BTreeMap<String, Declared>,
}

impl Reader<'_> {
    /// Reads a file whose items are seen under a path: all of them, or those of some names.
    fn file(&mut self, path: &str, scope: &str, names: Option<&BTreeSet<String>>) {
        let holds_others = path.ends_with("mod.rs");
        let needed = holds_others || !self.equal.contains(path);
        let written = self.files.get(path).filter(|_| needed);
        // What is no Rust is for the compiler to tell.
        let Some(Ok(file)) = written.map(|text| syn::parse_file(text)) else {
            return;
        };
        let uses = reexported(&file.items);
        let shown = |name: &syn::Ident| names.is_none_or(|names| names.contains(&name.to_string()));
        for item in &file.items {
            match item {
                Item::Mod(module) => {
                    let name = module.ident.to_string();
                    let child = self.child(path, &name);
                    if is_public(&module.vis) {
                        let owner = join(scope, &name);
                        let text = format!("pub mod {name}");
                        self.add(&owner, Declared::new(Kind::Module, &owner, "", text));
                        self.file(&child, &owner, None);
                    } else if let Some(names) = uses.get(&name) {
                        self.file(&child, scope, Some(names));
                    }
                }
                Item::Const(item) if is_public(&item.vis) && shown(&item.ident) => {
                    let text = format!("pub const {}: {}", item.ident, text(&item.ty));
                    let name = item.ident.to_string();
                    let item = Declared::new(Kind::Constant, scope, &name, text);
                    self.add(&join(scope, &name), item);
                }
                Item::Struct(item) if is_public(&item.vis) && shown(&item.ident) => {
                    let owner = join(scope, &item.ident.to_string());
                    self.declaration(&owner, "struct", &item.attrs);
                    self.fields(&owner, &item.fields);
                }
                Item::Enum(item) if is_public(&item.vis) && shown(&item.ident) => {
                    let owner = join(scope, &item.ident.to_string());
                    self.declaration(&owner, "enum", &item.attrs);
                    for variant in &item.variants {
                        let name = variant.ident.to_string();
                        let fields = &variant.fields;
                        let text = format!("{name}{}", text(quote!(#fields)));
                        let item = Declared::new(Kind::Variant, &owner, &name, text);
                        self.add(&join(&owner, &name), item.with_attributes(&variant.attrs));
                    }
                }
                Item::Impl(item) => self.implementation(scope, names, item),
                Item::Macro(item) => self.call(scope, names, item),
                _ => {}
            }
        }
    }

    /// The file of a module that a file declares.
    fn child(&self, path: &str, name: &str) -> String {
        let directory = path.strip_suffix("mod.rs").unwrap_or_default();
        let inner = format!("{directory}{name}/mod.rs");
        if self.files.contains_key(&inner) {
            inner
        } else {
            format!("{directory}{name}.rs")
        }
    }

    fn add(&mut self, name: &str, item: Declared) {
        self.items.insert(name.to_owned(), item);
    }

    /// A type, and the traits that it derives.
    fn declaration(&mut self, owner: &str, word: &str, attributes: &[Attribute]) {
        let name = owner.rsplit("::").next().unwrap_or(owner);
        let item = Declared::new(Kind::Type, owner, "", format!("pub {word} {name}"));
        self.add(owner, item.with_attributes(attributes));
        let derives = attributes.iter().filter(|a| a.path().is_ident("derive"));
        let derives = derives.filter_map(|derive| {
            let parser = Punctuated::<Path, Token![,]>::parse_terminated;
            derive.parse_args_with(parser).ok()
        });
        for path in derives.flatten() {
            self.implements(owner, &text(path));
        }
    }

    fn implements(&mut self, owner: &str, name: &str) {
        let item = Declared::new(Kind::Trait, owner, name, format!("impl {name}"));
        self.add(&format!("impl {name} for {owner}"), item);
    }

    fn fields(&mut self, owner: &str, fields: &Fields) {
        let public = |field: &&Field| is_public(&field.vis);
        for (index, field) in fields.iter().enumerate().filter(|(_, f)| public(f)) {
            let name = field.ident.as_ref();
            let name = name.map_or_else(|| index.to_string(), ToString::to_string);
            let text = format!("pub {name}: {}", text(&field.ty));
            let item = Declared::new(Kind::Field, owner, &name, text);
            let item = item.with_attributes(&field.attrs);
            self.add(&format!("{owner}.{name}"), item);
        }
    }

    fn implementation(&mut self, scope: &str, names: Option<&BTreeSet<String>>, item: &ItemImpl) {
        let name = text(&item.self_ty);
        if names.is_some_and(|names| !names.contains(&name)) {
            return;
        }
        let owner = join(scope, &name);
        let implemented = item.trait_.as_ref().map(|(path, _)| text(path));
        if let Some(name) = &implemented {
            self.implements(&owner, name);
        }
        for part in &item.items {
            match (part, &implemented) {
                (ImplItem::Fn(function), None) if is_public(&function.vis) => {
                    self.function(&owner, function);
                }
                (ImplItem::Type(part), Some(implemented)) => {
                    let name = part.ident.to_string();
                    let text = format!("type {name} = {}", text(&part.ty));
                    let item = Declared::new(Kind::Associated, &owner, &name, text);
                    self.add(&format!("<{owner} as {implemented}>::{name}"), item);
                }
                _ => {}
            }
        }
    }

    fn function(&mut self, owner: &str, function: &ImplItemFn) {
        let name = function.sig.ident.to_string();
        let mut parameters = Vec::new();
        let mut receiver = None;
        for input in &function.sig.inputs {
            match input {
                FnArg::Receiver(this) => {
                    receiver = Some(text(this).replace("mut self", "self"));
                }
                FnArg::Typed(typed) => {
                    let name = match typed.pat.as_ref() {
                        Pat::Ident(name) => name.ident.to_string(),
                        other => text(other),
                    };
                    parameters.push((name, text(&typed.ty)));
                }
            }
        }
        let returned = text(&function.sig.output);
        let signature = |with_names: bool| {
            let written = parameters.iter().map(|(name, kind)| {
                if with_names {
                    format!("{name}: {kind}")
                } else {
                    kind.clone()
                }
            });
            let inputs: Vec<String> = receiver.iter().cloned().chain(written).collect();
            let text = format!("pub fn {name}({}) {returned}", inputs.join(", "));
            text.trim_end().to_owned()
        };
        let mut item = Declared::new(Kind::Function, owner, &name, signature(false));
        item.shown = signature(true);
        item.parameters = parameters;
        self.add(&join(owner, &name), item.with_attributes(&function.attrs));
    }

    /// A call of one of the runtime's macros counts as what it implements: by its name, and the
    /// words before the rows.
    fn call(&mut self, scope: &str, names: Option<&BTreeSet<String>>, item: &ItemMacro) {
        let words = item
            .mac
            .tokens
            .clone()
            .into_iter()
            .map_while(|token| match token {
                proc_macro2::TokenTree::Ident(word) => Some(word.to_string()),
                _ => None,
            });
        let words: Vec<String> = words.collect();
        let Some(name) = words.last() else {
            return;
        };
        if names.is_some_and(|names| !names.contains(name)) {
            return;
        }
        let owner = join(scope, name);
        let called = format!("{}!", text(&item.mac.path));
        let text = format!("{called} {}", words.join(" "));
        let item = Declared::new(Kind::Trait, &owner, &called, text);
        self.add(&format!("{called} {owner}"), item);
    }
}

/// What a file offers of its modules: `pub use module::{A, B};`.
fn reexported(items: &[Item]) -> BTreeMap<String, BTreeSet<String>> {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in items {
        if let Item::Use(item) = item
            && is_public(&item.vis)
            && let UseTree::Path(path) = &item.tree
        {
            let names = uses.entry(path.ident.to_string()).or_default();
            let mut left = vec![path.tree.as_ref()];
            while let Some(tree) = left.pop() {
                match tree {
                    UseTree::Name(name) => {
                        names.insert(name.ident.to_string());
                    }
                    UseTree::Group(group) => left.extend(&group.items),
                    _ => {}
                }
            }
        }
    }
    uses
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn join(scope: &str, name: &str) -> String {
    if scope.is_empty() {
        name.to_owned()
    } else {
        format!("{scope}::{name}")
    }
}

/// Tokens on one line, as people write them. A type of the gateway is the same whether it is named
/// from the gateway's module or from below it.
fn text(tokens: impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        ("super::", ""),
    ] {
        text = text.replace(from, to);
    }
    text
}
