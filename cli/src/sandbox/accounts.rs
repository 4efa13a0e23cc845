//! The test accounts: what a program sets to call the sandbox. They are public, and good for nothing
//! else.

use dockseal::Keys;

/// One account that every sandbox knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestAccount {
    /// The gateway that it belongs to.
    pub gateway: &'static str,
    /// Its credentials, by the names of `gateway.json`.
    pub values: &'static [(&'static str, &'static str)],
}

/// All test accounts; the first of a gateway is its usual one, the second shows that accounts are
/// kept apart.
///
/// | gateway | credentials |
/// |---|---|
/// | `wangdian-flagship` | `sid` sandbox, `key` sandbox-key, `appsecret` sandbox-secret:sandbox-salt |
/// | `wangdian-enterprise` | `sid` sandbox, `appkey` sandbox-key, `appsecret` sandbox-secret |
/// | `taobao-top` | `app_key` 10000001, `app_secret` sandbox-secret, `session` sandbox-session |
/// | `shopex-oms` | `node_id` 1000000001, `from_node_id` 2000000001, `certi_id` 3000000001, `token` sandbox-token |
pub const ACCOUNTS: &[TestAccount] = &[
    TestAccount {
        gateway: "wangdian-flagship",
        values: &[
            ("sid", "sandbox"),
            ("key", "sandbox-key"),
            ("appsecret", "sandbox-secret:sandbox-salt"),
        ],
    },
    TestAccount {
        gateway: "wangdian-flagship",
        values: &[
            ("sid", "sandbox2"),
            ("key", "sandbox2-key"),
            ("appsecret", "sandbox2-secret:sandbox2-salt"),
        ],
    },
    TestAccount {
        gateway: "wangdian-enterprise",
        values: &[
            ("sid", "sandbox"),
            ("appkey", "sandbox-key"),
            ("appsecret", "sandbox-secret"),
        ],
    },
    TestAccount {
        gateway: "wangdian-enterprise",
        values: &[
            ("sid", "sandbox2"),
            ("appkey", "sandbox2-key"),
            ("appsecret", "sandbox2-secret"),
        ],
    },
    TestAccount {
        gateway: "taobao-top",
        values: &[
            ("app_key", "10000001"),
            ("app_secret", "sandbox-secret"),
            ("session", "sandbox-session"),
        ],
    },
    TestAccount {
        gateway: "taobao-top",
        values: &[
            ("app_key", "10000002"),
            ("app_secret", "sandbox2-secret"),
            ("session", "sandbox2-session"),
        ],
    },
    TestAccount {
        gateway: "shopex-oms",
        values: &[
            ("node_id", "1000000001"),
            ("from_node_id", "2000000001"),
            ("certi_id", "3000000001"),
            ("token", "sandbox-token"),
        ],
    },
    TestAccount {
        gateway: "shopex-oms",
        values: &[
            ("node_id", "1000000002"),
            ("from_node_id", "2000000002"),
            ("certi_id", "3000000002"),
            ("token", "sandbox2-token"),
        ],
    },
];

/// All test accounts.
#[must_use]
pub fn accounts() -> &'static [TestAccount] {
    ACCOUNTS
}

/// The usual test account of a gateway.
#[must_use]
pub fn account(gateway: &str) -> Option<&'static TestAccount> {
    ACCOUNTS.iter().find(|account| account.gateway == gateway)
}

impl TestAccount {
    /// The account as dockseal takes it; none if its gateway is unknown to this version.
    #[must_use]
    pub fn keys(&self) -> Option<Keys> {
        let gateway = dockseal::GATEWAYS
            .iter()
            .find(|gateway| gateway.name == self.gateway)?;
        let mut keys = Keys::new(gateway);
        for (name, value) in self.values {
            keys.set(name, *value).ok()?;
        }
        Some(keys)
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test may stop")]
mod tests {
    use super::{ACCOUNTS, TestAccount, account};

    #[test]
    fn every_gateway_has_accounts_and_every_account_is_complete() {
        for gateway in dockseal::GATEWAYS {
            assert!(
                ACCOUNTS
                    .iter()
                    .filter(|account| account.gateway == gateway.name)
                    .count()
                    >= 2
            );
            let keys = account(gateway.name)
                .and_then(TestAccount::keys)
                .expect("complete");
            assert!(keys.secret().is_ok(), "{}", gateway.name);
        }
        assert!(ACCOUNTS.iter().all(|account| account.keys().is_some()));
    }
}
