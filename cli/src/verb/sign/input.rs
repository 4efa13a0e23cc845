//! The message that a verb looks at: captured, given piece by piece, or built from typed data.

use std::path::{Path, PathBuf};

use dockseal::api::AnyApi;
use dockseal::gateway::Gateway;
use dockseal::send::{self, Validation};
use dockseal::{BeijingTime, Keys, form};

use super::capture::Capture;
use super::message::Message;
use crate::language::Said;
use crate::output::{Answer, Complaint};
use crate::verb::given::{credential, file, halves, not_made, request, text_or_file};
use crate::verb::secret::{Secret, Source, row};
use crate::verb::{Context, find_gateway, methods, unknown};

/// Where the message comes from.
#[derive(clap::Args)]
pub struct Input {
    /// A gateway, or a method with --data 网关名，或接口名加 --data
    target: String,
    /// A captured request; - for standard input 抓取的请求
    #[arg(long, value_name = "FILE")]
    request: Option<String>,
    /// A parameter; may be given several times 参数，可多次
    #[arg(long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// The request's body 请求体
    #[arg(long, value_name = "TEXT|@FILE")]
    body: Option<String>,
    /// The business request as JSON, for a method 接口的业务请求
    #[arg(long, value_name = "JSON|@FILE", conflicts_with_all = ["request", "params", "body"])]
    data: Option<String>,
    /// A credential other than the secret, with --data; secret ones as NAME=env:VARIABLE or NAME=@FILE 其他凭证
    #[arg(long = "account", value_name = "NAME=VALUE", requires = "data")]
    account: Vec<String>,
    /// The time to stamp, with --data: 2025-01-31 10:00:00 in Beijing; now when not given 时间戳
    #[arg(long, value_name = "TIME", requires = "data")]
    at: Option<String>,
    /// The secret: env:NAME, @FILE or - for standard input 密钥来源
    #[arg(long, value_name = "SOURCE")]
    secret: Option<Source>,
}

/// A message with the secret that goes with it.
pub(super) struct Loaded {
    /// The message.
    pub(super) message: Message,
    /// The secret, if one was given.
    pub(super) secret: Option<Secret>,
    /// What the user should know.
    pub(super) warnings: Vec<String>,
}

impl Loaded {
    /// The secret, where a verb cannot do without.
    pub(super) fn need_secret(&self) -> Result<&Secret, Complaint> {
        self.secret.as_ref().ok_or_else(|| {
            Complaint::usage(Said::new("a secret is needed", "缺少密钥")).with_help(Said::new(
                "add --secret env:NAME, @FILE or -",
                "请加 --secret env:变量名、@文件 或 -",
            ))
        })
    }

    /// The answer with the warnings, all secrets masked.
    pub(super) fn finish(self, answer: Answer) -> Answer {
        let answer = answer.with_warnings(self.warnings);
        match &self.secret {
            Some(secret) => secret.hide(answer),
            None => answer,
        }
    }
}

impl Input {
    /// Reads everything that was given.
    pub(super) fn load(&self, context: Context) -> Result<Loaded, Complaint> {
        // A secret that others can see is to be said whatever comes of the rest.
        let seen: Vec<_> = self
            .secret
            .as_ref()
            .and_then(Source::warning)
            .into_iter()
            .collect();
        self.read(context, seen.clone())
            .map_err(|complaint| complaint.with_warnings(seen))
    }

    fn read(&self, context: Context, mut warnings: Vec<Said>) -> Result<Loaded, Complaint> {
        let (gateway, api) = self.target()?;
        if let (Some("-"), Some(Source::Stdin)) = (self.request.as_deref(), &self.secret) {
            return Err(Complaint::usage(Said::new(
                "the request and the secret cannot both come from standard input",
                "请求与密钥不能都来自标准输入",
            )));
        }
        let secret = self.secret.as_ref().map(Source::read).transpose()?;
        let capture = match (&self.data, api) {
            (Some(data), Some(api)) => {
                let keys = self.keys(gateway, secret.as_ref())?;
                self.build(data, api, &keys, &mut warnings)?
            }
            (Some(_), None) => {
                return Err(Complaint::usage(Said::new(
                    "--data needs a method, not a gateway",
                    "使用 --data 时应给出接口名",
                )));
            }
            (None, _) => self.capture()?,
        };
        let mut message = Message::new(gateway, capture)?;
        warnings.append(&mut message.notes);
        let salt = row(gateway)
            .and_then(|row| row.split)
            .and_then(|(_, [_, second])| message.text(second));
        let secret = secret
            .map(|text| Secret::new(gateway, &text, salt))
            .transpose()
            .map_err(|error| credential(&error))?;
        let warnings = warnings
            .iter()
            .map(|warning| warning.text(context.language).to_owned())
            .collect();
        Ok(Loaded {
            message,
            secret,
            warnings,
        })
    }

