//! The camera thread: find, open, read, and after any end begin again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

use nokhwa::Camera;
use nokhwa::pixel_format::LumaFormat;
use nokhwa::utils::{CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType};

use super::device::{self, Device};
use super::fault::Fault;
use super::frame::Frame;
use super::{CameraEvent, CameraId, CameraInfo, CameraState};

/// How long to wait before looking for the camera again.
const PAUSE: Duration = Duration::from_secs(1);

/// Frames in a row that may be undecodable: a second of them. Cables and the first frames after
/// opening lose single ones.
const MAX_BAD_FRAMES: u32 = 30;

/// Fewer frames a second than this make the clerk wait; a smaller picture is then better.
const MIN_RATE: u32 = 15;

type Sink = Box<dyn FnMut(CameraEvent) + Send>;

/// How reading ended.
enum End {
    /// Nobody wants the camera any more.
    Stopped,
    Fault(Fault),
}

/// Runs until the other end of `stopped` is dropped.
pub(super) fn run(choice: Option<&CameraId>, stopped: &Receiver<()>, sink: Sink) {
    let mut report = Report {
        sink,
        last: None,
        was_live: false,
    };
    loop {
        let end = match device::find(choice) {
            Some(device) => contained(|| read(&device, stopped, &mut report)),
            None => End::Fault(Fault::Gone),
        };
        match end {
            End::Stopped => return,
            // Some drivers end a stream with an I/O error when the plug is pulled.
            End::Fault(Fault::Other(_)) if device::find(choice).is_none() => {
                report.fault(Fault::Gone);
            }
            End::Fault(fault) => report.fault(fault),
        }
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

fn read(device: &Device, stopped: &Receiver<()>, report: &mut Report) -> End {
    report.opening(&device.info);
    match attempt(device, stopped, report) {
        Ok(()) => End::Stopped,
        Err(fault) => End::Fault(fault),
    }
}

/// Reads frames until nobody wants them or the camera fails.
fn attempt(device: &Device, stopped: &Receiver<()>, report: &mut Report) -> Result<(), Fault> {
    let mut camera = open(device.index)?;
    let mut bad = 0;
    while stopped.try_recv() == Err(TryRecvError::Empty) {
        let format = camera.camera_format();
        let bytes = camera.frame_raw().map_err(|error| Fault::of(&error))?;
        match Frame::decode(format.format(), format.width(), format.height(), &bytes) {
            Ok(frame) => {
                bad = 0;
                report.frame(&device.info, frame);
            }
            Err(_) if bad < MAX_BAD_FRAMES => bad += 1,
            Err(_) => return Err(Fault::Other(None)),
        }
    }
    Ok(())
}

/// Opens the device in the format that suits scanning best and starts its stream.
fn open(index: u32) -> Result<Camera, Fault> {
    let any = RequestedFormat::new::<LumaFormat>(RequestedFormatType::None);
    let index = CameraIndex::Index(index);
    let mut camera = Camera::new(index, any).map_err(|error| Fault::of(&error))?;
    let offered = camera.compatible_camera_formats().unwrap_or_default();
    if let Some(best) = best_of(&offered)
        && best != camera.camera_format()
    {
        let exact = RequestedFormatType::Exact(best);
        match camera.set_camera_requset(RequestedFormat::new::<LumaFormat>(exact)) {
            // A driver may offer what it then refuses; it stays in the format it opened in.
            Ok(_) | Err(nokhwa::NokhwaError::SetPropertyError { .. }) => {}
            Err(error) => return Err(Fault::of(&error)),
        }
    }
    camera.open_stream().map_err(|error| Fault::of(&error))?;
    Ok(camera)
}

/// The format to ask for: enough frames a second first, then the size nearest to 1920 × 1080 that
/// is not beyond it, then what is compressed (the bus carries it at full rate), then the rate.
fn best_of(offered: &[CameraFormat]) -> Option<CameraFormat> {
    let score = |format: &CameraFormat| {
        let area = u64::from(format.width()) * u64::from(format.height());
        let fits = format.width() <= 1_920 && format.height() <= 1_200;
        (
            format.frame_rate() >= MIN_RATE,
            fits,
            if fits { area } else { u64::MAX - area },
            format.format() == FrameFormat::MJPEG,
            format.frame_rate().min(30),
        )
    };
    offered.iter().copied().max_by_key(score)
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

    fn format(width: u32, height: u32, format: FrameFormat, rate: u32) -> CameraFormat {
        CameraFormat::new_from(width, height, format, rate)
    }

    #[test]
    fn full_hd_compressed_is_asked_for_where_it_is_fast_enough() {
        let full = format(1_920, 1_080, FrameFormat::MJPEG, 30);
        let offered = [
            format(640, 480, FrameFormat::YUYV, 30),
            format(1_920, 1_080, FrameFormat::YUYV, 5),
            full,
            format(1_280, 720, FrameFormat::MJPEG, 60),
            format(3_840, 2_160, FrameFormat::MJPEG, 30),
        ];
        assert_eq!(best_of(&offered), Some(full));
    }

    #[test]
    fn a_smaller_picture_that_moves_is_better_than_a_large_one_that_does_not() {
        let small = format(1_280, 720, FrameFormat::YUYV, 15);
        let offered = [format(1_920, 1_080, FrameFormat::YUYV, 5), small];
        assert_eq!(best_of(&offered), Some(small));
    }

    #[test]
    fn something_is_better_than_nothing() {
        let only = format(4_096, 3_072, FrameFormat::YUYV, 2);
        assert_eq!(best_of(&[only]), Some(only));
        assert_eq!(best_of(&[]), None);
    }

    #[test]
    fn a_panic_below_is_a_failed_camera() {
        let end = contained(|| panic!("driver"));
        assert!(matches!(end, End::Fault(Fault::Other(None))));
    }
}
