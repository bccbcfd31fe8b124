//! What the webcam sees: a sample holder's phone, or nothing, or no camera at all.

use hwagin_training::animated::CODES_A_SECOND;
use hwagin_training::{Authority, Card, Case, Presentation, phone::Phone};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What most webcams give.
const SIZE: (u32, u32) = (1280, 720);
/// Frames of one code that stands; the hand moves a little between them.
const FRAMES: u32 = 4;
/// Frames of one code of many: the test webcam gives 30 a second.
const FRAMES_A_CODE: u32 = 30 / CODES_A_SECOND;
/// The controls of the test webcam and how they stand while a desk looks through it: exposure and
/// focus automatic, frame rate kept, no compensation, mains found out.
const NUDGED: [&str; 5] = [
    "009a0901 3",
    "009a0903 0",
    "009a090c 1",
    "0098091c 0",
    "00980918 3",
];
/// As they stood before, the last first.
const PUT_BACK: [&str; 5] = [
    "00980918 0",
    "0098091c 1",
    "009a090c 0",
    "009a0903 1",
    "009a0901 1",
];

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

    /// A holder shows this case now, as phones do: in parts, one after the other. Says when the
    /// webcam was told so.
    pub fn show(&self, card: Card, case: Case) -> SystemTime {
        self.show_slowly(card, case, 1)
    }

    /// As well, but so many times as slowly: for what passes too fast to be looked at.
    pub fn show_slowly(&self, card: Card, case: Case, times: u32) -> SystemTime {
        let shown = Authority::built_in().present(card, case, super::now());
        self.show_presentation(&shown, times)
    }

    /// A phone shows this, so many times as slowly.
    pub fn show_presentation(&self, shown: &Presentation, times: u32) -> SystemTime {
        if !shown.is_animated() {
            return self.show_text(&shown.text);
        }
        let folder = self.next_folder();
        let mut phone: Option<Phone> = None;
        let parts = shown.parts();
        // Each fragment, and as many sums of them; then all over again.
        let codes = 2 * parts.needed();
        for (code, part) in parts.take(codes).enumerate() {
            match &mut phone {
                Some(phone) => phone.show(&part).unwrap(),
                None => phone = Some(Phone::new(&part, SIZE.0, SIZE.1).unwrap()),
            }
            let phone = phone.as_ref().unwrap();
            let take = |frame: u32| {
                let number = u32::try_from(code).unwrap() * FRAMES_A_CODE + frame;
                let name = |time: u32| folder.join(format!("{code:03}-{time:03}-{frame}.jpg"));
                std::fs::write(name(0), phone.frame(number).jpeg(90)).unwrap();
                for time in 1..times {
                    std::fs::hard_link(name(0), name(time)).unwrap();
                }
            };
            // At once: what is shown is as old as it took to draw it.
            std::thread::scope(|scope| {
                for frame in 0..FRAMES_A_CODE {
                    scope.spawn(move || take(frame));
                }
            });
        }
        self.frames(&folder)
    }

    /// A phone shows this text as a symbol; says when the webcam was told so.
    pub fn show_text(&self, text: &str) -> SystemTime {
        let phone = Phone::new(text, SIZE.0, SIZE.1).unwrap();
        let folder = self.next_folder();
        for frame in 0..FRAMES {
            let file = folder.join(format!("{frame}.jpg"));
            std::fs::write(file, phone.frame(frame).jpeg(90)).unwrap();
        }
        self.frames(&folder)
    }

    /// The phone is taken away.
    pub fn show_nothing(&self) {
        let grey = hwagin_training::phone::RgbPicture {
            width: SIZE.0,
            height: SIZE.1,
            pixels: vec![96; SIZE.0 as usize * SIZE.1 as usize * 3],
        };
        let folder = self.next_folder();
        std::fs::write(folder.join("0.jpg"), grey.jpeg(90)).unwrap();
        self.frames(&folder);
    }

    /// Something is wrong with the camera: `unplugged`, `busy` or `denied`.
    pub fn trouble(&self, state: &str) {
        self.say(state);
    }

    /// Whether the camera's controls stand as a desk wants them while it looks.
    pub fn is_nudged(&self) -> bool {
        self.settings() == NUDGED
    }

    /// Whether they stand again as they were before.
    pub fn is_put_back(&self) -> bool {
        self.settings() == [NUDGED, PUT_BACK].concat()
    }

    /// What was set of the camera's controls, in order.
    fn settings(&self) -> Vec<String> {
        let written = std::fs::read_to_string(self.control().with_extension("settings"));
        let written = written.unwrap_or_default();
        written.lines().map(str::to_owned).collect()
    }

    fn next_folder(&self) -> PathBuf {
        let scene = self.scenes.get() + 1;
        self.scenes.set(scene);
        let folder = self.folder.join(format!("scene-{scene}"));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn frames(&self, folder: &Path) -> SystemTime {
        let now = SystemTime::now();
        self.say(&format!("frames {}", folder.display()));
        now
    }

    /// Written beside and renamed, so that a half-written line is never read.
    fn say(&self, line: &str) {
        let written = self.folder.join("control.new");
        std::fs::write(&written, format!("{line}\ncontrols")).unwrap();
        std::fs::rename(written, self.control()).unwrap();
    }
}
