use dockseal::wangdian_flagship::ProcessUpload;

fn main() {
    let _ = ProcessUpload::new("WH-OUT", "WH-IN", "admin", "SC001", 1);
}
