use dockseal::wangdian_flagship::ProcessUploadDetail;

fn main() {
    let _ = ProcessUploadDetail::new("RAW-01", 2.5_f64);
}
