//! Signed bodies, as a warehouse system sends them.

use dockseal::shopex_oms::GATEWAY;
use dockseal::sign::{self, Param};

use super::NODES;

/// A push before it is signed.
#[derive(Clone)]
pub(crate) struct Push {
    params: Vec<(&'static str, String)>,
}

/// A push of a stock-in 入库单, of goods A.
pub(crate) fn stockin(number: &str, status: &str, normal: i64) -> Push {
    Push::new("wms.stockin.status_update")
        .with("stockin_bn", number)
        .with("status", status)
        .with("warehouse", "WH-1")
        .with("remark", "call Mrs Buyer")
        .with(
            "item",
            format!(r#"[{{"product_bn":"A","normal_num":{normal},"defective_num":1}}]"#),
        )
}

/// A push of a transfer order 转储单, of goods A.
pub(crate) fn transfer(number: &str, status: &str) -> Push {
    Push::new("wms.transferorder.update")
        .with("order_code", number)
        .with("order_status", status)
        .with(
            "item",
            r#"[{"product_bn":"A","plan_count":3,"normal_num":"3"}]"#,
        )
}

impl Push {
    fn new(method: &str) -> Push {
        Push { params: Vec::new() }
            .with("node_id", NODES[0].0)
            .with("method", method)
            .with("flag", "erpapi")
            .with("timestamp", "2025-11-22 09:59:58")
    }

    /// With this parameter, in place of one of the same name.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Push {
        self.params.retain(|(known, _)| *known != name);
        self.params.push((name, value.into()));
        self
    }

    /// Without this parameter.
    pub(crate) fn without(mut self, name: &str) -> Push {
        self.params.retain(|(known, _)| *known != name);
        self
    }

    /// At another second: another push, even if it says the same.
    pub(crate) fn at(self, second: u32) -> Push {
        let time = format!(
            "2025-11-22 {:02}:{:02}:{:02}",
            second / 3600,
            second / 60 % 60,
            second % 60
        );
        self.with("timestamp", time)
    }

    /// The signed form body.
    pub(crate) fn body(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.signed())
            .finish()
    }

    /// The same with its parameters the other way round and every byte escaped.
    pub(crate) fn body_in_other_words(&self) -> String {
        let escape =
            |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02x}")).collect() };
        let pairs = self.signed();
        let pairs = pairs.iter().rev();
        let pairs: Vec<_> = pairs
            .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
            .collect();
        pairs.join("&")
    }

    fn signed(&self) -> Vec<(&'static str, String)> {
        let node = self.get("node_id");
        let (_, token) = NODES.into_iter().find(|(known, _)| *known == node).unwrap();
        let mut params: Vec<_> = self
            .params
            .iter()
            .map(|(name, value)| Param::new(name, value))
            .collect();
        let options = sign::Options::default();
        let token = sign::SecretString::from(token);
        let sign = sign::compute(&GATEWAY.scheme, &options, &mut params, &token).unwrap();
        let mut pairs = self.params.clone();
        pairs.push(("sign", sign.as_str().to_owned()));
        pairs
    }

    fn get(&self, name: &str) -> &str {
        let (_, value) = self
            .params
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap();
        value
    }
}
