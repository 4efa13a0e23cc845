//! The model to the IR.
//!
//! Each gateway is lowered alone: first its definitions get their Rust names ([`define`]), then
//! every definition becomes types ([`object`], [`enumeration`]) whose fields have a shape
//! ([`kind`], [`value`], [`scalar`], [`container`]) and rules ([`rules`]), then the APIs follow
//! ([`api`], [`mod@pointer`]), and last the types are put in order ([`order`]). Each pass goes on after
//! a mistake; any mistake at all keeps the IR back.

mod api;
mod container;
mod define;
mod enumeration;
mod kind;
pub(crate) mod lexical;
mod object;
mod order;
mod pager;
mod pointer;
mod rules;
mod scalar;
mod value;

use std::collections::BTreeMap;

use crate::code::Code;
use crate::diagnostic::{Diagnostics, Problems};
use crate::ir;
use crate::model::{File, Model, Root};
use crate::names::TypeNames;
use crate::resolve::{References, Target};
use crate::source::{FileId, SourceFile, Sources};

/// Lowers all files, or tells everything that is wrong with them.
pub(crate) fn lower(files: &[SourceFile]) -> Result<ir::Ir, Diagnostics> {
    let mut problems = Problems::default();
    let sources = Sources::read(files, &mut problems);
    let model = Model::read(&sources, &mut problems);
    let references = References::resolve(&model, &sources, &mut problems);
    let mut gateways = Vec::new();
    for name in model.gateways() {
        let mut lowering = Lowering {
            model: &model,
            sources: &sources,
            references: &references,
            problems: &mut problems,
            names: TypeNames::default(),
            too_deep: false,
            definitions: BTreeMap::new(),
            types: BTreeMap::new(),
        };
        gateways.extend(lowering.gateway(name));
    }
    if problems.is_empty() {
        Ok(ir::Ir { gateways })
    } else {
        Err(problems.resolve(&sources))
    }
}

/// The state of one gateway while it is lowered.
struct Lowering<'m, 'p> {
    model: &'m Model,
    sources: &'m Sources<'m>,
    references: &'m References,
    problems: &'p mut Problems,
    names: TypeNames,
    /// A chain of definitions was too long; said once.
    too_deep: bool,
    /// Rust names of the definitions that are types.
    definitions: BTreeMap<Target, String>,
    /// All types of the gateway by Rust name, each with the file that it belongs to.
    types: BTreeMap<String, (FileId, ir::Type)>,
}

impl<'m> Lowering<'m, '_> {
    fn gateway(&mut self, name: &str) -> Option<ir::Gateway> {
        let model = self.model;
        let files: Vec<&File> = model
            .files
            .iter()
            .filter(|file| file.gateway == name)
            .collect();
        self.take_marker(&files);
        for file in &files {
            self.name_definitions(file);
        }
        for file in &files {
            self.lower_definitions(file);
        }
        let home = files.iter().find_map(|file| match &file.root {
            Root::Gateway(root) => Some((*file, root)),
            Root::Api(_) | Root::Broken => None,
        });
        let gateway = home.and_then(|(_, root)| root.gateway.clone());
        let apis = self.apis(&files, gateway.as_ref());
        let Some((file, _)) = home else {
            self.report_missing(name, &files);
            return None;
        };
        let types = self.types_of(file, &[]);
        Some(ir::Gateway {
            types,
            apis,
            ..gateway?
        })
    }

    /// The gateway itself is a type too, next to those of its APIs.
    fn take_marker(&mut self, files: &[&File]) {
        for file in files {
            let Root::Gateway(root) = &file.root else {
                continue;
            };
            if let (Some(gateway), Some(node)) = (&root.gateway, self.sources.root(file.id)) {
                self.names.take(&gateway.rust, node.place, self.problems);
            }
        }
    }

    /// A directory without `gateway.json` is reported at the first of its APIs.
    fn report_missing(&mut self, name: &str, files: &[&File]) {
        let path = format!("{name}/gateway.json");
        let broken = files.iter().any(|file| self.sources.path(file.id) == path);
        let first = files.iter().find_map(|file| match &file.root {
            Root::Api(root) => Some(root.place),
            Root::Gateway(_) | Root::Broken => None,
        });
        if let (false, Some(place)) = (broken, first) {
            self.problems.report(
                Code::GatewayMissing,
                place,
                format!("the directory `{name}/` has no `gateway.json`"),
                "add it: it describes the transport, the signing scheme and the reply envelope",
            );
        }
    }

    fn apis(&mut self, files: &[&'m File], gateway: Option<&ir::Gateway>) -> Vec<ir::Api> {
        let mut apis = Vec::new();
        let mut modules = BTreeMap::new();
        for file in files {
            let Root::Api(root) = &file.root else {
                continue;
            };
            let module = self.module(file, root, &mut modules);
            let api = self.api(file, root, gateway);
            if let (Some(module), Some(api)) = (module, api) {
                apis.push(ir::Api { module, ..api });
            }
        }
        apis
    }
}
