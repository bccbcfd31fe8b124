//! What drawn faces are put together from: shapes in a picture of 120 by 150, and paint.

use image::{Rgb, RgbImage};

/// A place in the picture, from its upper left corner.
pub type Point = (f64, f64);

/// Red, green and blue, of 255.
pub type Colour = [f64; 3];

/// The picture of this height, four fifths as wide: each pixel the mean of `samples` times `samples`
/// points in it.
pub fn picture(height: u32, samples: u32, colour: impl Fn(Point) -> Colour) -> RgbImage {
    RgbImage::from_fn(height * 4 / 5, height, |x, y| {
        let mut sum = [0.0; 3];
        for sx in 0..samples {
            for sy in 0..samples {
                let place = |pixel: u32, sample: u32| {
                    (f64::from(pixel) + (f64::from(sample) + 0.5) / f64::from(samples))
                        / f64::from(height)
                        * 150.0
                };
                let colour = colour((place(x, sx), place(y, sy)));
                for (total, part) in sum.iter_mut().zip(colour) {
                    *total += part;
                }
            }
        }
        let count = f64::from(samples * samples);
        Rgb(sum.map(|total| to_byte(total / count)))
    })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to a byte
fn to_byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// The colour is the one over it, here.
pub fn paint(c: &mut Colour, over: Colour, here: bool) {
    if here {
        *c = over;
    }
}

/// The colour is so much of the one over it.
pub fn mix(c: &mut Colour, over: Colour, share: f64) {
    for (under, over) in c.iter_mut().zip(over) {
        *under += (over - *under) * share;
    }
}

fn norm(p: Point, centre: Point, radii: Point) -> f64 {
    ((p.0 - centre.0) / radii.0).powi(2) + ((p.1 - centre.1) / radii.1).powi(2)
}

/// Whether the point is in the ellipse.
#[must_use]
pub fn ellipse(p: Point, centre: Point, radii: Point) -> bool {
    norm(p, centre, radii) <= 1.0
}

/// One in the middle, fading to nothing at the rim.
#[must_use]
pub fn blob(p: Point, centre: Point, radii: Point) -> f64 {
    (1.0 - norm(p, centre, radii)).max(0.0)
}

/// Whether the point is in the ring between two circles.
#[must_use]
pub fn arc(p: Point, centre: Point, outer: f64, inner: f64) -> bool {
    ellipse(p, centre, (outer, outer)) && !ellipse(p, centre, (inner, inner))
}

/// Whether the point is in the polygon.
#[must_use]
pub fn inside(p: Point, polygon: &[Point]) -> bool {
    let next = polygon.iter().cycle().skip(1);
    let crossings = polygon.iter().zip(next).filter(|(a, b)| {
        (a.1 > p.1) != (b.1 > p.1) && p.0 < (b.0 - a.0) * (p.1 - a.1) / (b.1 - a.1) + a.0
    });
    crossings.count() % 2 == 1
}
