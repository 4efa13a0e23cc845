//! How calls end against the sandbox, with both clients: the document's examples well and typed, each
//! documented failure as the outcome that its kind has.

use crate::clients::{
    self, Kind, WELL, any_client, both, client, ending, example, failure, outcomes, quick,
};
use crate::support::{ENTERPRISE, FLAGSHIP, STOCKIN, TOP, TRANSFER, api, example_json, keys};
use dockseal::object::read;
use dockseal::send::Validation;
use dockseal::shopex_oms::{ResponseStatus, ShopexOms, StockinStatusUpdate, TransferorderUpdate};
use dockseal::taobao_top::{ProtocolCallback, TaobaoTop};
use dockseal::wangdian_enterprise::{StockinRefundPush, WangdianEnterprise};
use dockseal::wangdian_flagship::{ProcessUpload, ProcessUploadStatus, WangdianFlagship};
use dockseal::{CallError, Keys};
use dockseal_cli::sandbox::{Clock, Fault, Outcome, Sandbox};

#[test]
fn the_example_of_each_document_succeeds_with_its_typed_output() {
    both(|kind| {
        let sandbox = Sandbox::builder().start().unwrap();
        let flagship = client::<WangdianFlagship>(kind, &sandbox, |_| ());
        let made = flagship.call(&example::<ProcessUpload>()).unwrap();
        assert_eq!(
            (made.process_id, made.status),
            (1, ProcessUploadStatus::Done)
        );
        assert!(made.process_no.starts_with("PS"), "{}", made.process_no);

        let enterprise = client::<WangdianEnterprise>(kind, &sandbox, |_| ());
        let reply = enterprise.call(&example::<StockinRefundPush>()).unwrap();
        assert_eq!(
            (reply.code, reply.message.as_deref()),
            (Some(0), Some("succeed"))
        );

        let top = client::<TaobaoTop>(kind, &sandbox, |_| ());
        let reply = top.call(&example::<ProtocolCallback>()).unwrap();
        assert_eq!(reply.result.unwrap().success, Some(true));
        assert!(reply.request_id.is_some());

        let oms = client::<ShopexOms>(kind, &sandbox, |_| ());
        let stockin = oms.call(&example::<StockinStatusUpdate>()).unwrap();
        assert_eq!(stockin.rsp, ResponseStatus::Success);
        assert!(stockin.data.unwrap().as_str().contains("I20250101001"));
        let transfer = oms.call(&example::<TransferorderUpdate>()).unwrap();
        assert_eq!(transfer.rsp, ResponseStatus::Success);
        assert!(transfer.data.unwrap().as_str().contains("TRF20250101001"));

        assert_eq!(outcomes(&sandbox), [Outcome::Accepted; 5]);
    });
}

/// Whose request it is.
#[derive(Clone, Copy)]
enum By {
    /// The usual account.
    Usual,
    /// The usual account with another secret.
    WrongSecret,
    /// An account that the sandbox does not know.
    Nobody,
}

impl By {
    fn keys(self, gateway: &str) -> Keys {
        let (secret, wrong, name, nobody) = match gateway {
            "wangdian-flagship" => ("appsecret", "wrong:sandbox-salt", "sid", "nobody"),
            "wangdian-enterprise" => ("appsecret", "wrong", "sid", "nobody"),
            "taobao-top" => ("app_secret", "wrong", "app_key", "99999999"),
            "shopex-oms" => ("token", "wrong", "node_id", "1999999999"),
            other => panic!("{other} is new"),
        };
        match self {
            By::Usual => keys(gateway),
            By::WrongSecret => keys(gateway).with(secret, wrong).unwrap(),
            By::Nobody => keys(gateway).with(name, nobody).unwrap(),
        }
    }
}

/// A call that does not end well.
struct Case {
    about: &'static str,
    method: &'static str,
    by: By,
    /// A text of the example and what stands in its place.
    change: (&'static str, &'static str),
    fault: Option<Fault>,
    /// Seconds by which the sandbox's clock is ahead.
    ahead: i64,
    /// How it ends, and the vendor's code.
    ends: (&'static str, &'static str),
    /// What the sandbox saw.
    seen: &'static [Outcome],
}

impl Case {
    const fn of(
        method: &'static str,
        about: &'static str,
        ends: (&'static str, &'static str),
        seen: &'static [Outcome],
    ) -> Case {
        Case {
            about,
            method,
            by: By::Usual,
            change: ("", ""),
            fault: None,
            ahead: 0,
            ends,
            seen,
        }
    }

    const fn with(mut self, from: &'static str, to: &'static str) -> Case {
        self.change = (from, to);
        self
    }

    const fn by(mut self, by: By) -> Case {
        self.by = by;
        self
    }

    const fn ahead(mut self, seconds: i64) -> Case {
        self.ahead = seconds;
        self
    }

    const fn fault(mut self, fault: Fault) -> Case {
        self.fault = Some(fault);
        self
    }

