use dockseal::wangdian_flagship::ProcessUploadType;

fn name(kind: &ProcessUploadType) -> &'static str {
    match kind {
        ProcessUploadType::Stepwise => "stepwise",
        ProcessUploadType::Quick => "quick",
        ProcessUploadType::Unknown(_) => "unknown",
    }
}

fn main() {
    name(&ProcessUploadType::Quick);
}