    fn target(&self) -> Result<(&'static Gateway, Option<&'static dyn AnyApi>), Complaint> {
        if let Some(gateway) = find_gateway(&self.target) {
            return Ok((gateway, None));
        }
        if let Some(api) = dockseal::APIS
            .iter()
            .find(|known| known.api().method == self.target)
        {
            return Ok((api.api().gateway, Some(*api)));
        }
        let mut known: Vec<_> = dockseal::GATEWAYS
            .iter()
            .map(|gateway| gateway.name)
            .collect();
        known.extend(methods());
        let what = Said::new(
            format!("{:?} is neither a gateway nor a method", self.target),
            format!("{} 既不是网关也不是接口", self.target),
        );
        Err(unknown(what, &self.target, &known))
    }

    fn capture(&self) -> Result<Capture, Complaint> {
        let mut capture = match self.request.as_deref() {
            None => Capture::default(),
            Some(path) => {
                let beside = Path::new(path)
                    .parent()
                    .map(PathBuf::from)
                    .unwrap_or_default();
                Capture::read(&file(path)?, &beside)?
            }
        };
        if self.request.is_none() && self.params.is_empty() {
            return Err(
                Complaint::usage(Said::new("nothing to look at", "没有可检查的内容")).with_help(
                    Said::new(
                        "add --request FILE, or --param NAME=VALUE for each parameter",
                        "请加 --request 文件，或逐个加 --param 名=值",
                    ),
                ),
            );
        }
        for pair in &self.params {
            let (name, value) = halves("--param", "NAME=VALUE", pair)?;
            if !capture.query.is_empty() {
                capture.query.push('&');
            }
            form::encode_pairs([(name, value)], &mut capture.query);
        }
        if let Some(body) = &self.body {
            capture.body = text_or_file(body)?;
        }
        Ok(capture)
    }

    fn keys(
        &self,
        gateway: &'static Gateway,
        secret: Option<&dockseal::SecretString>,
    ) -> Result<Keys, Complaint> {
        let mut keys = Keys::new(gateway);
        let secret_row = row(gateway);
        if let (Some(row), Some(secret)) = (secret_row, secret) {
            keys.set(row.name, secret.clone())
                .map_err(|error| credential(&error))?;
        }
        for pair in &self.account {
            let (name, value) = halves("--account", "NAME=VALUE", pair)?;
            let Ok(source) = value.parse::<Source>();
            let value = if keys.is_secret(name) {
                source.read()?
            } else {
                value.into()
            };
            keys.set(name, value).map_err(|error| credential(&error))?;
        }
        let Some(lacking) = keys.missing().first().copied() else {
            return Ok(keys);
        };
        let how = if secret_row.is_some_and(|row| row.name == lacking) {
            "--secret env:NAME".to_owned()
        } else {
            format!("--account {lacking}=…")
        };
        Err(Complaint::usage(Said::new(
            format!("the account lacks {lacking}"),
            format!("账号缺少 {lacking}"),
        ))
        .with_help(Said::new(format!("add {how}"), format!("请加 {how}"))))
    }

    /// The request that the library would send.
    fn build(
        &self,
        data: &str,
        api: &dyn AnyApi,
        keys: &Keys,
        warnings: &mut Vec<Said>,
    ) -> Result<Capture, Complaint> {
        let now = match &self.at {
            None => BeijingTime::now(),
            Some(text) => text.parse().map_err(|_| {
                Complaint::usage(Said::new(
                    "--at is not a time like 2025-01-31 10:00:00",
                    "--at 应形如 2025-01-31 10:00:00",
                ))
            })?,
        };
        let request = request(api, &text_or_file(data)?)?;
        let mut options = send::Options::default();
        options.validation = Validation::Warn;
        let signed = send::prepare_any(api.api(), &*request, keys, now, &options)
            .map_err(|error| not_made(&error))?;
        let broken = signed.findings().iter();
        warnings.extend(broken.map(|violation| Said::new(violation.to_string(), violation.zh())));
        let http = signed.into_http();
        let mut capture = Capture {
            body: http.body().to_vec(),
            ..Capture::default()
        };
        capture.set_address(&http.uri().to_string());
        capture.set_header("content-type", api.api().gateway.transport.content_type);
        Ok(capture)
    }
}

#[cfg(test)]
mod tests {
    use crate::verb::given::credential;

    #[test]
    fn a_credential_is_named_and_never_shown() {
        let keys = dockseal::Keys::new(dockseal::wangdian_flagship::GATEWAY)
            .set("appsecret", " s3cret:salt");
        let complaint = keys.map_err(|error| credential(&error)).err();
        assert!(complaint.is_some_and(|complaint| !format!("{complaint:?}").contains("s3cret")));
    }
}
