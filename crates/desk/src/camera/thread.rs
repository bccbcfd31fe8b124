//! The camera thread: find, open, read, and after any end begin again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use super::decode::Decoder;
use super::device::{self, Device};
use super::fault::Fault;
use super::frame::Frame;
use super::source::Source;
use super::{CameraEvent, CameraId, CameraInfo, CameraState, Wish};

/// How long to wait before looking for the camera again.
const PAUSE: Duration = Duration::from_secs(1);

/// Between two looks whether anybody still wants the camera.
const GLANCE: Duration = Duration::from_millis(100);

/// Open for this long without a frame, it does not work, whatever its driver says. Cameras take up
/// to two seconds to their first frame.
const SILENT_AFTER: Duration = Duration::from_secs(4);

/// Frames in a row that may be undecodable: a second of them. Cables and the first frames after
/// opening lose single ones.
const MAX_BAD_FRAMES: u32 = 30;

/// Nodes that are no cameras and are passed over in one look: a board's codecs are a handful.
const MAX_UNFIT: usize = 16;

type Sink = Box<dyn FnMut(CameraEvent) + Send>;

/// How reading ended.
enum End {
    /// Nobody wants the camera any more.
    Stopped,
    Fault(Fault),
}

/// Runs until the other end of `stopped` is dropped.
pub(super) fn run(wish: &Wish, stopped: &Receiver<()>, sink: Sink) {
    let mut report = Report {
        sink,
        last: None,
        was_live: false,
    };
    // Without a choice, what turned out to be no camera is not tried before the others again.
    let mut unfit: Vec<CameraId> = Vec::new();
    loop {
        let choice = wish.camera.as_ref();
        let device = device::find(choice, &unfit);
        let end = match &device {
            Some(device) => contained(|| read(device, wish.nudged, stopped, &mut report)),
            None => End::Fault(Fault::Gone),
        };
        match end {
            End::Stopped => return,
            End::Fault(Fault::Unfit) if choice.is_none() && unfit.len() < MAX_UNFIT => {
                unfit.extend(device.map(|device| device.info.id));
                continue;
            }
            // Some drivers end a stream with an I/O error when the plug is pulled.
            End::Fault(Fault::Other(_)) if device::find(choice, &[]).is_none() => {
                report.fault(Fault::Gone);
            }
            End::Fault(fault) => report.fault(fault),
        }
        unfit.clear();
        if !matches!(stopped.recv_timeout(PAUSE), Err(RecvTimeoutError::Timeout)) {
            return;
        }
    }
}

/// What `reading` ends with. The libraries below assert that a driver does what is written down;
/// a driver that does not is a failed camera, not the end of the desk.
fn contained(reading: impl FnOnce() -> End) -> End {
    // Unwind safe: the report holds whole values only, and everything else is made anew.
    catch_unwind(AssertUnwindSafe(reading)).unwrap_or(End::Fault(Fault::Other(None)))
}

fn read(device: &Device, nudged: bool, stopped: &Receiver<()>, report: &mut Report) -> End {
    report.opening(&device.info);
    match attempt(device, nudged, stopped, report) {
        Ok(()) => End::Stopped,
        Err(fault) => End::Fault(fault),
    }
}

/// Reads frames until nobody wants them or the camera fails.
fn attempt(
    device: &Device,
    nudged: bool,
    stopped: &Receiver<()>,
    report: &mut Report,
) -> Result<(), Fault> {
    let mut source = Source::open(device, nudged)?;
    let mut decoder = Decoder::default();
    let (coding, width, height, stride) = source.format();
    let (mut bad, mut heard) = (0, Instant::now());
    while stopped.try_recv() == Err(TryRecvError::Empty) {
        let decode = |bytes: &[u8]| decoder.frame(coding, width, height, stride, bytes);
        match source.next(GLANCE, decode)? {
            Some(Ok(frame)) => {
                (bad, heard) = (0, Instant::now());
                report.frame(&device.info, frame);
            }
            Some(Err(_)) if bad < MAX_BAD_FRAMES => bad += 1,
            Some(Err(_)) => return Err(Fault::Other(None)),
            None if heard.elapsed() < SILENT_AFTER => {}
            None => return Err(Fault::Silent),
        }
    }
    Ok(())
}

/// Says what happens, and each state once.
struct Report {
    sink: Sink,
    last: Option<(CameraState, Option<CameraInfo>)>,
    was_live: bool,
}

impl Report {
    /// A camera that was busy, denied or failed is tried again without a word.
    fn opening(&mut self, camera: &CameraInfo) {
        let silent = matches!(
            self.last,
            Some((
                CameraState::Busy | CameraState::Denied | CameraState::Failed(_),
                _
            ))
        );
        if !silent {
            self.state(CameraState::Opening, Some(camera.clone()));
        }
    }

    fn frame(&mut self, camera: &CameraInfo, frame: Frame) {
        self.was_live = true;
        self.state(CameraState::Live, Some(camera.clone()));
        (self.sink)(CameraEvent::Frame(frame));
    }

    fn fault(&mut self, fault: Fault) {
        // The camera that was last heard of is the one that is missing.
        let camera = self.last.as_ref().and_then(|(_, camera)| camera.clone());
        self.state(fault.state(self.was_live), camera);
    }

    fn state(&mut self, state: CameraState, camera: Option<CameraInfo>) {
        let now = Some((state, camera));
        if self.last == now {
            return;
        }
        self.last.clone_from(&now);
        if let Some((state, camera)) = now {
            (self.sink)(CameraEvent::State { state, camera });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_below_is_a_failed_camera() {
        let end = contained(|| panic!("driver"));
        assert!(matches!(end, End::Fault(Fault::Other(None))));
    }
}
