//! A picture of light: one number a pixel, 1 where a sensor saturates; and what is done to it.

/// Light on a rectangle of pixels.
#[derive(Clone)]
pub(crate) struct Plane {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) light: Vec<f32>,
}

impl Plane {
    pub(crate) fn filled(width: usize, height: usize, light: f32) -> Self {
        Self {
            width,
            height,
            light: vec![light; width * height],
        }
    }

    /// Every pixel of the box that the function does not leave alone has its light.
    fn paint(&mut self, bounds: [f32; 4], light: impl Fn(f32, f32) -> Option<(f32, f32)>) {
        let clamp = |at: f32, end: usize| at.clamp(0.0, end as f32) as usize;
        let [left, top, right, bottom] = bounds;
        for y in clamp(top, self.height)..clamp(bottom + 1.0, self.height) {
            for x in clamp(left, self.width)..clamp(right + 1.0, self.width) {
                if let Some((value, cover)) = light(x as f32 + 0.5, y as f32 + 0.5) {
                    let pixel = &mut self.light[y * self.width + x];
                    *pixel += (value - *pixel) * cover;
                }
            }
        }
    }

    /// A rectangle.
    pub(crate) fn rectangle(&mut self, [left, top, right, bottom]: [f32; 4], light: f32) {
        self.paint([left, top, right, bottom], |x, y| {
            let inside = (x - left).min(right - x).min(y - top).min(bottom - y);
            (inside > -0.5).then_some((light, (inside + 0.5).min(1.0)))
        });
    }

    /// An ellipse whose edge is soft over that many pixels, darker towards its rim.
    pub(crate) fn ellipse(&mut self, centre: (f32, f32), radii: (f32, f32), soft: f32, light: f32) {
        let (reach_x, reach_y) = (radii.0 + soft, radii.1 + soft);
        let bounds = [
            centre.0 - reach_x,
            centre.1 - reach_y,
            centre.0 + reach_x,
            centre.1 + reach_y,
        ];
        self.paint(bounds, |x, y| {
            let (dx, dy) = ((x - centre.0) / radii.0, (y - centre.1) / radii.1);
            let far = (dx * dx + dy * dy).sqrt();
            let cover = ((1.0 - far) * radii.0.min(radii.1) / soft + 0.5).clamp(0.0, 1.0);
            (cover > 0.0).then_some((light * (1.0 - 0.25 * far * far), cover))
        });
    }

    /// Blurred by a Gaussian of that deviation; up to 0.05 pixels does nothing.
    pub(crate) fn blur(&mut self, sigma: f32) {
        if sigma <= 0.05 {
            return;
        }
        let reach = (sigma * 3.0).ceil() as usize;
        let taps: Vec<f32> = (0..=reach)
            .map(|far| gauss_over_pixel(far as f32, sigma))
            .collect();
        let sum = taps[0] + 2.0 * taps[1..].iter().sum::<f32>();
        let taps: Vec<f32> = taps.into_iter().map(|tap| tap / sum).collect();
        self.along_rows(&taps);
        self.along_columns(&taps);
    }

    fn along_rows(&mut self, taps: &[f32]) {
        let reach = taps.len() - 1;
        let mut padded = vec![0.0; self.width + 2 * reach];
        for row in self.light.chunks_exact_mut(self.width) {
            padded[..reach].fill(row[0]);
            padded[reach..reach + self.width].copy_from_slice(row);
            padded[reach + self.width..].fill(row[self.width - 1]);
            for (pixel, middle) in row.iter_mut().zip(&padded[reach..]) {
                *pixel = middle * taps[0];
            }
            for (far, tap) in taps.iter().enumerate().skip(1) {
                let (before, after) = (&padded[reach - far..], &padded[reach + far..]);
                for ((pixel, a), b) in row.iter_mut().zip(before).zip(after) {
                    *pixel += (a + b) * tap;
                }
            }
        }
    }

    fn along_columns(&mut self, taps: &[f32]) {
        let (width, last) = (self.width, self.height - 1);
        let from = self.light.clone();
        let row = |y: usize| &from[y * width..(y + 1) * width];
        for (y, into) in self.light.chunks_exact_mut(width).enumerate() {
            for (pixel, middle) in into.iter_mut().zip(row(y)) {
                *pixel = middle * taps[0];
            }
            for (far, tap) in taps.iter().enumerate().skip(1) {
                let (above, below) = (row(y.saturating_sub(far)), row((y + far).min(last)));
                for ((pixel, a), b) in into.iter_mut().zip(above).zip(below) {
                    *pixel += (a + b) * tap;
                }
            }
        }
    }

    /// Smeared evenly along the vector, as by an even motion while the shutter is open.
    pub(crate) fn smear(&mut self, (dx, dy): (f32, f32)) {
        let length = dx.hypot(dy);
        if length < 0.1 {
            return;
        }
        let steps = (length * 2.0).ceil() as usize + 1;
        let from = self.clone();
        self.light.fill(0.0);
        for step in 0..steps {
            let along = step as f32 / (steps - 1).max(1) as f32 - 0.5;
            from.add_shifted(self, (dx * along, dy * along), 1.0 / steps as f32);
        }
    }

    fn add_shifted(&self, into: &mut Self, (dx, dy): (f32, f32), weight: f32) {
        let (whole_x, whole_y) = (dx.floor(), dy.floor());
        let (part_x, part_y) = (dx - whole_x, dy - whole_y);
        let clamp = |at: isize, end: usize| at.clamp(0, end as isize - 1) as usize;
        let columns: Vec<usize> = (0..=self.width as isize)
            .map(|x| clamp(x + whole_x as isize, self.width))
            .collect();
        for (y, row) in into.light.chunks_exact_mut(self.width).enumerate() {
            let y = y as isize + whole_y as isize;
            let rows = [clamp(y, self.height), clamp(y + 1, self.height)];
            let [above, below] = rows.map(|y| &self.light[y * self.width..(y + 1) * self.width]);
            for (pixel, pair) in row.iter_mut().zip(columns.windows(2)) {
                let mix = |row: &[f32]| row[pair[0]] * (1.0 - part_x) + row[pair[1]] * part_x;
                *pixel += (mix(above) * (1.0 - part_y) + mix(below) * part_y) * weight;
            }
        }
    }
}

/// A Gaussian over the pixel that far away, not at its middle only: a deviation below half a
/// pixel would be lost otherwise.
fn gauss_over_pixel(far: f32, sigma: f32) -> f32 {
    (-4..=4)
        .map(|part| {
            let at = (far + part as f32 / 9.0) / sigma;
            (-0.5 * at * at).exp()
        })
        .sum()
}
