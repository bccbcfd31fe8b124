//! A desk at work: its session, its camera, and the thread between them.

mod asking;
mod bundles;
mod overview;
mod samples;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use hwagin_scanner::Scanner;
use hwagin_verifier::Hint;
use zeroize::Zeroize;

use bundles::{BundleWish, Bundles};

use crate::camera::{Camera, CameraEvent, CameraId, CameraInfo, Frame, LatestFrame, Wish};
use crate::clock::{Clock, system_clock};
use crate::gauge::Gauge;
use crate::knowledge::{Knowledge, Problem, Sources};
use crate::sample::{SAMPLE_CAMERA, Sample, SampleHolder};
use crate::scan::{scan_picture, symbols_in};
use crate::session::{Events, Phase, Refused, Revealed, Session};
use crate::view::{
    AskedView, CameraStateCode, CameraStateView, HintCode, OverviewView, RunningExerciseView,
    ScanEvent, Wiped,
};

/// How long the desk's thread waits for a frame before it looks at the time.
const WAIT: Duration = Duration::from_millis(50);

/// Between two looks which cameras there are. Plugging one in takes longer than that.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How a desk is opened.
#[derive(Default)]
pub struct DeskConfig {
    /// Where its knowledge comes from.
    pub sources: Sources,
    /// The purpose to begin with, by id.
    pub purpose: Option<String>,
    /// The camera to begin with, by id; without it the first that no program makes, and in training
    /// without such a camera the sample holder.
    pub camera: Option<String>,
    /// No camera is opened before one is chosen: whoever opens the desk knows which it was the
    /// last time.
    pub waits: bool,
    /// The time; without it the machine's.
    pub clock: Option<Clock>,
}

/// A desk at work. Dropping it ends its threads and closes its camera.
pub struct Desk {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
    stop: Option<mpsc::Sender<()>>,
    wishes: Option<mpsc::Sender<BundleWish>>,
}

struct Shared {
    session: Mutex<Session>,
    feed: Mutex<Feed>,
    camera: Mutex<CameraNow>,
    /// Counts the feeds: what a feed that was left behind still says is not heard.
    feeds: AtomicU64,
    /// Counts the frames of the feed.
    given: AtomicU64,
    frames: LatestFrame,
    events: Events,
    clock: Clock,
    bundles: Option<Bundles>,
    /// What keeps the desk from asking, or from journalling.
    problems: Vec<Problem>,
    /// Whether a screen faces the customer.
    customer: AtomicBool,
    stopped: AtomicBool,
}

/// Where frames come from. Held so that it goes on; dropping it ends it.
struct Feed {
    source: Option<Source>,
    sample: Sample,
    /// Who stands at the desk, in an exercise. Drawn once.
    person: Option<RunningExerciseView>,
    nudged: bool,
}

#[expect(dead_code, reason = "held so that it goes on")]
enum Source {
    Camera(Camera),
    Sample(SampleHolder),
}

struct CameraNow {
    id: Option<String>,
    state: CameraStateView,
}

