//! The sample holder: a phone before a camera, both drawn. In training only.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use hwagin_training::animated::{CODES_A_SECOND, Parts};
use hwagin_training::phone::Phone;
use hwagin_training::{Authority, Card, Case, Challenge, Exercise, Format, Presentation, Recipe};

use crate::camera::Frame;
use crate::clock::Clock;
use crate::knowledge::Knowledge;
use crate::view::{ExerciseView, LabelView, RunningExerciseView, SampleCardView, SampleView};

/// The id of the sample holder among the cameras.
pub const SAMPLE_CAMERA: &str = "sample";

/// The sides of its frames.
const SIDES: (u32, u32) = (1_280, 720);

/// Between two frames of one code.
const FRAME_EVERY: Duration = Duration::from_millis(125);

/// How many frames a phone that plays codes is seen in while it shows one.
const FRAMES_A_CODE: u32 = 2;

/// How long a phone shows one presentation at least before it makes the next. One in parts it
/// shows until each could have been seen twice.
const PRESENT_EVERY: Duration = Duration::from_secs(5);

/// Which phone the sample holder shows.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sample {
    /// The card in it.
    pub card: Card,
    /// What is wrong with it, if anything.
    pub case: Case,
    /// Whose it is, where it is one of the people of the exercises.
    pub exercise: Option<&'static Exercise>,
}

impl Default for Sample {
    fn default() -> Self {
        Self {
            card: Card::Mfc,
            case: Case::Valid,
            exercise: None,
        }
    }
}

impl Sample {
    /// The sample of these names.
    #[must_use]
    pub fn from_ids(card: &str, case: &str) -> Option<Self> {
        Some(Self {
            card: Card::from_id(card)?,
            case: Case::from_id(case)?,
            exercise: None,
        })
    }

    /// The sample of this exercise.
    #[must_use]
    pub fn of_exercise(exercise: &'static Exercise) -> Self {
        Self {
            card: exercise.card,
            case: exercise.case,
            exercise: Some(exercise),
        }
    }
}

impl Sample {
    /// What the phone shows at `at`: an answer to this challenge, if it is one.
    fn present(self, challenge: Option<&str>, at: i64) -> Presentation {
        let authority = Authority::built_in();
        let challenge = challenge.and_then(|text| Challenge::read(text, at).ok());
        if let Some(exercise) = self.exercise {
            return authority.mint(&Recipe::of_exercise(exercise, challenge.as_ref(), at));
        }
        match challenge {
            Some(asked) => authority.answer(&asked, Format::Mdoc, self.card, self.case, at),
            None => authority.present(self.card, self.case, at),
        }
    }

    /// As the window gets it, with everything that could be chosen instead.
    pub(crate) fn view(
        self,
        knowledge: &Knowledge,
        person: Option<RunningExerciseView>,
    ) -> SampleView {
        let label = |card: Card| match knowledge.card(card.id()) {
            Some(known) => known.label.clone(),
            None => LabelView::named(card.id()),
        };
        let card = |card: Card| SampleCardView {
            id: card.id().to_owned(),
            label: label(card),
        };
        SampleView {
            cards: Card::ALL.into_iter().map(card).collect(),
            cases: Case::ALL
                .into_iter()
                .map(|case| case.id().to_owned())
                .collect(),
            card: self.card.id().to_owned(),
            case: self.case.id().to_owned(),
            exercises: Exercise::ALL.iter().map(ExerciseView::from).collect(),
            exercise: person,
        }
    }
}

/// A running sample holder. Dropping it ends its thread.
pub(crate) struct SampleHolder {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl SampleHolder {
    /// Frames of this sample go to `sink`, on a thread of their own. The phone answers the challenge
    /// that it is told of.
    pub(crate) fn start(
        sample: Sample,
        clock: Clock,
        challenge: impl Fn() -> Option<String> + Send + 'static,
        mut sink: impl FnMut(Frame) + Send + 'static,
    ) -> Self {
        let (stop, stopped) = mpsc::channel::<()>();
        let run = move || {
            let mut number = 0;
            loop {
                let asked = challenge();
                let shown = sample.present(asked.as_deref(), clock().at.time.0);
                // A desk that begins to ask, or ceases, is answered at once.
                let is_asked_the_same = || challenge().is_some() == asked.is_some();
                let mut codes = Codes::of(&shown);
                let Some(mut phone) = codes.phone() else {
                    return;
                };
                while !codes.are_over() && is_asked_the_same() {
                    let started = Instant::now();
                    codes.turn(&mut phone);
                    let picture = phone.frame(number);
                    number = number.wrapping_add(1);
                    if let Ok(frame) =
                        Frame::from_rgb(picture.width, picture.height, &picture.pixels)
                    {
                        sink(frame);
                    }
                    let rest = codes.frame_every().saturating_sub(started.elapsed());
                    if stopped.recv_timeout(rest) != Err(RecvTimeoutError::Timeout) {
                        return;
                    }
                }
            }
        };
        let thread = std::thread::Builder::new()
            .name("sample holder".into())
            .spawn(run);
        Self {
            stop: Some(stop),
            thread: thread.ok(),
        }
    }
}

/// What the phone shows of one presentation: one code, or one after the other.
struct Codes {
    text: String,
    parts: Option<Parts>,
    since: Instant,
    shown: u32,
    enough: u32,
}

impl Codes {
    fn of(presentation: &Presentation) -> Self {
        let mut parts = presentation.is_animated().then(|| presentation.parts());
        let needed = parts.as_ref().map_or(0, Parts::needed);
        let first = parts.as_mut().and_then(Iterator::next);
        Self {
            text: first.unwrap_or_else(|| presentation.text.clone()),
            parts,
            since: Instant::now(),
            shown: 1,
            enough: u32::try_from(needed).unwrap_or(u32::MAX).saturating_mul(2),
        }
    }

    /// A phone with the first of them.
    fn phone(&self) -> Option<Phone> {
        Phone::new(&self.text, SIDES.0, SIDES.1).ok()
    }

    /// The phone shows the next one, if it is time. It shows each, however slow the machine is.
    fn turn(&mut self, phone: &mut Phone) {
        let due = Duration::from_secs(1) / CODES_A_SECOND * self.shown;
        if self.since.elapsed() < due {
            return;
        }
        if let Some(part) = self.parts.as_mut().and_then(Iterator::next) {
            // A part that no code holds would not have been cut; the one before stays.
            let _ = phone.show(&part);
            self.shown = self.shown.saturating_add(1);
        }
    }

    fn frame_every(&self) -> Duration {
        match self.parts {
            Some(_) => Duration::from_secs(1) / (CODES_A_SECOND * FRAMES_A_CODE),
            None => FRAME_EVERY,
        }
    }

    fn are_over(&self) -> bool {
        self.since.elapsed() >= PRESENT_EVERY && self.shown >= self.enough
    }
}

impl Drop for SampleHolder {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // It ends after the frame at hand; a panic in it has nothing left to say.
            drop(thread.join());
        }
    }
}
