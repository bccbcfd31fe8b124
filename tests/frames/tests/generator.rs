//! The generator says the truth about its frames.

use std::collections::HashSet;

use hwagin_frames::{
    Background, Code, Conditions, Ecc, GRID, Random, Sequence, Set, Still, blank, still, take,
};
use hwagin_scanner::{Luma, Scanner};

fn code(bytes: usize) -> Code {
    Code::random(&mut Random::new(7), bytes, false, Ecc::M)
}

fn read(still: &Still) -> Vec<Vec<u8>> {
    let luma = Luma::new(still.width as u32, still.height as u32, &still.luma).unwrap();
    let read = Scanner::new().scan_still(&luma);
    read.into_iter().map(|symbol| symbol.content).collect()
}

/// The homography that takes the unit square to the corners, as eight equations solved.
fn from_unit_square(corners: [(f32, f32); 4]) -> impl Fn(f64, f64) -> (f64, f64) {
    let [p, q, r, s] = corners.map(|(x, y)| (f64::from(x), f64::from(y)));
    let (dx1, dx2, sx) = (q.0 - r.0, s.0 - r.0, p.0 - q.0 + r.0 - s.0);
    let (dy1, dy2, sy) = (q.1 - r.1, s.1 - r.1, p.1 - q.1 + r.1 - s.1);
    let det = dx1 * dy2 - dx2 * dy1;
    let (g, h) = ((sx * dy2 - dx2 * sy) / det, (dx1 * sy - sx * dy1) / det);
    move |u, v| {
        let w = g * u + h * v + 1.0;
        (
            ((q.0 - p.0 + g * q.0) * u + (s.0 - p.0 + h * s.0) * v + p.0) / w,
            ((q.1 - p.1 + g * q.1) * u + (s.1 - p.1 + h * s.1) * v + p.1) / w,
        )
    }
}

/// The share of modules whose middle has the right side of grey when the corners are believed.
fn modules_right(still: &Still, code: &Code) -> f64 {
    let at = from_unit_square(still.corners);
    let side = code.modules;
    let mut right = 0;
    for row in 0..side {
        for column in 0..side {
            let middle = |k: usize| (k as f64 + 0.5) / side as f64;
            let (x, y) = at(middle(column), middle(row));
            let dark = still.luma[y as usize * still.width + x as usize] < 128;
            right += usize::from(dark == code.is_dark(column, row));
        }
    }
    right as f64 / (side * side) as f64
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for set in [Set::Grid, Set::Webcam] {
        let (one, other) = (still(set, 5, 3), still(set, 5, 3));
        assert!(one.luma == other.luma);
        assert_eq!(one.truth, other.truth);
        assert!(one.luma != still(set, 6, 3).luma);
        assert_ne!(one.truth, still(set, 5, 4).truth);
    }
    assert!(blank(9).luma == blank(9).luma);
    let second = |seed| Sequence::held(seed).nth(2).unwrap().luma;
    assert!(second(1) == second(1));
    assert!(second(1) != second(2));
}

#[test]
fn the_bytes_are_those_of_every_machine() {
    let mut random = Random::new(1);
    let drawn: Vec<u64> = (0..3).map(|_| random.next_u64()).collect();
    let again: Vec<u64> = {
        let mut random = Random::new(1);
        (0..3).map(|_| random.next_u64()).collect()
    };
    assert_eq!(drawn, again);
    let numbers: Vec<f32> = (0..10_000).map(|_| random.normal()).collect();
    let mean = numbers.iter().sum::<f32>() / 10_000.0;
    let spread = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / 10_000.0;
    assert!(
        mean.abs() < 0.05 && (spread - 1.0).abs() < 0.05,
        "{mean} {spread}"
    );
}

#[test]
fn the_corners_are_where_the_symbol_is() {
    let code = code(500);
    for (tilt, axis, roll) in [
        (0.0, 0.0, 0.0),
        (25.0, 0.0, 10.0),
        (30.0, 70.0, -95.0),
        (15.0, 130.0, 180.0),
    ] {
        let conditions = Conditions {
            tilt,
            tilt_axis: axis,
            roll,
            offset: (0.05, -0.03),
            ..Conditions::clean(4)
        };
        let still = take(&code, conditions);
        assert!(
            modules_right(&still, &code) > 0.999,
            "tilt {tilt} roll {roll}"
        );
        let mut moved = still.clone();
        for corner in &mut moved.corners {
            corner.0 += 6.0;
        }
        assert!(
            modules_right(&moved, &code) < 0.9,
            "the check sees six pixels"
        );
    }
}

