//! Inputs of any size that are hard for a reader.

use super::{Shape, readers};

const fn shape(
    reader: &'static str,
    name: &'static str,
    read: fn(&[u8]),
    pieces: usize,
    input: fn(usize) -> Vec<u8>,
) -> Shape {
    Shape {
        reader,
        name,
        read,
        input,
        pieces,
    }
}

pub(super) const SHAPES: &[Shape] = &[
    shape("form", "different names", readers::form, 20_000, |n| {
        each(n, "", "&", "", |n| format!("a{n}=1"))
    }),
    shape("form", "one long list", readers::form, 20_000, |n| {
        b"a[]=1&".repeat(n)
    }),
    shape("form", "one large map", readers::form, 20_000, |n| {
        each(n, "", "&", "", |n| format!("a[k{n}]=1"))
    }),
    shape("form", "deep names", readers::form, 500, |n| {
        each(n, "", "&", "", |n| format!("a{n}{}=1", "[b]".repeat(100)))
    }),
    shape("form", "escapes", readers::form, 100_000, |n| {
        [&b"a="[..], &b"%41".repeat(n)].concat()
    }),
    shape(
        "form",
        "a long name that is none",
        readers::form,
        100_000,
        |n| [&b"a["[..], &b"b["[..].repeat(n)].concat(),
    ),
    shape("json", "unknown members", readers::stockin, 10_000, |n| {
        each(n, "{", ",", "}", |n| format!("\"u{n}\":1"))
    }),
    shape(
        "json",
        "one member again and again",
        readers::stockin,
        20_000,
        |n| each(n, "{", ",", "}", |_| "\"status\":\"FINISH\"".to_owned()),
    ),
    shape(
        "json",
        "elements that are empty",
        readers::stockin,
        20_000,
        |n| each(n, "{\"item\":[", ",", "]}", |_| "{}".to_owned()),
    ),
    shape(
        "json",
        "elements with one member",
        readers::stockin,
        20_000,
        |n| {
            each(n, "{\"item\":[", ",", "]}", |_| {
                "{\"product_bn\":\"A\"}".to_owned()
            })
        },
    ),
    shape(
        "json",
        "elements that are wrong",
        readers::stockin,
        50_000,
        |n| each(n, "{\"item\":[", ",", "]}", |_| "1".to_owned()),
    ),
    shape(
        "json",
        "members that are wrong",
        readers::stockin,
        20_000,
        |n| each(n, "{", ",", "}", |_| "\"item\":1".to_owned()),
    ),
    shape("json", "open brackets", readers::stockin, 100_000, |n| {
        [&b"{\"u\":"[..], &b"["[..].repeat(n)].concat()
    }),
    shape("json", "nested and closed", readers::stockin, 50_000, |n| {
        [
            &b"{\"u\":"[..],
            &b"["[..].repeat(n),
            &b"]"[..].repeat(n),
            b"}",
        ]
        .concat()
    }),
    shape(
        "json",
        "a number of many digits",
        readers::request,
        100_000,
        |n| {
            [
                &b"[{\"detail_list\":[{\"spec_no\":\"A\",\"num\":"[..],
                &b"1"[..].repeat(n),
                b"}]}]",
            ]
            .concat()
        },
    ),
    shape(
        "json",
        "an exponent of many digits",
        readers::request,
        100_000,
        |n| {
            [
                &b"[{\"detail_list\":[{\"spec_no\":\"A\",\"num\":1e"[..],
                &b"9"[..].repeat(n),
                b"}]}]",
            ]
            .concat()
        },
    ),
    shape("json", "a text of escapes", readers::stockin, 50_000, |n| {
        [&b"{\"remark\":\""[..], &b"\\u4f60".repeat(n), b"\"}"].concat()
    }),
    shape("json", "a reply of members", readers::reply, 10_000, |n| {
        each(n, "{\"x_response\":{", ",", "}}", |n| format!("\"u{n}\":1"))
    }),
    shape("xml", "unknown elements", readers::xml, 10_000, |n| {
        each(n, "<r>", "", "</r>", |n| format!("<u{n}/>"))
    }),
    shape(
        "xml",
        "elements that are empty",
        readers::xml,
        20_000,
        |n| each(n, "<r><item>", "", "</item></r>", |_| "<a/>".to_owned()),
    ),
    shape(
        "xml",
        "elements that are wrong",
        readers::xml,
        20_000,
        |n| {
            each(n, "<r>", "", "</r>", |_| {
                "<operate_time>x</operate_time>".to_owned()
            })
        },
    ),
    shape(
        "xml",
        "references to characters",
        readers::xml,
        50_000,
        |n| [&b"<r><remark>"[..], &b"&#65;".repeat(n), b"</remark></r>"].concat(),
    ),
    shape("xml", "comments", readers::xml, 50_000, |n| {
        [&b"<r>"[..], &b"<!---->".repeat(n), b"</r>"].concat()
    }),
    shape("xml", "open elements", readers::xml, 50_000, |n| {
        b"<r>".repeat(n)
    }),
    shape("xml", "attributes", readers::xml, 20_000, |n| {
        [
            each(n, "<r", "", "", |n| format!(" a{n}=\"1\"")),
            b"></r>".to_vec(),
        ]
        .concat()
    }),
    shape("time", "a long text", readers::time, 200_000, |n| {
        [&b"2025-01-31 10:00:"[..], &b"0"[..].repeat(n)].concat()
    }),
    shape(
        "receiver",
        "lines of different goods",
        readers::lines,
        5_000,
        |n| {
            each(n, "[", ",", "]", |n| {
                format!("{{\"product_bn\":\"P{n}\",\"normal_num\":1}}")
            })
        },
    ),
    shape(
        "receiver",
        "lines of the same goods",
        readers::lines,
        5_000,
        |n| {
            each(n, "[", ",", "]", |_| {
                "{\"product_bn\":\"A\",\"normal_num\":1}".to_owned()
            })
        },
    ),
    shape(
        "receiver",
        "one line of many batches",
        readers::lines,
        5_000,
        |n| {
            each(n, "[{\"product_bn\":\"A\",\"batch\":[", ",", "]}]", |n| {
                format!("{{\"batchCode\":\"B{n}\",\"actualQty\":1}}")
            })
        },
    ),
    shape(
        "receiver",
        "one line of many members",
        readers::lines,
        10_000,
        |n| {
            each(
                n,
                "[{\"product_bn\":\"A\",\"extendProps\":\"{}\",",
                ",",
                "}]",
                |n| format!("\"u{n}\":1"),
            )
        },
    ),
    shape("receiver", "open brackets", readers::lines, 100_000, |n| {
        b"[".repeat(n)
    }),
    shape("sign", "many names", readers::signing, 10_000, |n| {
        each(n, "", "&", "", |n| format!("a{n}=1"))
    }),
    shape("sign", "one long list", readers::signing, 20_000, |n| {
        b"a[]=1&".repeat(n)
    }),
    shape("sign", "one large map", readers::signing, 10_000, |n| {
        each(n, "", "&", "", |n| format!("a[k{n}]=1"))
    }),
    shape("schema", "properties", readers::schema, 250, |n| {
        api(
            &each(n, "", ",", "", |n| {
                format!("\"p{n}\":{{\"type\":\"string\"}}")
            }),
            b"",
        )
    }),
    shape(
        "schema",
        "properties of unknown keywords",
        readers::schema,
        250,
        |n| {
            api(
                &each(n, "", ",", "", |n| {
                    format!("\"p{n}\":{{\"typ\":\"string\"}}")
                }),
                b"",
            )
        },
    ),
    shape(
        "schema",
        "one keyword again and again",
        readers::schema,
        1000,
        |n| {
            api(
                &each(n, "\"a\":{", ",", "}", |_| "\"type\":\"string\"".to_owned()),
                b"",
            )
        },
    ),
    shape(
        "schema",
        "definitions in a chain",
        readers::schema,
        100,
        |n| {
            let chain = each(n, "", "", "", |n| {
                format!(
                    ",\"T{n}\":{{\"type\":\"object\",\"properties\":{{\"a\":{{\"$ref\":\"#/$defs/T{}\"}}}}}}",
                    n + 1
                )
            });
            api(b"\"a\":{\"$ref\":\"#/$defs/T0\"}", &chain)
        },
    ),
    shape(
        "schema",
        "references in a chain",
        readers::schema,
        250,
        |n| {
            let chain = each(n, "", "", "", |n| {
                format!(",\"T{n}\":{{\"$ref\":\"#/$defs/T{}\"}}", n + 1)
            });
            api(b"\"a\":{\"$ref\":\"#/$defs/T0\"}", &chain)
        },
    ),
    shape("schema", "values of an enum", readers::schema, 250, |n| {
        api(
            &each(n, "\"a\":{\"type\":\"string\",\"enum\":[", ",", "]}", |n| {
                format!("\"v{n}\"")
            }),
            b"",
        )
    }),
    shape("schema", "open brackets", readers::schema, 100_000, |n| {
        b"[".repeat(n)
    }),
    shape(
        "schema",
        "things that are no JSON",
        readers::schema,
        20_000,
        |n| b"[x}".repeat(n),
    ),
    shape("schema", "a long text", readers::schema, 50_000, |n| {
        api(
            &[
                &b"\"a\":{\"type\":\"string\",\"description\":\""[..],
                &b"a "[..].repeat(n),
                b"\"}",
            ]
            .concat(),
            b"",
        )
    }),
    shape(
        "schema",
        "a number of many digits",
        readers::schema,
        50_000,
        |n| {
            api(
                &[
                    &b"\"a\":{\"type\":\"integer\",\"maximum\":"[..],
                    &b"1"[..].repeat(n),
                    b"}",
                ]
                .concat(),
                b"",
            )
        },
    ),
];

/// So many pieces, numbered.
fn each(
    count: usize,
    open: &str,
    between: &str,
    close: &str,
    piece: impl Fn(usize) -> String,
) -> Vec<u8> {
    let pieces: Vec<String> = (0..count).map(piece).collect();
    format!("{open}{}{close}", pieces.join(between)).into_bytes()
}

/// An API of these properties, and of definitions that begin with a comma.
fn api(properties: &[u8], definitions: &[u8]) -> Vec<u8> {
    let text = include_str!("../../../../../codegen/tests/fixtures/api.json");
    let properties = String::from_utf8_lossy(properties);
    let text = text.replace("\"a\": {\"type\": \"string\"}", &properties);
    let (head, tail) = text.rsplit_once("\n  }\n}").unwrap_or((&text, ""));
    [head.as_bytes(), definitions, b"\n  }\n}", tail.as_bytes()].concat()
}
