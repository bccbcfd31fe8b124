//! Where a point of the phone is in the frame, and the other way round.

use crate::conditions::Conditions;

/// A camera that looks at the plane of a phone's glass.
///
/// Points of the plane are in millimetres from the middle of the symbol, x to the right and y
/// down; points of the frame in pixels, the middle of the first one at (0.5, 0.5).
#[derive(Clone, Debug)]
pub(crate) struct View {
    onto_frame: [[f32; 3]; 3],
    onto_plane: [[f32; 3]; 3],
    middle: (f32, f32),
    /// Over half the diagonal: where `k1` is all of it.
    unit: f32,
    k1: f32,
}

impl View {
    /// What the conditions say, for a symbol of that side.
    pub(crate) fn new(conditions: &Conditions, symbol_mm: f32) -> Self {
        let (width, height) = (conditions.width as f32, conditions.height as f32);
        let focal = width / 2.0 / (conditions.field_of_view.to_radians() / 2.0).tan();
        let far = focal * symbol_mm / (conditions.cover * height);
        let place = [
            conditions.offset.0 * width / focal * far,
            conditions.offset.1 * height / focal * far,
            far,
        ];
        let turned = rotation(conditions.roll, conditions.tilt, conditions.tilt_axis);
        let onto_frame = [0, 1, 2].map(|row| {
            let scale = if row == 2 { 1.0 } else { focal };
            [turned[row][0], turned[row][1], place[row]].map(|cell| cell * scale)
        });
        Self {
            onto_plane: inverse(&onto_frame),
            onto_frame,
            middle: (width / 2.0, height / 2.0),
            unit: 4.0 / (width * width + height * height),
            k1: conditions.barrel,
        }
    }

    /// Where the point of the frame lies on the plane; `None` behind the camera.
    pub(crate) fn onto_plane(&self, x: f32, y: f32) -> Option<(f32, f32)> {
        let (x, y) = (x - self.middle.0, y - self.middle.1);
        let stretch = 1.0 + self.k1 * (x * x + y * y) * self.unit;
        let [x, y, w] = apply(&self.onto_plane, x * stretch, y * stretch);
        (w > 0.0).then(|| (x / w, y / w))
    }

    /// Where the point of the plane lies in the frame.
    pub(crate) fn onto_frame(&self, x: f32, y: f32) -> (f32, f32) {
        let [x, y, w] = apply(&self.onto_frame, x, y);
        let (x, y) = (x / w, y / w);
        // The lens: solve s (1 + k1 s² r²) = 1 by Newton's steps.
        let bend = self.k1 * (x * x + y * y) * self.unit;
        let mut shrink = 1.0f32;
        for _ in 0..8 {
            let off = shrink * (1.0 + bend * shrink * shrink) - 1.0;
            shrink -= off / (1.0 + 3.0 * bend * shrink * shrink);
        }
        (x * shrink + self.middle.0, y * shrink + self.middle.1)
    }
}

/// Turned in its plane by `roll`, then tilted by `tilt` about the axis in the frame's plane that
/// stands at `axis`; all in degrees.
fn rotation(roll: f32, tilt: f32, axis: f32) -> [[f32; 3]; 3] {
    let about_z = |degrees: f32| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        [[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]]
    };
    let (sin, cos) = tilt.to_radians().sin_cos();
    let about_x = [[1.0, 0.0, 0.0], [0.0, cos, -sin], [0.0, sin, cos]];
    let leaning = product(&about_z(axis), &product(&about_x, &about_z(-axis)));
    product(&leaning, &about_z(roll))
}

fn product(a: &[[f32; 3]; 3], b: &[[f32; 3]; 3]) -> [[f32; 3]; 3] {
    [0, 1, 2].map(|row| [0, 1, 2].map(|column| (0..3).map(|k| a[row][k] * b[k][column]).sum()))
}

fn apply(matrix: &[[f32; 3]; 3], x: f32, y: f32) -> [f32; 3] {
    [0, 1, 2].map(|row| matrix[row][0] * x + matrix[row][1] * y + matrix[row][2])
}

/// The inverse up to its scale, the sign so that what lies before the camera has a positive `w`.
fn inverse(m: &[[f32; 3]; 3]) -> [[f32; 3]; 3] {
    let minor = |r: usize, c: usize| {
        let at = |i: usize, j: usize| f64::from(m[(r + i) % 3][(c + j) % 3]);
        at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)
    };
    let determinant: f64 = (0..3).map(|c| f64::from(m[0][c]) * minor(0, c)).sum();
    [0, 1, 2].map(|row| [0, 1, 2].map(|column| (minor(column, row) / determinant) as f32))
}
