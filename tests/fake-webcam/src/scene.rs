//! What the camera is and sees, as the environment and the control file say.

use std::path::{Path, PathBuf};

/// How the first camera is at this moment.
pub(crate) enum State {
    /// It sees the pictures of a folder.
    Frames(PathBuf),
    /// It is open and gives nothing.
    Silent,
    /// It is not there.
    Unplugged,
    /// Another program uses it.
    Busy,
    /// This user may not open it.
    Denied,
}

/// How its frames are written.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Format {
    pub(crate) code: u32,
    /// Of files that say nothing of their sides.
    pub(crate) sides: Option<(u32, u32)>,
}

pub(crate) const MJPG: u32 = u32::from_le_bytes(*b"MJPG");
pub(crate) const YUYV: u32 = u32::from_le_bytes(*b"YUYV");
pub(crate) const NV12: u32 = u32::from_le_bytes(*b"NV12");

/// Everything that was told.
pub(crate) struct Scene {
    pub(crate) state: State,
    pub(crate) format: Format,
    /// The names of further cameras, which see what the first one last saw.
    pub(crate) others: Vec<String>,
    /// Whether the cameras have controls, and where each setting of one is written down.
    pub(crate) controls: Option<PathBuf>,
}

/// The scene, or `None` when this process was not told of any and the library keeps out of it.
pub(crate) fn now() -> Option<Scene> {
    let folder = std::env::var_os("HWAGIN_FAKE_WEBCAM_FRAMES");
    let control = std::env::var_os("HWAGIN_FAKE_WEBCAM_CONTROL").map(PathBuf::from);
    if folder.is_none() && control.is_none() {
        return None;
    }
    let file = control.as_ref();
    let text = file.and_then(|path| std::fs::read_to_string(path).ok());
    let text = text.unwrap_or_default();
    let mut scene = Scene {
        state: folder.map_or(State::Unplugged, |folder| State::Frames(folder.into())),
        format: Format {
            code: MJPG,
            sides: None,
        },
        others: Vec::new(),
        controls: None,
    };
    for line in text.lines() {
        let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        match word {
            "unplugged" => scene.state = State::Unplugged,
            "busy" => scene.state = State::Busy,
            "denied" => scene.state = State::Denied,
            "silent" => scene.state = State::Silent,
            "frames" => scene.state = State::Frames(PathBuf::from(rest.trim())),
            "yuyv" => scene.format = raw(YUYV, rest),
            "nv12" => scene.format = raw(NV12, rest),
            "also" => scene.others.push(rest.trim().to_owned()),
            "controls" => scene.controls = file.map(|path| path.with_extension("settings")),
            _ => {}
        }
    }
    Some(scene)
}

/// `WIDTHxHEIGHT` of frames that are pixels and nothing else.
fn raw(code: u32, sides: &str) -> Format {
    let sides = sides.trim().split_once('x');
    let sides = sides.and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    Format { code, sides }
}

impl Scene {
    /// What the maker calls the camera of this node; `None` if there is none.
    pub(crate) fn name(&self, node: usize) -> Option<&str> {
        match node.checked_sub(1) {
            Some(other) => self.others.get(other).map(String::as_str),
            None if matches!(self.state, State::Unplugged) => None,
            None => Some("Hwagin test webcam"),
        }
    }

    /// The nodes of all cameras that are plugged in.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = usize> + '_ {
        (0..=self.others.len()).filter(|node| self.name(*node).is_some())
    }
}

/// The frame that is number `count` of the folder, which begins anew after its last.
pub(crate) fn frame(folder: &Path, count: usize, format: Format) -> Option<Vec<u8>> {
    let ends: &[&str] = match format.code {
        YUYV => &["yuyv"],
        NV12 => &["nv12"],
        _ => &["jpg", "jpeg"],
    };
    let is_ours = |path: &PathBuf| {
        path.extension()
            .is_some_and(|end| ends.iter().any(|known| end == *known))
    };
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_ours).collect();
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
