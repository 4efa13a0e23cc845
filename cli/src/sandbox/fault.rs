//! The faults that a sandbox can be asked for, by name, and the dice that decide when one strikes.
//!
//! Only what is sent to a gateway (a POST) is struck. The dice are thrown once for each request as it
//! arrives, so that one seed gives one order of faults.

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;

use crate::language::Said;

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// `reset-before`
    ResetBefore,
    /// `reset-during`
    ResetDuring,
    /// `reset-after`
    ResetAfter,
    /// `truncated`
    Truncated,
    /// `slow`
    Slow,
    /// `stall`
    Stall,
    /// `html-502`
    Html502,
    /// `login-page`
    LoginPage,
    /// `wrong-content-type`
    WrongContentType,
    /// `duplicate-answer`
    DuplicateAnswer,
    /// `throttled`
    Throttled,
    /// `clock-off`
    ClockOff,
    /// `gzip`
    Gzip,
    /// `gzip-bomb`
    GzipBomb,
    /// `endless`
    Endless,
    /// `redirect`
    Redirect,
    /// `new-field`
    NewField,
    /// `new-enum`
    NewEnum,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Fault; 18] = [
        Fault::ResetBefore,
        Fault::ResetDuring,
        Fault::ResetAfter,
        Fault::Truncated,
        Fault::Slow,
        Fault::Stall,
        Fault::Html502,
        Fault::LoginPage,
        Fault::WrongContentType,
        Fault::DuplicateAnswer,
        Fault::Throttled,
        Fault::ClockOff,
        Fault::Gzip,
        Fault::GzipBomb,
        Fault::Endless,
        Fault::Redirect,
        Fault::NewField,
        Fault::NewEnum,
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// What it does.
    #[must_use]
    pub fn about(self) -> Said {
        let (_, _, en, zh) = self.row();
        Said::new(en, zh)
    }

    /// Whether the request takes effect all the same.
    #[must_use]
    pub fn takes_effect(self) -> bool {
        self.row().1
    }

    /// The fault in so many of a hundred requests.
    #[must_use]
    pub fn at(self, percent: u8) -> Injected {
        Injected {
            fault: self,
            percent: percent.min(100),
        }
    }

    /// Name, whether the request takes effect, what it does in both languages.
    #[rustfmt::skip]
    fn row(self) -> (&'static str, bool, &'static str, &'static str) {
        match self {
            Fault::ResetBefore => ("reset-before", false, "resets the connection before reading a byte", "读取任何字节前重置连接"),
            Fault::ResetDuring => ("reset-during", false, "resets the connection when a part of the request was read", "读取部分请求后重置连接"),
            Fault::ResetAfter => ("reset-after", true, "does the work, then resets the connection instead of answering", "处理完成后、应答前重置连接"),
            Fault::Truncated => ("truncated", true, "announces more bytes than it sends, and closes", "声明的长度大于实际发送，随即关闭"),
            Fault::Slow => ("slow", true, "sends the answer one byte at a time", "逐字节缓慢应答"),
            Fault::Stall => ("stall", true, "does the work and never answers", "处理完成但从不应答"),
            Fault::Html502 => ("html-502", true, "does the work and answers 502 with a page of HTML", "处理完成但应答 502 HTML 页面"),
            Fault::LoginPage => ("login-page", false, "answers 200 with a login page, as a hotel's network does", "应答 200 登录页（如酒店网络）"),
            Fault::WrongContentType => ("wrong-content-type", true, "labels the right answer as text/html", "应答正确但标为 text/html"),
            Fault::DuplicateAnswer => ("duplicate-answer", true, "does the work and says that it was done before, where the vendor has words for it", "处理完成但应答“已存在”（限有此说法的网关）"),
            Fault::Throttled => ("throttled", false, "refuses as the vendor does after too many calls", "按平台限流方式拒绝"),
            Fault::ClockOff => ("clock-off", false, "judges and dates the request by a clock that is 8 hours ahead", "按快 8 小时的时钟判断并应答"),
            Fault::Gzip => ("gzip", true, "compresses the answer, if asked to", "按请求压缩应答（gzip）"),
            Fault::GzipBomb => ("gzip-bomb", true, "answers with 0.8 MB that unpack to 128 MB", "应答 0.8 MB 压缩体，解压后 128 MB"),
            Fault::Endless => ("endless", true, "answers with a body that never ends", "应答体永不结束"),
            Fault::Redirect => ("redirect", false, "sends the caller to another host", "重定向到其他主机"),
            Fault::NewField => ("new-field", true, "adds fields that no document names to the answer", "应答中增加文档没有的字段"),
            Fault::NewEnum => ("new-enum", true, "answers with enum values that no document names, and numbers as text", "应答中出现文档没有的枚举值，数字写作文本"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A fault in so many of a hundred requests: `reset-after:10`; in all of them without a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Injected {
    /// The fault.
    pub fault: Fault,
    /// In how many of a hundred requests.
    pub percent: u8,
}

impl From<Fault> for Injected {
    fn from(fault: Fault) -> Self {
        fault.at(100)
    }
}

impl FromStr for Injected {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (name, percent) = text.split_once(':').unwrap_or((text, "100"));
        let fault = Fault::ALL.into_iter().find(|fault| fault.name() == name);
        let fault = fault.ok_or_else(|| FaultError::Unknown {
            name: name.to_owned(),
        })?;
        match percent.strip_suffix('%').unwrap_or(percent).parse() {
            Ok(percent @ 0..=100) => Ok(fault.at(percent)),
            _ => Err(FaultError::Percent {
                text: percent.to_owned(),
            }),
        }
    }
}

/// A text that names no fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FaultError {
    /// There is no fault of this name.
    #[error("no fault is called {name:?}; choose one of: {}", names(", "))]
    Unknown {
        /// What was asked for.
        name: String,
    },
    /// What stands behind the colon is no percentage.
    #[error("{text:?} is no percentage; write a number from 0 to 100")]
    Percent {
        /// What was written.
        text: String,
    },
}

impl FaultError {
    /// The same in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            FaultError::Unknown { name } => {
                format!("没有名为 {name:?} 的故障，可选：{}", names("、"))
            }
            FaultError::Percent { text } => format!("{text:?} 不是百分数，请写 0 至 100 的整数"),
        }
    }
}

