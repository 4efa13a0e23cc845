use dockseal::wangdian_flagship::ProcessUploadDetail;

fn main() {
    let mut detail = ProcessUploadDetail::new("RAW-01", 1);
    detail.num = 2.5;
}