impl Desk {
    /// A desk at work, with the camera open. Everything it has to say goes to `events`.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn open(config: DeskConfig, events: Events) -> std::io::Result<Self> {
        let clock = config.clock.unwrap_or_else(system_clock);
        let knowledge = Knowledge::load(&config.sources, clock().at);
        let mut session = Session::new(knowledge, clock.clone(), events.clone());
        let problems = asking::equip(&mut session, &config.sources, &clock);
        if let Some(purpose) = &config.purpose {
            // A purpose that is not there is as good as none: the clerk is asked.
            let _ = session.choose_purpose(purpose, &AskedView::default());
        }
        let (wishes, wished) = mpsc::channel();
        let bundles = Bundles::new(&config.sources);
        let shared = Arc::new(Shared {
            session: Mutex::new(session),
            feed: Mutex::new(Feed {
                source: None,
                sample: Sample::default(),
                person: None,
                nudged: true,
            }),
            camera: Mutex::new(CameraNow {
                id: None,
                state: CameraStateView::OFF,
            }),
            feeds: AtomicU64::new(0),
            given: AtomicU64::new(0),
            frames: LatestFrame::new(),
            events,
            clock,
            bundles,
            problems,
            customer: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
        });
        let (working, looking, taking) = (
            Arc::clone(&shared),
            Arc::clone(&shared),
            Arc::clone(&shared),
        );
        let (stop, stopped) = mpsc::channel();
        let named = |name: &str| std::thread::Builder::new().name(name.into());
        let desk = Self {
            shared,
            threads: vec![
                named("desk").spawn(move || working.work())?,
                named("cameras").spawn(move || looking.look(&stopped))?,
                named("bundles").spawn(move || {
                    if let Some(bundles) = &taking.bundles {
                        taking.take_bundles(bundles, &wished);
                    }
                })?,
            ],
            stop: Some(stop),
            wishes: Some(wishes),
        };
        if !config.waits {
            desk.shared.start_first(config.camera.as_deref());
        }
        Ok(desk)
    }

    /// Everything beside a verdict.
    #[must_use]
    pub fn overview(&self) -> OverviewView {
        self.shared.overview()
    }

    /// Where the session stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        lock(&self.shared.session).phase()
    }

    /// Judges by this purpose from now on, with what the clerk typed for its questions; what stood is
    /// gone.
    ///
    /// # Errors
    /// [`Refused::UnknownPurpose`], [`Refused::BadDate`], [`Refused::BadText`].
    pub fn choose_purpose(&self, id: &str, asked: &AskedView) -> Result<(), Refused> {
        lock(&self.shared.session).choose_purpose(id, asked)?;
        self.shared.tell_overview();
        Ok(())
    }

    /// Frames come from this camera from now on; in training, `sample` is the sample holder. A
    /// camera that is not there is waited for. Without an id it is the first that no program
    /// makes. `nudged` says whether the camera may be set for bright screens while it is open.
    pub fn choose_camera(&self, id: Option<&str>, nudged: bool) {
        lock(&self.shared.feed).nudged = nudged;
        self.shared.start_first(id);
        self.shared.tell_overview();
    }

    /// No camera is open, and what was changed in it is as it was. For the end of a program that
    /// does not drop what it has.
    pub fn close(&self) {
        let source = lock(&self.shared.feed).source.take();
        drop(source);
        self.shared.frames.clear();
        lock(&self.shared.session).clear();
    }

    /// No verdict stands, and nothing of the credential is left.
    pub fn clear(&self) {
        lock(&self.shared.session).clear();
    }

    /// The picture in this file was read as if it had been held before the camera; the answer is
    /// an event. Takes as long as the picture is large.
    pub fn read_picture(&self, bytes: &[u8]) {
        let (symbols, nothing) = match scan_picture(bytes) {
            Ok(symbols) => (symbols, HintCode::PictureWithoutCode),
            Err(hint) => (Vec::new(), hint),
        };
        let contents: Vec<&[u8]> = symbols.iter().map(|symbol| symbol.as_slice()).collect();
        lock(&self.shared.session).given(&contents, nothing);
    }

    /// This text was read as if it had been in a symbol, or in the parts of one; the answer is an event.
    pub fn read_text(&self, text: &str) {
        let symbols = symbols_in(text);
        lock(&self.shared.session).given(&symbols, HintCode::Foreign(Hint::Unrecognised));
    }

    /// The value of this claim, for the clipboard.
    ///
    /// # Errors
    /// [`Refused::NotCopyable`], [`Refused::NotJournalled`].
    pub fn copy(&self, claim: &str) -> Result<Wiped, Refused> {
        lock(&self.shared.session).copy(claim)
    }

    /// The value behind the mask of this claim, for a few seconds.
    ///
    /// # Errors
    /// [`Refused::NothingHidden`], [`Refused::NotJournalled`].
    pub fn reveal(&self, claim: &str) -> Result<Revealed, Refused> {
        lock(&self.shared.session).reveal(claim)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        (self.stop, self.wishes) = (None, None);
        self.close();
        for thread in self.threads.drain(..) {
            // What panics on it is contained there.
            drop(thread.join());
        }
        lock(&self.shared.session).clear();
    }
}

impl Shared {
    /// Scans frames until the desk is closed.
    fn work(&self) {
        let (mut scanner, mut gauge) = (Scanner::new(), Gauge::default());
        while !self.stopped.load(Ordering::Relaxed) {
            let frame = self.frames.take(WAIT);
            // Unwind safe: a session that broke off is cleared, and a scanner is made anew.
            let work = || self.step(&mut scanner, &mut gauge, frame);
            if catch_unwind(AssertUnwindSafe(work)).is_err() {
                scanner = Scanner::new();
                lock(&self.session).clear();
            }
        }
    }

