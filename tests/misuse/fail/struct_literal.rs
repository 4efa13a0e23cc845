use dockseal::Extra;
use dockseal::wangdian_flagship::ProcessUploadData;
use dockseal::wangdian_flagship::ProcessUploadStatus;

fn main() {
    let data = ProcessUploadData {
        process_id: 1,
        process_no: String::new(),
        status: ProcessUploadStatus::Done,
        message: String::new(),
        extra: Extra::default(),
    };
    let ProcessUploadData { process_id, process_no, status, message, extra } = data;
}
