//! What a person hands over beside the page: a folder with a bundle, or a picture of a code. The page
//! gets no path and no file; it hears what became of it.

use hwagin_desk::Desk;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager};

/// Of a larger file no more is read than tells that it is too large; the desk's own bound is smaller.
const MAX_PICTURE: u64 = 64 * 1024 * 1024;

/// What the dialog is called: the product's name, which needs no language.
const TITLE: &str = "Hwagin";

/// Asks for a folder, and imports the bundle in it. The system's own dialog: the web view has none.
pub(crate) fn ask_for_a_folder(app: &AppHandle) {
    let handle = app.clone();
    // Toolkits make windows on their own thread, and the answer takes as long as a person does.
    let _ = app.run_on_main_thread(move || {
        let asked = rfd::AsyncFileDialog::new().set_title(TITLE).pick_folder();
        tauri::async_runtime::spawn(async move {
            if let Some(folder) = asked.await {
                handle.state::<Desk>().import_bundle(folder.path());
            }
        });
    });
}

/// Takes what was dropped on the window: the first folder as a bundle, or the first file as a
/// picture.
pub(crate) fn dropped(app: &AppHandle, paths: &[PathBuf]) {
    let Some(path) = paths.first().cloned() else {
        return;
    };
    let handle = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        let desk = handle.state::<Desk>();
        if path.is_dir() {
            desk.import_bundle(&path);
        } else if let Ok(bytes) = read(&path) {
            desk.read_picture(&bytes);
        }
    });
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MAX_PICTURE)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}
