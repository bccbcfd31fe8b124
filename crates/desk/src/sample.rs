//! The sample holder: a phone before a camera, both drawn. In training only.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use hwagin_training::phone::Phone;
use hwagin_training::{Authority, Card, Case};

use crate::camera::Frame;
use crate::clock::Clock;
use crate::knowledge::Knowledge;
use crate::view::{LabelView, SampleCardView, SampleView};

/// The id of the sample holder among the cameras.
pub const SAMPLE_CAMERA: &str = "sample";

/// The sides of its frames.
const SIDES: (u32, u32) = (1_280, 720);

/// Between two frames.
const FRAME_EVERY: Duration = Duration::from_millis(125);

/// How long a phone shows one presentation before it makes the next.
const PRESENT_EVERY: Duration = Duration::from_secs(5);

/// Which phone the sample holder shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sample {
    /// The card in it.
    pub card: Card,
    /// What is wrong with it, if anything.
    pub case: Case,
}

impl Default for Sample {
    fn default() -> Self {
        Self {
            card: Card::Mfc,
            case: Case::Valid,
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
        })
    }
}

impl Sample {
    /// As the window gets it, with everything that could be chosen instead.
    pub(crate) fn view(self, knowledge: &Knowledge) -> SampleView {
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
        }
    }
}

/// A running sample holder. Dropping it ends its thread.
pub(crate) struct SampleHolder {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl SampleHolder {
    /// Frames of this sample go to `sink`, on a thread of their own.
    pub(crate) fn start(
        sample: Sample,
        clock: Clock,
        mut sink: impl FnMut(Frame) + Send + 'static,
    ) -> Self {
        let (stop, stopped) = mpsc::channel::<()>();
        let run = move || {
            let mut number = 0;
            loop {
                let since = Instant::now();
                let shown =
                    Authority::built_in().present(sample.card, sample.case, clock().at.time.0);
                let Ok(phone) = Phone::new(&shown.text, SIDES.0, SIDES.1) else {
                    return;
                };
                while since.elapsed() < PRESENT_EVERY {
                    let started = Instant::now();
                    let picture = phone.frame(number);
                    number = number.wrapping_add(1);
                    if let Ok(frame) =
                        Frame::from_rgb(picture.width, picture.height, &picture.pixels)
                    {
                        sink(frame);
                    }
                    let rest = FRAME_EVERY.saturating_sub(started.elapsed());
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

impl Drop for SampleHolder {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // It ends after the frame at hand; a panic in it has nothing left to say.
            drop(thread.join());
        }
    }
}
