//! The camera: one thread of its own that opens it, reads it, says how it is, and gets it back.
//!
//! ```no_run
//! use hwagin_desk::camera::{Camera, CameraEvent, LatestFrame, Wish};
//!
//! let frames = LatestFrame::new();
//! let slot = frames.clone();
//! let camera = Camera::start(Wish::default(), move |event| match event {
//!     CameraEvent::State { state, .. } => drop(state), // tell the screen
//!     CameraEvent::Frame(frame) => slot.put(frame),
//! });
//! let frame = frames.take(std::time::Duration::from_millis(100));
//! drop(camera); // the thread ends, the device is closed
//! ```
//!
//! A picture that does not come from a device (the sample holder in training) takes the same way:
//! whoever makes it calls [`LatestFrame::put`] with a [`Frame`] of its own, see
//! [`Frame::from_rgb`]. Nothing here writes a frame anywhere.
//!
//! On Linux a camera is opened through `v4l`, elsewhere through `nokhwa` (docs/decisions 0020,
//! 0024); the rest is the same.

#[cfg(target_os = "linux")]
mod care;
mod decode;
mod device;
mod fault;
mod format;
mod frame;
mod latest;
mod pool;
mod preview;
#[cfg(not(target_os = "linux"))]
#[path = "camera/nokhwa.rs"]
mod source;
#[cfg(target_os = "linux")]
#[path = "camera/v4l.rs"]
mod source;
mod thread;

use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub use device::{CameraId, CameraInfo};
pub use format::Coding;
pub use frame::{Frame, FrameError};
pub use latest::LatestFrame;
pub use preview::Preview;

/// How the camera is. Each of these asks the clerk for something else.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CameraState {
    /// It is being opened, or is open and has not given a frame yet.
    Opening,
    /// Frames come.
    Live,
    /// There is no camera, or not the chosen one, and there has been none since the start.
    Absent,
    /// Another program uses it.
    Busy,
    /// This user may not open it.
    Denied,
    /// It was live and is gone. It is opened again when it is back.
    Unplugged,
    /// It does not work for another reason; the number is the system's `errno`, if there is one.
    Failed(Option<i32>),
}

/// What the camera thread says.
pub enum CameraEvent {
    /// The state changed. The camera is named when one was found.
    State {
        /// How it is now.
        state: CameraState,
        /// Which one it is.
        camera: Option<CameraInfo>,
    },
    /// A frame came.
    Frame(Frame),
}

/// Which camera, and how.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Wish {
    /// The chosen camera; without a choice the first that no program makes.
    pub camera: Option<CameraId>,
    /// Whether its controls may be changed for the time: to automatic exposure and focus, and for
    /// a bright screen. They are put back when it is closed.
    pub nudged: bool,
}

impl Default for Wish {
    /// Any camera, nudged.
    fn default() -> Self {
        Self {
            camera: None,
            nudged: true,
        }
    }
}

/// A running camera thread. Dropping it closes the device.
pub struct Camera {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// How long dropping a camera waits for its thread. One that is held inside a driver is left
/// behind, and ends when the driver returns.
const PATIENCE: Duration = Duration::from_millis(500);

impl Camera {
    /// The cameras of this machine that give pictures, in the order of their nodes.
    #[must_use]
    pub fn list() -> Vec<CameraInfo> {
        device::list()
    }

    /// Starts a thread for the camera that is wished for and hands everything it says to `sink`, on
    /// that thread. The first event is a state.
    ///
    /// A camera that cannot be used is tried again every second, and so is one that went away.
    /// The sink must be quick: it is called between two frames.
    pub fn start(wish: Wish, sink: impl FnMut(CameraEvent) + Send + 'static) -> Self {
        let (stop, stopped) = mpsc::channel();
        let run = move || thread::run(&wish, &stopped, Box::new(sink));
        let thread = std::thread::Builder::new().name("camera".into()).spawn(run);
        Self {
            stop: Some(stop),
            thread: thread.ok(),
        }
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        // The thread sees its channel closed.
        self.stop = None;
        let Some(thread) = self.thread.take() else {
            return;
        };
        let until = Instant::now() + PATIENCE;
        while !thread.is_finished() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
        if thread.is_finished() {
            // A panic was contained inside; there is nothing left to learn.
            drop(thread.join());
        }
    }
}
