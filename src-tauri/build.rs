//! Names the commands that the page may call: what is not named here does not exist for it.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    const COMMANDS: [&str; 18] = [
        "desk_overview",
        "desk_trust",
        "import_bundle",
        "update_bundle",
        "watch_desk",
        "frame_drawn",
        "choose_purpose",
        "choose_camera",
        "choose_sample",
        "choose_exercise",
        "print_challenge",
        "open_customer_window",
        "watch_customer",
        "copy_claim",
        "clear_verdict",
        "read_picture",
        "read_text",
        "reveal_claim",
    ];
    let manifest = tauri_build::AppManifest::new().commands(&COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