#[test]
fn the_corners_follow_the_lens_and_the_shutter() {
    let code = code(300);
    let straight = take(&code, Conditions::clean(4));
    let through = |conditions: Conditions| take(&code, conditions);
    let bent = through(Conditions {
        barrel: 0.08,
        ..Conditions::clean(4)
    });
    let skewed = through(Conditions {
        skew: (30.0, 0.0),
        ..Conditions::clean(4)
    });
    // The corner of a light square on black: where the frame turns from the quiet zone to a
    // finder's dark ring.
    for still in [&straight, &bent, &skewed] {
        let (x, y) = still.corners[0];
        let at = |dx: f32, dy: f32| still.luma[(y + dy) as usize * still.width + (x + dx) as usize];
        assert!(
            at(2.0, 2.0) < 60 && at(-3.0, -3.0) > 200,
            "{:?}",
            still.corners
        );
    }
    assert_ne!(straight.corners, bent.corners);
    assert!(skewed.corners[3].0 - skewed.corners[0].0 > 15.0);
}

#[test]
fn a_reader_reads_what_is_easy() {
    for (index, (bytes, letters)) in [(300, true), (300, false), (900, false), (1_600, true)]
        .into_iter()
        .enumerate()
    {
        let code = Code::random(&mut Random::new(index as u64), bytes, letters, Ecc::L);
        let conditions = Conditions {
            cover: 0.85,
            tilt: 10.0,
            roll: 4.0,
            blur: 0.5,
            read_noise: 0.003,
            shot_noise: 0.01,
            background: Background::Room,
            jpeg: Some(80),
            ..Conditions::clean(index as u64)
        };
        assert_eq!(read(&take(&code, conditions)), [code.truth], "{bytes}");
    }
}

#[test]
fn a_full_hd_frame_is_that_large() {
    let code = code(1_200);
    let still = take(&code, Conditions::clean(1).sized(1920, 1080));
    assert_eq!(still.luma.len(), 1920 * 1080);
    assert_eq!(read(&still), [code.truth]);
}

#[test]
fn the_grid_has_every_combination_once() {
    let mut seen = HashSet::new();
    for index in (0..GRID).step_by(GRID / 16) {
        let still = still(Set::Grid, 1, index);
        let c = &still.conditions;
        let about = format!(
            "{} {} {} {} {} {} {} {}",
            still.truth.len(),
            c.cover,
            c.tilt,
            c.blur,
            c.barrel,
            c.read_noise,
            c.glare.len(),
            c.grid
        );
        assert!([300, 800, 1_600, 2_900].contains(&still.truth.len()));
        assert!(seen.insert(about));
    }
    let visited: HashSet<usize> = (0..GRID).map(|index| index * 355 % GRID).collect();
    assert_eq!(visited.len(), GRID);
}

#[test]
fn a_hand_moves_the_symbol_smoothly() {
    let frames: Vec<_> = Sequence::held(3).take(6).collect();
    for pair in frames.windows(2) {
        let (before, after) = (pair[0].corners[0], pair[1].corners[0]);
        let far = (after.0 - before.0).hypot(after.1 - before.1);
        assert!(far > 0.0 && far < 40.0, "{far} pixels in a frame");
        assert!(pair[0].luma != pair[1].luma);
        assert!((0.2..3.5).contains(&pair[0].conditions.blur));
    }
}

#[test]
fn an_animated_phone_shows_its_codes_in_turn() {
    let codes: Vec<Code> = (0..4)
        .map(|seed| Code::random(&mut Random::new(seed), 200, true, Ecc::L))
        .collect();
    let conditions = Conditions {
        blur: 0.6,
        ..Conditions::clean(11)
    };
    let sequence = Sequence::new(codes.clone(), 10.0, conditions);
    let (mut whole, mut torn) = (HashSet::new(), 0);
    for frame in sequence.take(12) {
        let luma = Luma::new(1280, 720, &frame.luma).unwrap();
        let read = Scanner::new().scan_still(&luma);
        match frame.shown[..] {
            [only] => {
                assert_eq!(read.len(), 1, "frame {}", frame.number);
                assert_eq!(read[0].content, codes[only].truth);
                whole.insert(only);
            }
            [first, last] => {
                torn += 1;
                assert_eq!((first + 1) % 4, last);
                let either = [&codes[first].truth, &codes[last].truth];
                assert!(read.iter().all(|symbol| either.contains(&&symbol.content)));
            }
            _ => panic!("{:?}", frame.shown),
        }
    }
    assert_eq!(whole.len(), 4);
    assert!(torn > 0);
}

#[test]
fn nothing_is_read_where_there_is_no_code() {
    for seed in 0..6 {
        assert_eq!(read(&blank(seed)), Vec::<Vec<u8>>::new());
    }
}
