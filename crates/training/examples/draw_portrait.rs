//! Draws the face on the sample cards: `cargo run --example draw_portrait -- OUT.png HEIGHT [plain]`.
//!
//! The face is put together from ellipses and polygons; nobody sat for it. How the files in
//! `assets/` were compressed from its output is written in `assets/README.md`.

use hwagin_training::shapes::{Colour, Point, arc, blob, ellipse, inside, mix, paint, picture};

/// Grid of samples on each pixel side.
const SAMPLES: u32 = 6;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(out), Some(height)) = (args.next(), args.next()) else {
        return Err("usage: draw_portrait OUT.png HEIGHT [plain]".into());
    };
    let height: u32 = height.parse()?;
    let plain = args.next().is_some();
    picture(height, SAMPLES, |p| colour(p, plain)).save(out)?;
    Ok(())
}

const BACK: Colour = [205.0, 223.0, 226.0];
const HALO: Colour = [184.0, 209.0, 214.0];
const HAIR: Colour = [52.0, 44.0, 50.0];
const HAIR_LIGHT: Colour = [80.0, 68.0, 74.0];
const SKIN: Colour = [240.0, 203.0, 174.0];
const SKIN_SHADE: Colour = [221.0, 176.0, 147.0];
const BLUSH: Colour = [236.0, 172.0, 152.0];
const COAT: Colour = [49.0, 82.0, 104.0];
const COAT_DARK: Colour = [37.0, 64.0, 84.0];
const SHIRT: Colour = [247.0, 246.0, 240.0];
const LIP: Colour = [190.0, 92.0, 88.0];
const INK: Colour = [58.0, 46.0, 48.0];

/// The colour at a point of a 120 by 150 picture. Later layers lie over earlier ones.
fn colour(p: Point, plain: bool) -> Colour {
    let mut c = if plain { [222.0; 3] } else { BACK };
    if !plain {
        paint(&mut c, HALO, ellipse(p, (60.0, 70.0), (54.0, 54.0)));
    }
    // Hair behind the head, shoulder length.
    let behind = ellipse(p, (60.0, 56.0), (35.0, 38.0))
        || (ellipse(p, (60.0, 78.0), (38.5, 60.0))
            && p.1 < 104.0 + blob(p, (60.0, 104.0), (40.0, 40.0)) * 4.0);
    paint(&mut c, HAIR, behind);
    clothes(&mut c, p, plain);
    head(&mut c, p, plain);
    face(&mut c, p);
    c
}

fn clothes(c: &mut Colour, p: Point, plain: bool) {
    let shoulders = ellipse(p, (60.0, 152.0), (52.0, 40.0)) || (p.1 > 150.0);
    paint(c, COAT, shoulders);
    // Neck, with the shade of the chin on it, and the shirt's collar around.
    let open = inside(p, &[(42.0, 112.0), (78.0, 112.0), (60.0, 146.0)]);
    paint(c, SHIRT, open && shoulders);
    let neck = (p.0 - 60.0).abs() < 11.5 && (88.0..116.0).contains(&p.1)
        || ellipse(p, (60.0, 115.0), (11.5, 9.0));
    paint(c, SKIN, neck);
    paint(
        c,
        SKIN_SHADE,
        neck && ellipse(p, (60.0, 88.0), (24.0, 18.0)),
    );
    let left = [(48.5, 107.0), (41.0, 112.0), (50.5, 130.0), (60.0, 124.0)];
    let right = left.map(|(x, y)| (120.0 - x, y));
    paint(c, SHIRT, inside(p, &left) || inside(p, &right));
    if plain {
        return;
    }
    let lapel = [
        (41.0, 112.0),
        (34.0, 117.0),
        (40.0, 133.0),
        (60.0, 152.0),
        (60.0, 146.0),
    ];
    let other = lapel.map(|(x, y)| (120.0 - x, y));
    paint(c, COAT_DARK, inside(p, &lapel) || inside(p, &other));
}

fn head(c: &mut Colour, p: Point, plain: bool) {
    let ears = ellipse(p, (33.0, 70.0), (5.0, 8.0)) || ellipse(p, (87.0, 70.0), (5.0, 8.0));
    paint(c, SKIN_SHADE, ears);
    // A rounded brow and a narrower chin: two ellipses.
    let face = ellipse(p, (60.0, 62.0), (27.5, 30.0)) || ellipse(p, (60.0, 71.0), (25.0, 32.0));
    paint(c, SKIN, face);
    if !plain {
        let cheeks = blob(p, (43.5, 79.0), (8.0, 5.5)).max(blob(p, (76.5, 79.0), (8.0, 5.5)));
        mix(c, BLUSH, cheeks * 0.8);
    }
    // A fringe swept to one side, and locks that frame the face.
    let cap = ellipse(p, (60.0, 54.0), (33.0, 35.0));
    let brow = ellipse(p, (70.0, 77.0), (35.0, 36.0)) && ellipse(p, (53.0, 76.0), (30.0, 38.0));
    paint(c, HAIR, cap && !brow && p.1 < 77.0);
    let locks = ellipse(p, (29.5, 80.0), (8.0, 44.0)) || ellipse(p, (90.5, 80.0), (8.0, 44.0));
    paint(
        c,
        HAIR,
        locks && (60.0..100.0).contains(&p.1) && (p.0 - 60.0).abs() < 32.0,
    );
    if !plain {
        let shine =
            ellipse(p, (56.0, 40.0), (25.0, 15.0)) && !ellipse(p, (57.0, 44.0), (26.0, 15.5));
        mix(c, HAIR_LIGHT, if shine && cap { 0.8 } else { 0.0 });
    }
}

fn face(c: &mut Colour, p: Point) {
    for side in [-1.0, 1.0] {
        let x = 60.0 + side * 12.0;
        let brow = arc(p, (x, 69.0), 9.5, 8.0) && (p.0 - x).abs() < 6.6 && p.1 < 64.5;
        paint(c, HAIR, brow);
        paint(c, [252.0, 250.0, 247.0], ellipse(p, (x, 71.0), (5.4, 3.7)));
        paint(c, INK, ellipse(p, (x, 70.8), (3.1, 3.4)));
        paint(
            c,
            [255.0, 255.0, 255.0],
            ellipse(p, (x + 1.1, 69.6), (1.0, 1.0)),
        );
        let lid = ellipse(p, (x, 71.4), (6.4, 5.0)) && !ellipse(p, (x, 72.6), (6.2, 5.0));
        paint(c, INK, lid && p.1 < 71.0);
    }
    let nose = ellipse(p, (60.0, 80.5), (4.0, 3.2)) && !ellipse(p, (60.0, 79.0), (4.4, 3.2));
    paint(c, SKIN_SHADE, nose);
    // A closed smile.
    let smile = ellipse(p, (60.0, 86.0), (9.0, 7.4)) && !ellipse(p, (60.0, 82.6), (10.6, 7.6));
    paint(c, LIP, smile && p.1 > 86.0);
}
