//! Measures how well the camera sees, twice a second: for the page on which a desk's camera is set
//! up. What is written in a code plays no part in it.

use std::time::{Duration, Instant};

use hwagin_scanner::{Located, Luma, Sighting};

use crate::camera::Frame;
use crate::session::VerdictTimes;
use crate::session::advice::advice;
use crate::view::{CodeView, GaugeView, HintCode, LimitCode, TimesView};

/// Often enough to turn a lens by, seldom enough to be read.
const EVERY: Duration = Duration::from_millis(500);

/// Fewer frames a second than this make the clerk wait, whatever else is right.
const LEAST_RATE: f32 = 10.0;

/// Counts frames and measures one of them in each half second.
#[derive(Default)]
pub(crate) struct Gauge {
    since: Option<Instant>,
    scanned: u32,
    given: u64,
    /// Whether a symbol was read since then. A phone that plays codes is between two of them in
    /// many a frame.
    is_read: bool,
}

impl Gauge {
    /// A frame was scanned; `given` counts those that the camera gave since its start.
    pub(crate) fn frame(
        &mut self,
        frame: &Frame,
        sighting: &Sighting,
        given: u64,
        times: Option<VerdictTimes>,
    ) -> Option<GaugeView> {
        let now = Instant::now();
        self.scanned += 1;
        self.is_read |= !sighting.symbols.is_empty();
        let since = *self.since.get_or_insert(now);
        let passed = now.saturating_duration_since(since);
        if passed < EVERY {
            return None;
        }
        let in_second = |count: f32| count / passed.as_secs_f32();
        let rate = in_second(given.saturating_sub(self.given) as f32);
        let is_first = self.given == 0;
        let speed = Speed {
            rate,
            scanned: in_second(self.scanned as f32),
        };
        let view = view(frame, sighting, self.is_read, &speed, times);
        *self = Self {
            since: Some(now),
            given,
            ..Self::default()
        };
        // What was counted before the first frame was scanned is no rate.
        (!is_first).then_some(view)
    }
}

/// Frames a second: those that the camera gives, and those that were scanned.
struct Speed {
    rate: f32,
    scanned: f32,
}

fn view(
    frame: &Frame,
    sighting: &Sighting,
    is_read: bool,
    &Speed { rate, scanned }: &Speed,
    times: Option<VerdictTimes>,
) -> GaugeView {
    let milliseconds = |time: Duration| u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
    let (width, height) = (frame.width(), frame.height());
    GaugeView {
        width,
        height,
        coding: frame.coding().into(),
        rate,
        scanned,
        edge: frame.luma().ok().and_then(|luma| edge(&luma)),
        mean: sighting.light.mean,
        brightest: sighting.light.brightest,
        code: sighting.located.as_ref().map(code),
        limit: limit(sighting, is_read, (width, height), rate),
        times: times.map(|times| TimesView {
            last: milliseconds(times.last),
            median: milliseconds(times.median),
            count: u32::try_from(times.count).unwrap_or(u32::MAX),
        }),
    }
}

fn code(located: &Located) -> CodeView {
    // JSON has no other numbers.
    let finite = |number: f32| if number.is_finite() { number } else { 0.0 };
    CodeView {
        modules: located.modules,
        module_px: finite(located.module_px),
        blur_px: finite(located.blur_px),
        motion_px: finite(located.motion_px),
        contrast: finite(located.white - located.black),
        glare: finite(located.glare),
        gathered: located.gathered,
    }
}

fn limit(sighting: &Sighting, is_read: bool, sides: (u32, u32), rate: f32) -> LimitCode {
    let advice = advice(sighting, sides).filter(|_| !is_read);
    let advised = match advice {
        Some(HintCode::Closer) => Some(LimitCode::Closer),
        Some(HintCode::Farther) => Some(LimitCode::Farther),
        Some(HintCode::HoldStill) => Some(LimitCode::HoldStill),
        Some(HintCode::WholeCode) => Some(LimitCode::WholeCode),
        Some(HintCode::Glare) => Some(LimitCode::Glare),
        Some(HintCode::Brighter) => Some(LimitCode::Brighter),
        Some(HintCode::TooDark) => Some(LimitCode::TooDark),
        _ => None,
    };
    match advised {
        Some(limit) => limit,
        None if rate < LEAST_RATE => LimitCode::Slow,
        None if is_read => LimitCode::Nothing,
        None if sighting.located.is_some() => LimitCode::Gathering,
        None => LimitCode::NoCode,
    }
}

