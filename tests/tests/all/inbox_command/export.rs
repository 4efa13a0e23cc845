//! `dockseal inbox export`: everything, as JSON lines, whatever its size.

use std::fs;
use std::process::Stdio;

use serde_json::Value;

use super::oms::{Oms, command, filled};

#[test]
fn everything_is_exported_as_one_object_a_line() {
    let oms = filled("export");
    let lines = |text: &str| -> Vec<Value> {
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let pushes = lines(&oms.run(&["export"]).out);
    assert_eq!(pushes.len(), oms.bodies.len());
    for (line, body) in pushes.iter().zip(&oms.bodies) {
        assert_eq!(&line["body"], body);
    }
    let documents = lines(&oms.run(&["export", "--documents", "--kind", "stockin"]).out);
    let numbers: Vec<_> = documents
        .iter()
        .map(|line| &line["receipt"]["stockin_bn"])
        .collect();
    assert_eq!(numbers, ["I-1", "I-2"]);
    let nothing = oms.run(&["export", "--number", "I-3"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, ""));

    let out = oms.file.with_extension("jsonl");
    let told = oms.json(&["export", "--out", out.to_str().unwrap()]);
    assert_eq!(told["lines"], 7);
    assert_eq!(lines(&fs::read_to_string(&out).unwrap()), pushes);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&out).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_gone_is_no_error() {
    let oms = filled("pipe");
    let mut child = command(&oms.file, &["export"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_large_inbox_is_exported_in_little_memory() {
    use std::io::Read as _;

    let mut oms = Oms::start("large", &[]);
    let remark = "备注".repeat(10_000);
    for number in 0..200 {
        let number = format!("I-{number}");
        let business = [
            ("status", "FINISH"),
            ("stockin_bn", &number),
            ("remark", &remark),
        ];
        oms.push("wms.stockin.status_update", &business);
    }
    let mut child = command(&oms.file, &["export"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    // All but what fits into the pipe: the program waits for its reader, and can be looked at.
    let (mut total, mut piece) = (0_u64, vec![0; 1 << 16]);
    let all = oms.bodies.iter().map(|body| body.len() as u64).sum::<u64>();
    while total < all {
        let read = out.read(&mut piece).unwrap();
        assert_ne!(read, 0, "{total} of {all}");
        total += read as u64;
    }
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    let kib: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    std::io::copy(&mut out, &mut std::io::sink()).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(all > 32 << 20, "{all}");
    assert!(kib < 30 << 10, "{kib} KiB");
}
