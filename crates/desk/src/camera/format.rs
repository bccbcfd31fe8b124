//! Which of a camera's formats suits scanning best.

use std::cmp::Ordering;

/// How a camera writes its pixels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Coding {
    /// A JPEG file for each frame.
    Mjpeg,
    /// Two pixels in four bytes: Y, U, Y, V.
    Yuyv,
    /// All Y, then a U and V for each two by two pixels.
    Nv12,
    /// A byte of grey.
    Grey,
    /// Red, green, blue.
    Rgb,
    /// Blue, green, red.
    Bgr,
}

/// One format that a camera offers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Offer {
    pub(super) coding: Coding,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Frames in a second.
    pub(super) rate: f64,
}

/// Fewer frames a second than this make the clerk wait; a smaller picture is then better.
const MIN_RATE: f64 = 14.5;

/// From here on a hand seems to move smoothly, and a symbol is in view for enough frames to add
/// up. Cameras of the 60 Hz world say 29.97 or 23.976.
const SMOOTH_RATE: f64 = 23.5;

/// More frames than this are thrown away by whoever scans.
const ENOUGH: f64 = 30.0;

/// The format to ask for: enough frames a second first, then the size nearest to 1920 × 1080 that
/// is not beyond it (pixels a module decide what can be read), then a smooth rate, then what is not
/// compressed (JPEG rounds the edges of modules off, and costs milliseconds), then the rate.
///
/// A camera on a slow bus offers its uncompressed sizes at a handful of frames a second, so for
/// most this ends at MJPEG with 1920 × 1080 at 30.
pub(super) fn best_first(mut offered: Vec<Offer>) -> Vec<Offer> {
    offered.retain(|offer| offer.width > 0 && offer.height > 0 && offer.rate.is_finite());
    offered.sort_by(|a, b| worth(b).partial_cmp(&worth(a)).unwrap_or(Ordering::Equal));
    offered
}

fn worth(offer: &Offer) -> (bool, bool, i64, bool, u8, f64) {
    let area = i64::from(offer.width) * i64::from(offer.height);
    let fits = offer.width <= 1_920 && offer.height <= 1_200;
    (
        offer.rate >= MIN_RATE,
        fits,
        if fits { area } else { -area },
        offer.rate >= SMOOTH_RATE,
        offer.coding.worth(),
        offer.rate.min(ENOUGH),
    )
}

impl Coding {
    /// Every one.
    #[cfg(target_os = "linux")]
    pub(super) const ALL: [Self; 6] = [
        Self::Mjpeg,
        Self::Yuyv,
        Self::Nv12,
        Self::Grey,
        Self::Rgb,
        Self::Bgr,
    ];

    /// At one size and rate: what is grey already or plain first, three bytes a pixel last. A
    /// camera that is grey and nothing else may well be an infrared one, which sees no screen.
    fn worth(self) -> u8 {
        match self {
            Self::Nv12 | Self::Yuyv => 3,
            Self::Mjpeg => 2,
            Self::Rgb | Self::Bgr => 1,
            Self::Grey => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(width: u32, height: u32, coding: Coding, rate: f64) -> Offer {
        Offer {
            coding,
            width,
            height,
            rate,
        }
    }

    fn best_of(offered: &[Offer]) -> Option<Offer> {
        best_first(offered.to_vec()).first().copied()
    }

    #[test]
    fn full_hd_compressed_is_asked_for_where_it_is_fast_enough() {
        let full = offer(1_920, 1_080, Coding::Mjpeg, 30.0);
        let offered = [
            offer(640, 480, Coding::Yuyv, 30.0),
            offer(1_920, 1_080, Coding::Yuyv, 5.0),
            full,
            offer(1_280, 720, Coding::Mjpeg, 60.0),
            offer(3_840, 2_160, Coding::Mjpeg, 30.0),
        ];
        assert_eq!(best_of(&offered), Some(full));
    }

    #[test]
    fn a_smaller_picture_that_moves_is_better_than_a_large_one_that_does_not() {
        let small = offer(1_280, 720, Coding::Yuyv, 15.0);
        let offered = [offer(1_920, 1_080, Coding::Yuyv, 5.0), small];
        assert_eq!(best_of(&offered), Some(small));
    }

    #[test]
    fn more_pixels_in_jpeg_are_better_than_fewer_without() {
        let full = offer(1_920, 1_080, Coding::Mjpeg, 30.0);
        assert_eq!(
            best_of(&[offer(1_280, 720, Coding::Yuyv, 30.0), full]),
            Some(full)
        );
    }

    #[test]
    fn of_one_size_the_uncompressed_is_taken_only_if_it_is_as_smooth() {
        let jpeg = offer(1_280, 720, Coding::Mjpeg, 30.0);
        let slow = offer(1_280, 720, Coding::Yuyv, 15.0);
        let plain = offer(1_280, 720, Coding::Yuyv, 29.97);
        assert_eq!(best_of(&[slow, jpeg]), Some(jpeg));
        assert_eq!(best_of(&[jpeg, plain]), Some(plain));
    }

    #[test]
    fn something_is_better_than_nothing() {
        let only = offer(4_096, 3_072, Coding::Yuyv, 2.0);
        assert_eq!(best_of(&[only]), Some(only));
        assert_eq!(best_of(&[]), None);
        let nonsense = [
            offer(0, 480, Coding::Yuyv, 30.0),
            offer(640, 480, Coding::Yuyv, f64::NAN),
        ];
        assert_eq!(best_of(&nonsense), None);
    }
}
