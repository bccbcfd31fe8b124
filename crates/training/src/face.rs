//! Faces that nobody has: put together from ellipses and polygons.

use image::RgbImage;

use crate::shapes::{Colour, Point, arc, blob, ellipse, inside, mix, paint, picture};

/// Grid of samples on each pixel side.
const SAMPLES: u32 = 3;

const BACK: Colour = [205.0, 223.0, 226.0];
const BLUSH: Colour = [236.0, 172.0, 152.0];
const SHIRT: Colour = [247.0, 246.0, 240.0];
const LIP: Colour = [190.0, 92.0, 88.0];
const INK: Colour = [58.0, 46.0, 48.0];
const WHITE: Colour = [252.0, 250.0, 247.0];

/// How hair lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hair {
    /// Down to the shoulders.
    Long,
    /// Short all round.
    Short,
    /// None above the ears.
    Bald,
}

/// A face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// Skin: 0 is the lightest, 3 the darkest.
    pub skin: u8,
    /// Hair: 0 black, 1 brown, 2 fair, 3 grey.
    pub shade: u8,
    /// How it lies.
    pub hair: Hair,
    /// Wears glasses.
    pub glasses: bool,
    /// Has a beard.
    pub beard: bool,
    /// What is worn: 0 to 3.
    pub coat: u8,
}

impl Face {
    fn skin(&self) -> Colour {
        match self.skin {
            0 => [240.0, 203.0, 174.0],
            1 => [222.0, 178.0, 140.0],
            2 => [178.0, 126.0, 92.0],
            _ => [116.0, 76.0, 56.0],
        }
    }

    fn shade_of_skin(&self) -> Colour {
        self.skin().map(|part| part * 0.86)
    }

    fn hair(&self) -> Colour {
        match self.shade {
            0 => [48.0, 42.0, 48.0],
            1 => [98.0, 66.0, 48.0],
            2 => [196.0, 158.0, 100.0],
            _ => [158.0, 158.0, 162.0],
        }
    }

    fn coat(&self) -> Colour {
        match self.coat {
            0 => [49.0, 82.0, 104.0],
            1 => [116.0, 62.0, 72.0],
            2 => [62.0, 96.0, 74.0],
            _ => [92.0, 82.0, 118.0],
        }
    }

    /// The face as a picture, four fifths as wide as high.
    #[must_use]
    pub fn draw(&self, height: u32) -> RgbImage {
        picture(height.clamp(10, 600), SAMPLES, |p| self.colour(p))
    }

