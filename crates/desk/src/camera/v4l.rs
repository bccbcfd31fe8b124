//! A camera of Linux, through the `v4l` crate.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use v4l::buffer::Type as BufferType;
use v4l::control::{Control as Value, Description, Flags, Type, Value as Setting};
use v4l::device::Device as Node;
use v4l::format::{Format, FourCC};
use v4l::frameinterval::FrameIntervalEnum;
use v4l::framesize::FrameSizeEnum;
use v4l::io::mmap::Stream;
use v4l::io::traits::{CaptureStream, Stream as StreamTrait};
use v4l::video::Capture;
use v4l::video::capture::Parameters;

use super::care::{self, Change, Control};
use super::device::Device;
use super::fault::Fault;
use super::format::{Coding, Offer, best_first};

/// Buffers that the driver fills in turn: one being read, one being filled, and two so that a slow
/// moment loses nothing.
const BUFFERS: u32 = 4;

/// How many of the best formats are tried: drivers refuse what they offer, now and then.
const TRIES: usize = 6;

/// `POLLIN` of poll.h.
const READABLE: i16 = 1;

/// The `v4l` crate waits for a frame without end unless it is told otherwise. We wait before we
/// ask it, so this only holds off a driver that says there is a frame and gives none.
const BACKSTOP: Duration = Duration::from_secs(2);

/// Sizes asked for where a driver takes any in a range.
const USUAL_SIZES: [(u32, u32); 4] = [(1_920, 1_080), (1_280, 720), (960, 540), (640, 480)];

/// Where a driver says nothing of its rate.
const USUAL_RATE: f64 = 30.0;

/// An open camera, streaming.
pub(super) struct Source {
    // First, so that the stream ends before the controls are put back.
    stream: Stream<'static>,
    format: Format,
    coding: Coding,
    _care: Care,
}

impl Source {
    /// Opens the device in the format that suits scanning best and starts its stream; `nudged`
    /// says whether its controls may be changed for the time.
    pub(super) fn open(device: &Device, nudged: bool) -> Result<Self, Fault> {
        let index = usize::try_from(device.index).map_err(|_| Fault::Unfit)?;
        let node = Node::new(index).map_err(of)?;
        let (format, coding) = settle(&node)?;
        let stream = Stream::with_buffers(&node, BufferType::VideoCapture, BUFFERS);
        let mut stream = stream.map_err(of)?;
        stream.set_timeout(BACKSTOP);
        // The crate queues buffer 0 itself when it is first asked for a frame.
        for buffer in 1..BUFFERS {
            let place = usize::try_from(buffer).unwrap_or(0);
            if CaptureStream::queue(&mut stream, place).is_err() {
                break;
            }
        }
        StreamTrait::start(&mut stream).map_err(of)?;
        Ok(Self {
            stream,
            format,
            coding,
            // Only now is it ours: a camera that another program uses is not touched.
            _care: Care::new(node, nudged),
        })
    }

    /// What it gives: coding, width, height, and the bytes from row to row.
    pub(super) fn format(&self) -> (Coding, u32, u32, usize) {
        let stride = usize::try_from(self.format.stride).unwrap_or(0);
        (self.coding, self.format.width, self.format.height, stride)
    }

    /// What `look` makes of the newest frame there is; `None` if none came within `wait`. Older
    /// ones, which came while the last was being decoded, are passed over.
    pub(super) fn next<T>(
        &mut self,
        wait: Duration,
        look: impl FnOnce(&[u8]) -> T,
    ) -> Result<Option<T>, Fault> {
        let handle = self.stream.handle();
        let comes_within = |wait: Duration| {
            let wait = i32::try_from(wait.as_millis()).unwrap_or(i32::MAX);
            handle.poll(READABLE, wait).map(|count| count > 0)
        };
        if !comes_within(wait).map_err(of)? {
            return Ok(None);
        }
        let mut passed = 1;
        loop {
            let (bytes, about) = CaptureStream::next(&mut self.stream).map_err(of)?;
            if passed < BUFFERS && comes_within(Duration::ZERO).map_err(of)? {
                passed += 1;
                continue;
            }
            let used = usize::try_from(about.bytesused).unwrap_or(0);
            return Ok(Some(look(bytes.get(..used).unwrap_or(bytes))));
        }
    }
}

