//! What the webcam sees: a sample holder's phone, or nothing, or no camera at all.

use hwagin_training::{Authority, Card, Case, phone::Phone};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Full HD: a whole credential with its portrait in one symbol needs the pixels.
const SIZE: (u32, u32) = (1920, 1080);
/// Frames of one scene; the hand moves a little between them.
const FRAMES: u32 = 4;

/// The control file of the fake webcam and the frames it points to.
pub struct Scene {
    folder: PathBuf,
    scenes: Cell<u32>,
}

impl Scene {
    /// Nothing is before the camera yet.
    pub fn empty_desk(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let scene = Self {
            folder: folder.to_owned(),
            scenes: Cell::new(0),
        };
        scene.show_nothing();
        scene
    }

    /// The file to name in `HWAGIN_FAKE_WEBCAM_CONTROL`.
    pub fn control(&self) -> PathBuf {
        self.folder.join("control")
    }

    /// A holder shows this case now; says when the webcam was told so.
    pub fn show(&self, card: Card, case: Case) -> SystemTime {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs();
        let now = i64::try_from(now).unwrap();
        self.show_text(&Authority::built_in().present(card, case, now).text)
    }

    /// A phone shows this text as a symbol; says when the webcam was told so.
    pub fn show_text(&self, text: &str) -> SystemTime {
        let phone = Phone::new(text, SIZE.0, SIZE.1).unwrap();
        let scene = self.scenes.get() + 1;
        self.scenes.set(scene);
        self.frames(&format!("phone-{scene}"), |frame| {
            phone.frame(frame).jpeg(90)
        })
    }

    /// The phone is taken away.
    pub fn show_nothing(&self) {
        let grey = hwagin_training::phone::RgbPicture {
            width: SIZE.0,
            height: SIZE.1,
            pixels: vec![96; SIZE.0 as usize * SIZE.1 as usize * 3],
        };
        self.frames("nothing", |_| grey.jpeg(90));
    }

    /// Something is wrong with the camera: `unplugged`, `busy` or `denied`.
    pub fn trouble(&self, state: &str) {
        self.say(state);
    }

    fn frames(&self, name: &str, jpeg: impl Fn(u32) -> Vec<u8>) -> SystemTime {
        let folder = self.folder.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for frame in 0..FRAMES {
            std::fs::write(folder.join(format!("{frame}.jpg")), jpeg(frame)).unwrap();
        }
        let now = SystemTime::now();
        self.say(&format!("frames {}", folder.display()));
        now
    }

    /// Written beside and renamed, so that a half-written line is never read.
    fn say(&self, line: &str) {
        let written = self.folder.join("control.new");
        std::fs::write(&written, line).unwrap();
        std::fs::rename(written, self.control()).unwrap();
    }
}