    fn step(&self, scanner: &mut Scanner, gauge: &mut Gauge, frame: Option<Frame>) {
        if lock(&self.session).tick() {
            self.tell_overview();
        }
        let Some(frame) = frame else { return };
        let Ok(luma) = frame.luma() else { return };
        let mut sighting = scanner.scan(&luma);
        let times = {
            let mut session = lock(&self.session);
            session.taken(frame.age());
            session.seen(&sighting, (frame.width(), frame.height()));
            session.verdict_times()
        };
        let given = self.given.load(Ordering::Relaxed);
        if let Some(gauge) = gauge.frame(&frame, &sighting, given, times) {
            (self.events)(ScanEvent::Gauge { gauge });
        }
        for symbol in &mut sighting.symbols {
            symbol.content.zeroize();
        }
    }

    /// Tells which cameras there are when that changes, until the desk is closed.
    fn look(&self, stopped: &Receiver<()>) {
        let mut known: Option<Vec<CameraInfo>> = None;
        while stopped.recv_timeout(LOOK_EVERY) == Err(RecvTimeoutError::Timeout) {
            let now = Camera::list();
            let is_same = known.as_ref().is_none_or(|known| *known == now);
            known = Some(now);
            if !is_same {
                self.tell_overview();
            }
        }
    }

    /// Starts this camera, or the first. Who tries the desk out on a machine without a camera sees
    /// it work.
    fn start_first(self: &Arc<Self>, id: Option<&str>) {
        let has_none = || Camera::list().iter().all(|camera| camera.is_virtual);
        let has_sample_only = id.is_none() && self.is_training() && has_none();
        self.start(id.or(has_sample_only.then_some(SAMPLE_CAMERA)));
    }

    /// Ends the feed there is and starts that of this camera, or of the first one.
    fn start(self: &Arc<Self>, id: Option<&str>) {
        let mut feed = lock(&self.feed);
        let number = self.feeds.fetch_add(1, Ordering::Relaxed) + 1;
        drop(feed.source.take());
        self.frames.clear();
        if id == Some(SAMPLE_CAMERA) && self.is_training() {
            self.set_camera(Some(SAMPLE_CAMERA.to_owned()), CameraStateCode::Live, None);
            let shared = Arc::clone(self);
            let sink = move |frame| shared.take_frame(number, frame);
            let asking = Arc::clone(self);
            let challenge = move || lock(&asking.session).challenge_text();
            let holder = SampleHolder::start(feed.sample, self.clock.clone(), challenge, sink);
            feed.source = Some(Source::Sample(holder));
            return;
        }
        self.set_camera(id.map(str::to_owned), CameraStateCode::Opening, None);
        let shared = Arc::clone(self);
        let wish = Wish {
            camera: id.map(CameraId::new),
            nudged: feed.nudged,
        };
        let camera = Camera::start(wish, move |event| match event {
            CameraEvent::Frame(frame) => shared.take_frame(number, frame),
            CameraEvent::State { state, camera } => {
                if shared.is_current(number) {
                    let (id, name) = match camera {
                        Some(camera) => (Some(camera.id.as_str().to_owned()), Some(camera.name)),
                        None => (None, None),
                    };
                    shared.set_camera(id, state.into(), name);
                }
            }
        });
        feed.source = Some(Source::Camera(camera));
    }

    fn is_current(&self, number: u64) -> bool {
        self.feeds.load(Ordering::Relaxed) == number
    }

    fn take_frame(&self, number: u64, mut frame: Frame) {
        if !self.is_current(number) {
            return;
        }
        self.given.fetch_add(1, Ordering::Relaxed);
        let preview = frame.take_preview();
        // The scanner first: what it finds is what is waited for.
        self.frames.put(frame);
        if let Some(preview) = preview {
            (self.events)(ScanEvent::Preview(preview.into_bytes()));
        }
    }

    /// Keeps the id of a camera that was chosen and is not there.
    fn set_camera(&self, id: Option<String>, state: CameraStateCode, name: Option<String>) {
        let state = CameraStateView { state, name };
        {
            let mut camera = lock(&self.camera);
            camera.id = id.or_else(|| camera.id.take());
            camera.state = state.clone();
        }
        (self.events)(ScanEvent::Camera { camera: state });
    }

    fn is_training(&self) -> bool {
        lock(&self.session).knowledge().is_training()
    }
}

/// What a panic elsewhere left behind is whole: panics are contained where they are, and what was
/// at work is cleared.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