    /// How it really ends, if not as it should.
    fn differs(&self, kind: Kind) -> Option<String> {
        let api = api(self.method);
        let gateway = api.api().gateway;
        let sandbox = Sandbox::builder().clock(Clock::offset(self.ahead));
        let sandbox = sandbox.start().unwrap();
        sandbox.plan([self.fault]);
        let mut settings = quick(sandbox.base_url(gateway.name));
        settings.validation = Validation::Off;
        let client = any_client(kind, self.by.keys(gateway.name), settings);
        let json = example_json(self.method);
        let (from, to) = self.change;
        assert!(json.contains(from), "{from} in {json}");
        let json = if from.is_empty() {
            json.to_owned()
        } else {
            json.replace(from, to)
        };
        let mut request = api.blank_request();
        read::request(api.api().positional, &mut *request, json.as_bytes()).unwrap();

        let end = client.call_any(api, &*request);
        let code = failure(&end).map_or("", |failure| &failure.code);
        let really = (ending(&end), code, outcomes(&sandbox));
        let wanted = (self.ends.0, self.ends.1, self.seen.to_vec());
        (really != wanted).then(|| {
            let end = end.as_ref().err();
            let Case { method, about, .. } = self;
            format!("{method}, {about}: {really:?} instead of {wanted:?}: {end:?}")
        })
    }
}

const BAD_SIGN: &[Outcome] = &[Outcome::Refused("signature")];
const NO_ACCOUNT: &[Outcome] = &[Outcome::Refused("unknown-account")];
const BAD_TIME: &[Outcome] = &[Outcome::Refused("clock")];
const INVALID: &[Outcome] = &[Outcome::Refused("invalid")];
const AS_ASKED: &[Outcome] = &[Outcome::Refused("as-asked")];
const THROTTLED: &[Outcome] = &[Outcome::Throttled];
const HOURS: i64 = 8 * 3600;