    /// The same as a JPEG, small enough for a presentation in a few codes.
    #[must_use]
    pub fn jpeg(&self) -> Vec<u8> {
        let picture = self.draw(100);
        let mut out = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 40);
        // Memory is the only sink here.
        if picture.write_with_encoder(encoder).is_err() {
            out.clear();
        }
        out
    }

    /// The colour at a point of a 120 by 150 picture. Later layers lie over earlier ones.
    fn colour(&self, p: Point) -> Colour {
        let mut c = BACK;
        let behind = ellipse(p, (60.0, 56.0), (35.0, 38.0));
        let falls = ellipse(p, (60.0, 78.0), (38.5, 60.0)) && p.1 < 106.0;
        match self.hair {
            Hair::Long => paint(&mut c, self.hair(), behind || falls),
            Hair::Short => paint(
                &mut c,
                self.hair(),
                ellipse(p, (60.0, 54.0), (32.0, 34.0)) && p.1 < 74.0,
            ),
            Hair::Bald => {}
        }
        self.clothes(&mut c, p);
        self.head(&mut c, p);
        self.features(&mut c, p);
        c
    }

    fn clothes(&self, c: &mut Colour, p: Point) {
        let shoulders = ellipse(p, (60.0, 152.0), (52.0, 40.0)) || p.1 > 150.0;
        paint(c, self.coat(), shoulders);
        let open = inside(p, &[(42.0, 112.0), (78.0, 112.0), (60.0, 146.0)]);
        paint(c, SHIRT, open && shoulders);
        let neck = (p.0 - 60.0).abs() < 11.5 && (88.0..116.0).contains(&p.1)
            || ellipse(p, (60.0, 115.0), (11.5, 9.0));
        paint(c, self.skin(), neck);
        let chin = ellipse(p, (60.0, 88.0), (24.0, 18.0));
        paint(c, self.shade_of_skin(), neck && chin);
    }

    fn head(&self, c: &mut Colour, p: Point) {
        let ears = ellipse(p, (33.0, 70.0), (5.0, 8.0)) || ellipse(p, (87.0, 70.0), (5.0, 8.0));
        paint(c, self.shade_of_skin(), ears);
        let face = ellipse(p, (60.0, 62.0), (27.5, 30.0)) || ellipse(p, (60.0, 71.0), (25.0, 32.0));
        paint(c, self.skin(), face);
        let cheeks = blob(p, (43.5, 79.0), (8.0, 5.5)).max(blob(p, (76.5, 79.0), (8.0, 5.5)));
        if self.skin < 2 {
            mix(c, BLUSH, cheeks * 0.7);
        }
        let jaw = ellipse(p, (60.0, 84.0), (24.0, 20.0)) && !ellipse(p, (60.0, 74.0), (21.0, 20.0));
        paint(c, self.hair(), self.beard && jaw && face);
        let cap = ellipse(p, (60.0, 54.0), (33.0, 35.0));
        let brow = match self.hair {
            Hair::Long => {
                ellipse(p, (70.0, 77.0), (35.0, 36.0)) && ellipse(p, (53.0, 76.0), (30.0, 38.0))
            }
            Hair::Short => ellipse(p, (60.0, 78.0), (30.0, 36.0)),
            Hair::Bald => true,
        };
        paint(c, self.hair(), cap && !brow && p.1 < 77.0);
        let locks = ellipse(p, (29.5, 80.0), (8.0, 44.0)) || ellipse(p, (90.5, 80.0), (8.0, 44.0));
        let hangs = locks && (60.0..100.0).contains(&p.1) && (p.0 - 60.0).abs() < 32.0;
        paint(c, self.hair(), hangs && self.hair == Hair::Long);
    }

    fn features(&self, c: &mut Colour, p: Point) {
        for side in [-1.0, 1.0] {
            let x = 60.0 + side * 12.0;
            let brow = arc(p, (x, 69.0), 9.5, 8.0) && (p.0 - x).abs() < 6.6 && p.1 < 64.5;
            paint(c, self.hair(), brow);
            paint(c, WHITE, ellipse(p, (x, 71.0), (5.4, 3.7)));
            paint(c, INK, ellipse(p, (x, 70.8), (3.1, 3.4)));
            paint(c, WHITE, ellipse(p, (x + 1.1, 69.6), (1.0, 1.0)));
            let lid = ellipse(p, (x, 71.4), (6.4, 5.0)) && !ellipse(p, (x, 72.6), (6.2, 5.0));
            paint(c, INK, lid && p.1 < 71.0);
            let rim = arc(p, (x, 71.0), 10.4, 9.0);
            paint(c, INK, self.glasses && rim);
        }
        let bridge = (p.0 - 60.0).abs() < 3.0 && (p.1 - 70.0).abs() < 0.8;
        paint(c, INK, self.glasses && bridge);
        let nose = ellipse(p, (60.0, 80.5), (4.0, 3.2)) && !ellipse(p, (60.0, 79.0), (4.4, 3.2));
        paint(c, self.shade_of_skin(), nose);
        let smile = ellipse(p, (60.0, 86.0), (9.0, 7.4)) && !ellipse(p, (60.0, 82.6), (10.6, 7.6));
        paint(c, LIP, smile && p.1 > 86.0);
    }
}