// By value, as `map_err` hands it over.
#[allow(clippy::needless_pass_by_value)]
fn of(error: std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::TimedOut => Fault::Silent,
        _ => Fault::of(&error),
    }
}

/// The best format that the driver takes.
fn settle(node: &Node) -> Result<(Format, Coding), Fault> {
    for offer in best_first(offers(node)).into_iter().take(TRIES) {
        let asked = Format::new(offer.width, offer.height, fourcc(offer.coding));
        match node.set_format(&asked) {
            Ok(given) if coding(given.fourcc).is_some() => {
                // A driver without rates says so here; then it has its own.
                let interval = Parameters::with_fps(rounded(offer.rate));
                let _ = node.set_params(&interval);
                let coding = coding(given.fourcc).ok_or(Fault::Unfit)?;
                return Ok((given, coding));
            }
            Ok(_) => {}
            Err(error) => match of(error) {
                Fault::Other(_) => {}
                fault => return Err(fault),
            },
        }
    }
    // What it stands in, if we can read that.
    let format = node.format().map_err(|error| match of(error) {
        Fault::Other(_) => Fault::Unfit,
        fault => fault,
    })?;
    let coding = coding(format.fourcc).ok_or(Fault::Unfit)?;
    Ok((format, coding))
}

fn rounded(rate: f64) -> u32 {
    rate.round().clamp(1.0, 240.0) as u32
}

/// Everything that it offers and we can read.
fn offers(node: &Node) -> Vec<Offer> {
    let formats = node.enum_formats().unwrap_or_default();
    let codings = formats.iter().filter_map(|format| coding(format.fourcc));
    let mut offers = Vec::new();
    for coding in codings {
        let sizes = node.enum_framesizes(fourcc(coding)).unwrap_or_default();
        for (width, height) in sizes.into_iter().flat_map(|size| sides(size.size)) {
            let rate = rate(node, coding, width, height);
            offers.push(Offer {
                coding,
                width,
                height,
                rate,
            });
        }
    }
    offers
}

fn sides(size: FrameSizeEnum) -> Vec<(u32, u32)> {
    match size {
        FrameSizeEnum::Discrete(size) => vec![(size.width, size.height)],
        FrameSizeEnum::Stepwise(range) => {
            let fits = |side: u32, least: u32, most: u32, step: u32| {
                (least..=most).contains(&side) && (side - least).is_multiple_of(step.max(1))
            };
            let is_in = |&(width, height): &(u32, u32)| {
                fits(width, range.min_width, range.max_width, range.step_width)
                    && fits(
                        height,
                        range.min_height,
                        range.max_height,
                        range.step_height,
                    )
            };
            let usual: Vec<_> = USUAL_SIZES.into_iter().filter(is_in).collect();
            if usual.is_empty() {
                return vec![(range.max_width, range.max_height)];
            }
            usual
        }
    }
}

/// The highest rate up to thirty, or the lowest above.
fn rate(node: &Node, coding: Coding, width: u32, height: u32) -> f64 {
    let intervals = node.enum_frameintervals(fourcc(coding), width, height);
    let rates = intervals.unwrap_or_default().into_iter().map(|interval| {
        let shortest = match interval.interval {
            FrameIntervalEnum::Discrete(interval) => interval,
            FrameIntervalEnum::Stepwise(range) => range.min,
        };
        f64::from(shortest.denominator) / f64::from(shortest.numerator)
    });
    let rates: Vec<f64> = rates
        .filter(|rate| rate.is_finite() && *rate > 0.0)
        .collect();
    let (enough, more): (Vec<f64>, Vec<f64>) = rates.into_iter().partition(|rate| *rate < 30.5);
    let best = enough.into_iter().reduce(f64::max);
    best.or_else(|| more.into_iter().reduce(f64::min))
        .unwrap_or(USUAL_RATE)
}

