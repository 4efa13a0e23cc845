//! Lines of the same goods become one: by 商品货号, in order of first appearance.

use std::collections::HashMap;

use super::line::{self, ITEM};
use crate::object::path::Path;
use crate::receiver::{Refusal, StockinGoods, TransferGoods};

/// Goods under their number.
pub(crate) struct Merge<G> {
    goods: Vec<G>,
    places: HashMap<String, usize>,
}

/// Goods of one number.
pub(crate) trait Goods {
    /// None of them yet.
    fn none_of(product_bn: String) -> Self;

    /// 商品货号.
    fn product_bn(&self) -> &str;
}

impl<G: Goods> Merge<G> {
    /// Begins with goods that are there already.
    pub(crate) fn over(goods: Vec<G>) -> Merge<G> {
        let numbers = goods.iter().map(|goods| goods.product_bn().to_owned());
        Merge {
            places: numbers.zip(0..).collect(),
            goods,
        }
    }

    /// The goods of a number, to be added to.
    ///
    /// # Errors
    /// None; an error here would be a fault of this type.
    pub(crate) fn goods_of(&mut self, product_bn: &str) -> Result<&mut G, Refusal> {
        let place = match self.places.get(product_bn) {
            Some(place) => *place,
            None => self.begin(product_bn),
        };
        self.goods
            .get_mut(place)
            .ok_or_else(|| Refusal::internal("goods were lost while lines were merged"))
    }

    fn begin(&mut self, product_bn: &str) -> usize {
        let place = self.goods.len();
        self.goods.push(G::none_of(product_bn.to_owned()));
        self.places.insert(product_bn.to_owned(), place);
        place
    }

    pub(crate) fn into_goods(self) -> Vec<G> {
        self.goods
    }
}

/// Adds the count of a line to the sum of its goods.
///
/// # Errors
/// The sum leaves the range of `i64`.
pub(crate) fn add(sum: &mut i64, count: i64, line: usize, name: &str) -> Result<(), Refusal> {
    let place = Path::Index(&ITEM, line);
    *sum = sum
        .checked_add(count)
        .ok_or_else(|| line::too_many(&Path::Key(&place, name)))?;
    Ok(())
}

impl Goods for StockinGoods {
    fn none_of(product_bn: String) -> Self {
        StockinGoods {
            product_bn,
            normal_num: 0,
            defective_num: 0,
            batches: Vec::new(),
            lines: Vec::new(),
        }
    }

    fn product_bn(&self) -> &str {
        &self.product_bn
    }
}

impl Goods for TransferGoods {
    fn none_of(product_bn: String) -> Self {
        TransferGoods {
            product_bn,
            plan_count: 0,
            in_count: 0,
            normal_num: 0,
            defective_num: 0,
            lines: Vec::new(),
        }
    }

    fn product_bn(&self) -> &str {
        &self.product_bn
    }
}