#[rustfmt::skip]
const CASES: &[Case] = &[
    Case::of(FLAGSHIP, "a refusal of the document", ("rejected", "100"), AS_ASKED)
        .with(r#""admin""#, r#""员工 admin1 不存在/已停用/无生产员角色""#),
    Case::of(FLAGSHIP, "a failed audit", ("partial", "20"), &[Outcome::Partial]).with(r#""admin""#, r#""审核失败""#),
    Case::of(TOP, "a failure inside", ("partial", "PARAM_ERROR"), &[Outcome::Partial]).with("1231", "参数错误"),
    Case::of(TOP, "a refusal of the document", ("rejected", "50"), AS_ASKED).with("1231", "非法参数"),
    Case::of(FLAGSHIP, "a bad field", ("rejected", "100"), INVALID).with(r#""GOODS_01""#, r#""""#),
    Case::of(ENTERPRISE, "a bad field", ("rejected", "40"), INVALID).with(r#"stockin_num\":2"#, r#"stockin_num\":2.00001"#),
    Case::of(TOP, "a bad field", ("rejected", "41"), INVALID).with("SELLABLE", "NEVER"),
    Case::of(STOCKIN, "a bad field", ("rejected", "E_PARAM"), INVALID).with("FINISH", "DONE"),
    Case::of(TRANSFER, "a bad field", ("rejected", "E_PARAM"), INVALID).with("TRF20250101001", ""),
    Case::of(FLAGSHIP, "an unknown account", ("rejected", "1"), NO_ACCOUNT).by(By::Nobody),
    Case::of(ENTERPRISE, "an unknown account", ("rejected", "40"), NO_ACCOUNT).by(By::Nobody),
    Case::of(TOP, "an unknown account", ("rejected", "29"), NO_ACCOUNT).by(By::Nobody),
    Case::of(STOCKIN, "an unknown account", ("rejected", "E_PARAM"), NO_ACCOUNT).by(By::Nobody),
    Case::of(STOCKIN, "another secret", ("signature", "E_SIGN"), BAD_SIGN).by(By::WrongSecret),
    Case::of(TRANSFER, "another secret", ("signature", "E_SIGN"), BAD_SIGN).by(By::WrongSecret),
    Case::of(FLAGSHIP, "another secret", ("signature", "1"), BAD_SIGN).by(By::WrongSecret),
    Case::of(ENTERPRISE, "another secret", ("signature", "40"), BAD_SIGN).by(By::WrongSecret),
    Case::of(TOP, "another secret", ("signature", "25"), BAD_SIGN).by(By::WrongSecret),
    Case::of(FLAGSHIP, "a clock ahead", ("clock", "7"), BAD_TIME).ahead(HOURS),
    Case::of(FLAGSHIP, "a clock behind", ("clock", "7"), BAD_TIME).ahead(-HOURS),
    Case::of(ENTERPRISE, "a clock ahead", ("rejected", "40"), BAD_TIME).ahead(HOURS),
    // A sub code decides before the code, and `isv.*` is the caller's affair.
    Case::of(TOP, "a clock ahead", ("rejected", "31"), BAD_TIME).ahead(HOURS),
    Case::of(FLAGSHIP, "too many calls", ("throttled", "100"), THROTTLED).fault(Fault::Throttled),
    Case::of(ENTERPRISE, "too many calls", ("throttled", "40"), THROTTLED).fault(Fault::Throttled),
    Case::of(STOCKIN, "too many calls", ("throttled", "E_STATE"), THROTTLED).fault(Fault::Throttled),
];

#[test]
fn each_documented_failure_ends_in_the_outcome_of_its_kind() {
    for kind in clients::BOTH {
        let different: Vec<_> = CASES.iter().filter_map(|case| case.differs(kind)).collect();
        assert!(different.is_empty(), "{kind:?}\n{}", different.join("\n"));
    }
}

#[test]
fn a_second_push_of_the_same_number_is_a_duplicate() {
    both(|kind| {
        let sandbox = Sandbox::builder().start().unwrap();
        let client = client::<WangdianEnterprise>(kind, &sandbox, |_| ());
        client.call(&example::<StockinRefundPush>()).unwrap();
        let again = client.call(&example::<StockinRefundPush>());
        let Err(CallError::Duplicate(failure)) = again else {
            panic!("{again:?}")
        };
        assert_eq!(failure.code, "40");
        assert!(failure.message.contains("外部单号已存在"));
        assert_eq!(outcomes(&sandbox), [Outcome::Accepted, Outcome::Duplicate]);
    });
}

#[test]
fn a_failure_inside_a_success_comes_with_the_typed_reply() {
    both(|kind| {
        let sandbox = Sandbox::builder().start().unwrap();
        let mut order = example::<ProcessUpload>();
        order.remark = Some("请审核失败".to_owned());
        let end = client::<WangdianFlagship>(kind, &sandbox, |_| ()).call(&order);
        let Err(CallError::Partial { failure, reply }) = end else {
            panic!("{end:?}")
        };
        assert_eq!((&*failure.code, &*failure.message), ("20", "审核失败"));
        let data = reply.data.unwrap();
        assert_eq!(
            (data.process_id, data.status),
            (0, ProcessUploadStatus::AuditFailed)
        );

        let mut receipt = example::<ProtocolCallback>();
        receipt.process_do.source_type = "参数错误".to_owned();
        let end = client::<TaobaoTop>(kind, &sandbox, |_| ()).call(&receipt);
        let Err(CallError::Partial { failure, reply }) = end else {
            panic!("{end:?}")
        };
        assert_eq!(
            (&*failure.code, &*failure.message),
            ("PARAM_ERROR", "参数错误")
        );
        assert_eq!(reply.result.unwrap().success, Some(false));
        assert_eq!(outcomes(&sandbox), [Outcome::Partial; 2]);
    });
}

#[test]
fn too_many_calls_are_told_by_both_commas_and_later_calls_wait_without_sending() {
    both(|kind| {
        let sandbox = Sandbox::builder().fault(Fault::Throttled).start().unwrap();
        let mut told = Vec::new();
        for _ in 0..2 {
            let client = client::<WangdianFlagship>(kind, &sandbox, |_| ());
            let end = client.call(&example::<ProcessUpload>());
            told.push(failure(&end).unwrap().message.clone());
            let sent = sandbox.count();
            let end = client.call(&example::<ProcessUpload>());
            assert_eq!((ending(&end), sandbox.count()), ("throttled", sent));
        }
        for comma in [",请", "，请"] {
            assert!(told.iter().any(|text| text.contains(comma)), "{told:?}");
        }
        assert_eq!(outcomes(&sandbox), [Outcome::Throttled; 2]);
    });
}

#[test]
fn a_repeated_callback_gets_the_same_reply() {
    both(|kind| {
        let sandbox = Sandbox::builder().start().unwrap();
        let client = client::<TaobaoTop>(kind, &sandbox, |_| ());
        let replies = [(); 2].map(|()| client.call_whole(&example::<ProtocolCallback>()).unwrap());
        assert_eq!(replies[0], replies[1]);
        assert_eq!(outcomes(&sandbox), [Outcome::Accepted, Outcome::Repeated]);
    });
}

#[test]
fn an_equal_push_to_an_oms_gets_the_same_reply() {
    both(|kind| {
        let sandbox = Sandbox::builder().start().unwrap();
        let client = client::<ShopexOms>(kind, &sandbox, |_| ());
        let replies = [(); 2].map(|()| client.call(&example::<StockinStatusUpdate>()).unwrap());
        assert_eq!(replies[0], replies[1]);
        assert_eq!(
            ending(&client.call(&example::<TransferorderUpdate>())),
            WELL
        );
        assert_eq!(outcomes(&sandbox), [Outcome::Accepted; 3]);
    });
}

#[test]
fn the_clock_of_the_gateway_is_learnt_from_its_answers() {
    both(|kind| {
        let sandbox = Sandbox::builder().clock(Clock::offset(90)).start().unwrap();
        let client = client::<WangdianFlagship>(kind, &sandbox, |_| ());
        assert_eq!(client.skew(), None);
        client.call(&example::<ProcessUpload>()).unwrap();
        let skew = client.skew().unwrap();
        assert!((88..=92).contains(&skew), "{skew}");
    });
}