fn fourcc(coding: Coding) -> FourCC {
    FourCC::new(match coding {
        Coding::Mjpeg => b"MJPG",
        Coding::Yuyv => b"YUYV",
        Coding::Nv12 => b"NV12",
        Coding::Grey => b"GREY",
        Coding::Rgb => b"RGB3",
        Coding::Bgr => b"BGR3",
    })
}

fn coding(code: FourCC) -> Option<Coding> {
    if &code.repr == b"JPEG" {
        return Some(Coding::Mjpeg);
    }
    Coding::ALL.into_iter().find(|known| fourcc(*known) == code)
}

/// The controls that were changed. They are put back when the camera is closed, also when that is
/// because of a panic. A program that is killed cannot do so.
struct Care {
    node: Node,
    changed: Vec<Change>,
}

impl Care {
    fn new(node: Node, nudged: bool) -> Self {
        let mut care = Self {
            node,
            changed: Vec::new(),
        };
        if nudged {
            for change in care::changes(&care.controls()) {
                if care.set(change.id, change.to) {
                    care.changed.push(change);
                }
            }
        }
        care
    }

    /// The controls with a range, as they stand. The crate panics on kinds of control that are
    /// younger than it is; such a camera is left as it is.
    fn controls(&self) -> Vec<Control> {
        let described = catch_unwind(AssertUnwindSafe(|| self.node.query_controls()));
        let described = described.map_or_else(|_| Vec::new(), Result::unwrap_or_default);
        described
            .iter()
            .filter_map(|about| self.control(about))
            .collect()
    }

    fn control(&self, about: &Description) -> Option<Control> {
        let fixed = Flags::DISABLED | Flags::READ_ONLY | Flags::INACTIVE | Flags::GRABBED;
        let is_ours = matches!(about.typ, Type::Integer | Type::Boolean | Type::Menu);
        if !is_ours || about.flags.intersects(fixed) {
            return None;
        }
        let value = match self.node.control(about.id).ok()?.value {
            Setting::Integer(value) => value,
            Setting::Boolean(is_on) => i64::from(is_on),
            _ => return None,
        };
        let items = about.items.as_ref();
        Some(Control {
            id: about.id,
            least: about.minimum,
            most: about.maximum,
            value,
            choices: items.map(|all| all.iter().map(|(choice, _)| i64::from(*choice)).collect()),
        })
    }

    fn set(&self, id: u32, value: i64) -> bool {
        let value = Setting::Integer(value);
        self.node.set_control(Value { id, value }).is_ok()
    }
}

impl Drop for Care {
    fn drop(&mut self) {
        // A camera that is gone forgets by itself.
        for change in self.changed.iter().rev() {
            let _ = self.set(change.id, change.from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use v4l::framesize::{Discrete, Stepwise};

    #[test]
    fn of_a_range_of_sizes_the_usual_ones_are_asked_for() {
        let range = |most: (u32, u32), step| {
            FrameSizeEnum::Stepwise(Stepwise {
                min_width: 16,
                max_width: most.0,
                step_width: step,
                min_height: 16,
                max_height: most.1,
                step_height: step,
            })
        };
        assert_eq!(
            sides(range((1_280, 1_024), 2)),
            [(1_280, 720), (960, 540), (640, 480)]
        );
        assert_eq!(
            sides(range((1_920, 1_080), 0)).first(),
            Some(&(1_920, 1_080))
        );
        assert_eq!(sides(range((320, 240), 16)), [(320, 240)]);
        let one = FrameSizeEnum::Discrete(Discrete {
            width: 800,
            height: 600,
        });
        assert_eq!(sides(one), [(800, 600)]);
    }

    #[test]
    fn every_coding_has_its_code() {
        for known in Coding::ALL {
            assert_eq!(coding(fourcc(known)), Some(known));
        }
        assert_eq!(coding(FourCC::new(b"JPEG")), Some(Coding::Mjpeg));
        assert_eq!(coding(FourCC::new(b"H264")), None);
    }
}