/// Pixels to either side in which an edge rises, and the least rise that is one and not noise.
const REACH: usize = 6;
const LEAST_RISE: u8 = 40;

/// Fewer edges than this say nothing of the lens.
const LEAST_EDGES: usize = 50;

/// The width of the sharpest edges, in pixels: the rise over a dozen pixels by the steepest rise
/// from one pixel to the next but one, at the tenth of the edges where that is least. A perfect
/// step between two pixels has 1; noise and JPEG leave the sharpest pictures at about 1.5.
fn edge(luma: &Luma<'_>) -> Option<f32> {
    let width = usize::try_from(luma.width()).ok()?;
    let mut widths = Vec::new();
    // Every eighth row is enough: edges are longer than that.
    for row in luma.pixels().chunks_exact(width).step_by(8) {
        for run in row.chunks_exact(2 * REACH) {
            let (Some(least), Some(most)) = (run.iter().min(), run.iter().max()) else {
                continue;
            };
            let rise = most - least;
            let steepest = run.array_windows().map(|[a, b]| a.abs_diff(*b)).max();
            if let Some(steepest) = steepest.filter(|_| rise >= LEAST_RISE) {
                widths.push(f32::from(rise) / f32::from(steepest.max(1)));
            }
        }
    }
    if widths.len() < LEAST_EDGES {
        return None;
    }
    let tenth = widths.len() / 10;
    let (_, width, _) = widths.select_nth_unstable_by(tenth, f32::total_cmp);
    Some(*width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hwagin_scanner::Light;

    /// Bars of 20 pixels, blurred by a box of `blur`, three times.
    fn bars(blur: usize) -> Vec<u8> {
        let bar = |x: usize| {
            if (x / 20).is_multiple_of(2) {
                30.0
            } else {
                220.0
            }
        };
        let mut row: Vec<f32> = (0..640).map(bar).collect();
        for _ in 0..3 {
            let old = row.clone();
            for (x, pixel) in row.iter_mut().enumerate() {
                let from = x.saturating_sub(blur / 2);
                let run = &old[from..(from + blur.max(1)).min(640)];
                *pixel = run.iter().sum::<f32>() / run.len() as f32;
            }
        }
        let row: Vec<u8> = row.into_iter().map(|pixel| pixel as u8).collect();
        row.repeat(480)
    }

    #[test]
    fn an_edge_is_as_wide_as_it_is_blurred() {
        let width = |blur| edge(&Luma::new(640, 480, &bars(blur)).unwrap()).unwrap();
        let (sharp, soft, blurred) = (width(1), width(3), width(5));
        assert!((0.9..1.1).contains(&sharp), "{sharp}");
        assert!(
            soft > 1.5 && soft < blurred && blurred > 2.5,
            "{soft} {blurred}"
        );
    }

    #[test]
    fn an_empty_picture_has_no_edge() {
        assert_eq!(edge(&Luma::new(640, 480, &[90; 640 * 480]).unwrap()), None);
    }

    #[test]
    fn what_was_read_a_moment_ago_is_held_well() {
        let corners = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)];
        let between = Sighting {
            symbols: Vec::new(),
            located: Some(Located {
                corners: corners.map(|(x, y)| hwagin_scanner::Point { x, y }),
                modules: 61,
                module_px: 5.0,
                blur_px: 1.0,
                motion_px: 30.0,
                black: 0.1,
                white: 0.8,
                glare: 0.0,
                gathered: 1,
            }),
            light: Light::default(),
        };
        let limit = |is_read| limit(&between, is_read, (1_280, 720), 30.0);
        assert_eq!(limit(true), LimitCode::Nothing);
        assert_eq!(limit(false), LimitCode::HoldStill);
    }

    #[test]
    fn a_gauge_tells_twice_a_second() {
        let frame = Frame::from_grey(64, 48, &[90; 64 * 48]).unwrap();
        let sighting = Sighting {
            symbols: Vec::new(),
            located: None,
            light: Light {
                mean: 0.3,
                brightest: 0.6,
            },
        };
        let (mut gauge, start) = (Gauge::default(), Instant::now());
        let (mut told, mut given) = (Vec::new(), 0);
        while start.elapsed() < Duration::from_millis(1_700) {
            given += 2;
            told.extend(gauge.frame(&frame, &sighting, given, None));
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!((1..=3).contains(&told.len()), "{}", told.len());
        let last = told.last().unwrap();
        assert!((1.9..2.1).contains(&(last.rate / last.scanned)));
        assert_eq!(last.limit, LimitCode::NoCode);
        assert_eq!((last.width, last.height, last.code), (64, 48, None));
    }
}
