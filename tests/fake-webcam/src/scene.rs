//! What the camera is and sees, as the environment and the control file say.

use std::path::{Path, PathBuf};

/// How things are at this moment.
pub(crate) enum Scene {
    /// The camera sees the pictures of a folder.
    Frames(PathBuf),
    /// There is no camera.
    Unplugged,
    /// Another program uses it.
    Busy,
    /// This user may not open it.
    Denied,
}

/// The scene, or `None` when this process was not told of any and the library keeps out of it.
pub(crate) fn now() -> Option<Scene> {
    let folder = std::env::var_os("HWAGIN_FAKE_WEBCAM_FRAMES");
    let control = std::env::var_os("HWAGIN_FAKE_WEBCAM_CONTROL");
    if folder.is_none() && control.is_none() {
        return None;
    }
    let text = control
        .and_then(|path| std::fs::read_to_string(path).ok())
        .unwrap_or_default();
    let scene = match text.trim() {
        "unplugged" => Scene::Unplugged,
        "busy" => Scene::Busy,
        "denied" => Scene::Denied,
        line => match line.strip_prefix("frames ") {
            Some(folder) => Scene::Frames(PathBuf::from(folder.trim())),
            None => folder.map_or(Scene::Unplugged, |folder| Scene::Frames(folder.into())),
        },
    };
    Some(scene)
}

/// The JPEG that is number `count` of the folder, which begins anew after its last.
pub(crate) fn frame(folder: &Path, count: usize) -> Option<Vec<u8>> {
    let is_jpeg = |path: &PathBuf| {
        path.extension()
            .is_some_and(|end| end == "jpg" || end == "jpeg")
    };
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_jpeg).collect();
    files.sort();
    let file = files.get(count.checked_rem(files.len())?)?;
    std::fs::read(file).ok()
}

/// Width and height as the JPEG's frame header (ITU-T T.81, B.2.2) says.
pub(crate) fn size_of(jpeg: &[u8]) -> Option<(u32, u32)> {
    let mut rest = jpeg.get(2..)?;
    loop {
        let (&[0xFF, marker, high, low], tail) = rest.split_first_chunk()? else {
            return None;
        };
        // C4, C8 and CC are tables and an extension; the other numbers of the row are frames.
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let &[_, height_high, height_low, width_high, width_low] = tail.first_chunk()?;
            let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
            return Some((side(width_high, width_low), side(height_high, height_low)));
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        rest = tail.get(length.checked_sub(2)?..)?;
    }
}