fn names(separator: &str) -> String {
    Fault::ALL.map(Fault::name).join(separator)
}

/// Decides which fault strikes the next request.
#[derive(Debug)]
pub(super) struct Dice {
    planned: VecDeque<Option<Fault>>,
    injected: Vec<Injected>,
    random: fastrand::Rng,
}

impl Dice {
    pub(super) fn new(injected: Vec<Injected>, seed: u64) -> Dice {
        Dice {
            planned: VecDeque::new(),
            injected,
            random: fastrand::Rng::with_seed(seed),
        }
    }

    pub(super) fn inject(&mut self, injected: Vec<Injected>) {
        self.injected = injected;
    }

    pub(super) fn plan(&mut self, faults: impl IntoIterator<Item = Option<Fault>>) {
        self.planned.extend(faults);
    }

    /// What was planned comes first; then the first fault whose die falls low enough.
    pub(super) fn roll(&mut self) -> Option<Fault> {
        if let Some(planned) = self.planned.pop_front() {
            return planned;
        }
        let random = &mut self.random;
        self.injected
            .iter()
            .find(|injected| random.u8(0..100) < injected.percent)
            .map(|injected| injected.fault)
    }

    pub(super) fn injected(&self) -> &[Injected] {
        &self.injected
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use std::collections::BTreeSet;

    use super::{Dice, Fault, Injected};

    #[test]
    fn every_fault_is_listed_once_and_found_by_its_name() {
        let names: BTreeSet<_> = Fault::ALL.iter().map(|fault| fault.name()).collect();
        assert_eq!(names.len(), Fault::ALL.len());
        for fault in Fault::ALL {
            assert_eq!(fault.name().parse::<Injected>().unwrap(), fault.at(100));
            assert_eq!(
                format!("{fault}:25").parse::<Injected>().unwrap(),
                fault.at(25)
            );
            assert_eq!(
                format!("{fault}:25%").parse::<Injected>().unwrap(),
                fault.at(25)
            );
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_all_names() {
        let error = "reset".parse::<Injected>().unwrap_err();
        for fault in Fault::ALL {
            assert!(error.to_string().contains(fault.name()) && error.zh().contains(fault.name()));
        }
        for text in ["slow:101", "slow:", "slow:-1", "slow:x"] {
            assert!(
                text.parse::<Injected>()
                    .unwrap_err()
                    .to_string()
                    .contains("0 to 100"),
                "{text}"
            );
        }
    }

    #[test]
    fn one_seed_gives_one_order_of_faults() {
        let order = |seed| {
            let mut dice = Dice::new(vec![Fault::ResetAfter.at(10), Fault::Slow.at(50)], seed);
            (0..200).map(|_| dice.roll()).collect::<Vec<_>>()
        };
        assert_eq!(order(7), order(7));
        assert_ne!(order(7), order(8));
        let struck = |fault| {
            order(7)
                .into_iter()
                .filter(|struck| *struck == Some(fault))
                .count()
        };
        assert!(
            (5..40).contains(&struck(Fault::ResetAfter)),
            "{}",
            struck(Fault::ResetAfter)
        );
        assert!(
            (60..130).contains(&struck(Fault::Slow)),
            "{}",
            struck(Fault::Slow)
        );
    }

    #[test]
    fn planned_faults_come_before_the_dice() {
        let mut dice = Dice::new(vec![Fault::Slow.into()], 0);
        dice.plan([Some(Fault::Stall), None]);
        assert_eq!(
            [dice.roll(), dice.roll(), dice.roll()],
            [Some(Fault::Stall), None, Some(Fault::Slow)]
        );
    }
}
