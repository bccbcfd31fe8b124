//! What the search finds in pictures whose geometry is known.

use qrcode::EcLevel;

use super::{Bitmap, Candidate, Candidates, Finder, Mesh, Pair, Search, follow};
use crate::Point;
use crate::layout::Layout;
use crate::sketch::{Chance, Modules, Pose, Sketch, point};

fn version_five() -> Modules {
    Modules::of(5, EcLevel::M, &Chance(5).bytes(60))
}

fn finders(sketch: &Sketch, with_inverted: bool) -> Vec<Finder> {
    let mut bitmap = Bitmap::default();
    bitmap.fill(&sketch.grey());
    let mut found = Vec::new();
    Search::default().run(&bitmap, 1.0, with_inverted, &mut found);
    found
}

/// The middles of the three finder patterns, top left, top right, bottom left.
fn middles(pose: &Pose) -> [Point; 3] {
    let far = pose.side - 3.5;
    [point(3.5, 3.5), point(far, 3.5), point(3.5, far)].map(|middle| pose.place(middle))
}

/// Each of the three is among those found, to a part of a module.
fn meets_all(sketch: &Sketch, pose: &Pose, with_inverted: bool, what: &str) {
    let found = finders(sketch, with_inverted);
    for middle in middles(pose) {
        let nearest = found
            .iter()
            .map(|finder| (finder.middle - middle).length())
            .fold(f32::MAX, f32::min);
        assert!(
            nearest < pose.module * 0.5,
            "{what}: {nearest} pixels from {middle:?}"
        );
    }
    assert!(
        found
            .iter()
            .all(|finder| finder.is_inverted == with_inverted),
        "{what}: {found:?}"
    );
}

#[test]
fn bars_are_dark_where_they_were_drawn_at_every_width() {
    for width in 9..=200 {
        let mut sketch = Sketch::filled(width, 21, 200);
        let is_bar = |x: usize| x % 7 < 3;
        for (at, pixel) in sketch.pixels.iter_mut().enumerate() {
            if is_bar(at % width) {
                *pixel = 40;
            }
        }
        let mut bitmap = Bitmap::default();
        bitmap.fill(&sketch.grey());
        let mut changes = Vec::new();
        for y in 0..21 {
            for x in 0..width {
                assert_eq!(bitmap.is_dark(x, y), is_bar(x), "{x}, {y} of {width}");
            }
            bitmap.changes(y, &mut changes);
            let edges = (0..width).filter(|&x| is_bar(x) != (x > 0 && is_bar(x - 1)));
            // Past the row's end there is room for one more.
            let seen = changes.iter().map(|&x| x as usize);
            assert!(
                seen.filter(|&x| x < width).eq(edges),
                "row {y} of {width}: {changes:?}"
            );
        }
        assert!(!bitmap.is_dark(width, 0) && !bitmap.is_dark(0, 21));
    }
}

#[test]
fn a_flat_picture_is_light_all_over_whatever_its_grey() {
    for grey in [0, 1, 60, 128, 254, 255] {
        let mut bitmap = Bitmap::default();
        bitmap.fill(&Sketch::filled(130, 70, grey).grey());
        let mut dark = (0..70).flat_map(|y| (0..130).map(move |x| (x, y)));
        assert!(!dark.any(|(x, y)| bitmap.is_dark(x, y)), "grey {grey}");
    }
}

#[test]
fn squares_stay_apart_from_a_background_that_is_darker_elsewhere_than_they_are() {
    // From 50 on the left to 250 on the right; squares at 60 % of what is around them.
    let mut sketch = Sketch::filled(400, 120, 0);
    let is_square = |x: usize, y: usize| (x + 3) % 40 < 16 && (y + 5) % 40 < 16;
    for (at, pixel) in sketch.pixels.iter_mut().enumerate() {
        let (x, y) = (at % 400, at / 400);
        let light = 50 + x / 2;
        *pixel = if is_square(x, y) {
            light * 6 / 10
        } else {
            light
        } as u8;
    }
    let mut bitmap = Bitmap::default();
    bitmap.fill(&sketch.grey());
    let wrong = (0..120)
        .flat_map(|y| (0..400).map(move |x| (x, y)))
        .filter(|&(x, y)| bitmap.is_dark(x, y) != is_square(x, y))
        .count();
    assert!(wrong < 400 * 120 / 100, "{wrong} pixels");
}

#[test]
fn a_bitmap_forgets_the_picture_before() {
    let modules = version_five();
    let sketch = Sketch::of(&modules, &Pose::straight(&modules, 5.0));
    let mut bitmap = Bitmap::default();
    bitmap.fill(&sketch.grey());
    bitmap.fill(&Sketch::filled(333, 99, 90).grey());
    let mut changes = vec![1];
    for y in 0..99 {
        bitmap.changes(y, &mut changes);
        assert!(changes.is_empty(), "row {y}: {changes:?}");
    }
    assert_eq!((bitmap.width(), bitmap.height()), (333, 99));
}

#[test]
fn the_three_finder_patterns_are_found_however_the_symbol_is_turned() {
    let modules = version_five();
    for turned in (0..=45).step_by(5) {
        let pose = Pose {
            turned: turned as f32,
            ..Pose::straight(&modules, 5.3)
        };
        let sketch = Sketch::of(&modules, &pose);
        meets_all(&sketch, &pose, false, &format!("{turned} degrees"));
    }
}

#[test]
fn the_three_finder_patterns_are_found_in_a_tilted_symbol() {
    let modules = version_five();
    for (tilted, turned) in [(15.0, 0.0), (30.0, 0.0), (30.0, 20.0), (40.0, 90.0)] {
        let pose = Pose {
            tilted,
            turned,
            ..Pose::straight(&modules, 6.0)
        };
        let sketch = Sketch::of(&modules, &pose);
        meets_all(&sketch, &pose, false, &format!("tilted {tilted}, {turned}"));
    }
}

#[test]
fn the_three_finder_patterns_are_found_through_blur_of_half_a_module() {
    let modules = version_five();
    for turned in [0.0, 12.0] {
        let pose = Pose {
            turned,
            ..Pose::straight(&modules, 4.4)
        };
        let sketch = Sketch::of(&modules, &pose).blurred(2.2);
        meets_all(&sketch, &pose, false, &format!("turned {turned}"));
    }
}

#[test]
fn light_on_dark_is_found_when_asked_for_and_only_then() {
    let modules = version_five();
    let pose = Pose {
        turned: 7.0,
        ..Pose::straight(&modules, 5.0)
    };
    let sketch = Sketch::of(&modules, &pose).inverted();
    meets_all(&sketch, &pose, true, "inverted");
    let near = |finder: &Finder| {
        middles(&pose)
            .iter()
            .any(|&middle| (finder.middle - middle).length() < 10.0)
    };
    assert!(!finders(&sketch, false).iter().any(near));
}

#[test]
fn a_field_of_squares_gives_no_more_patterns_than_the_cap() {
    let mut sketch = Sketch::filled(1_920, 1_080, 220);
    for (at, pixel) in sketch.pixels.iter_mut().enumerate() {
        let (x, y) = (at % 1_920 / 2 % 9, at / 1_920 / 2 % 9);
        let ring = x.abs_diff(3).max(y.abs_diff(3));
        if ring < 2 || ring == 3 {
            *pixel = 30;
        }
    }
    let found = finders(&sketch, true);
    assert!((100..=320).contains(&found.len()), "{}", found.len());
    let mut candidates = Candidates::default();
    candidates.combine(&sketch.grey(), &mut found.clone(), 120);
    assert!(candidates.threes.len() <= 120 && candidates.twos.len() <= 12);
}

fn combined(sketch: &Sketch) -> Candidates {
    let mut candidates = Candidates::default();
    candidates.combine(&sketch.grey(), &mut finders(sketch, false), 120);
    candidates
}

/// Whether the candidate's finder patterns are where the pose puts them, and missing where none is
/// expected.
fn stands(candidate: &Candidate, pose: &Pose, has: [bool; 3]) -> bool {
    let all = candidate.finders.iter().zip(middles(pose)).zip(has);
    all.into_iter().all(|((finder, middle), has)| match finder {
        Some(finder) => has && (finder.middle - middle).length() < pose.module,
        None => !has,
    })
}

#[test]
fn the_likeliest_three_are_those_of_the_symbol_in_their_order() {
    let modules = version_five();
    for turned in [0.0, 33.0, 90.0, 140.0, 180.0, 270.0] {
        let pose = Pose {
            turned,
            ..Pose::straight(&modules, 5.0)
        };
        let candidates = combined(&Sketch::of(&modules, &pose));
        let first = candidates.threes.first().unwrap();
        assert!(
            stands(first, &pose, [true; 3]),
            "turned {turned}: {first:?}"
        );
        assert!((first.modules - 37.0).abs() < 2.5, "{}", first.modules);
    }
}

#[test]
fn two_of_three_do_whichever_is_covered() {
    let modules = version_five();
    let far = modules.side as f32 - 8.0;
    let starts = [(-1.0, -1.0), (far, -1.0), (-1.0, far)];
    for (covered, (x, y)) in starts.into_iter().enumerate() {
        let pose = Pose {
            turned: 8.0,
            ..Pose::straight(&modules, 5.0)
        };
        let sketch =
            Sketch::of(&modules, &pose).covered(&pose, point(x, y), point(x + 9.0, y + 9.0), 140);
        let mut has = [true; 3];
        has[covered] = false;
        let candidates = combined(&sketch);
        let found = candidates
            .twos
            .iter()
            .find(|two| stands(two, &pose, has))
            .unwrap_or_else(|| panic!("{covered} covered: {:?}", candidates.twos));
        assert!((found.modules - 37.0).abs() < 4.0, "{}", found.modules);
    }
}

#[test]
fn modules_are_placed_to_a_third_of_one_through_a_lens_and_at_a_tilt() {
    let modules = Modules::of(14, EcLevel::M, &Chance(14).bytes(200));
    let layout = Layout::new(14);
    // 0.045 at 300 pixels is 8 % in the corner of the picture.
    for (barrel, tilted, turned) in [(0.045, 0.0, 0.0), (0.045, 18.0, 9.0), (-0.02, 10.0, -14.0)] {
        let pose = Pose {
            barrel,
            tilted,
            turned,
            ..Pose::straight(&modules, 4.8)
        };
        let sketch = Sketch::of(&modules, &pose).blurred(1.0);
        let far = modules.side as f32 - 7.0;
        let pairs: Vec<Pair> = [(0.0, 0.0), (far, 0.0), (0.0, far)]
            .into_iter()
            .flat_map(|(x, y)| {
                [(0.0, 0.0), (7.0, 0.0), (7.0, 7.0), (0.0, 7.0)]
                    .map(move |(a, d)| point(x + a, y + d))
            })
            .map(|symbol| Pair {
                symbol,
                picture: pose.place(symbol),
                weight: 0.5,
            })
            .collect();
        let mesh = Mesh::fit(&sketch.grey(), &layout, pairs, false).unwrap();
        let (mut worst, mut far_off) = (0.0_f32, 0);
        for y in 0..modules.side {
            for (x, place) in mesh.row(y as f32 + 0.5, modules.side).enumerate() {
                let truth = pose.place(point(x as f32 + 0.5, y as f32 + 0.5));
                let off = (place - truth).length() / pose.module;
                worst = worst.max(off);
                far_off += usize::from(off >= 0.3);
            }
        }
        // Of 5,329; in the outermost corners, beyond all that is known of the lens.
        assert!(
            far_off <= 25 && worst < 0.5,
            "{far_off} modules, {worst} off, barrel {barrel} tilt {tilted}"
        );
    }
}

#[test]
fn a_symbol_is_followed_six_modules_on_and_through_blur_the_search_does_not_see_through() {
    let modules = Modules::of(10, EcLevel::M, &Chance(10).bytes(150));
    let layout = Layout::new(10);
    let pose = Pose {
        turned: 4.0,
        tilted: 8.0,
        ..Pose::straight(&modules, 4.5)
    };
    let far = modules.side as f32;
    let corners = [(0.0, 0.0), (far, 0.0), (far, far), (0.0, far)];
    let pairs = corners
        .map(|(x, y)| Pair {
            symbol: point(x, y),
            picture: pose.place(point(x, y)),
            weight: 1.0,
        })
        .to_vec();
    let before = Sketch::of(&modules, &pose);
    let mesh = Mesh::fit(&before.grey(), &layout, pairs, false).unwrap();
    let still = point(0.0, 0.0);
    for (right, down) in [(0.0, 0.0), (6.0, 0.0), (0.0, -6.0), (-4.5, 4.0), (5.0, 5.0)] {
        let moved = Pose {
            middle: pose.middle + point(right * 4.5, down * 4.5),
            ..pose
        };
        let sketch = Sketch::of(&modules, &moved).blurred(3.2);
        assert!(
            finders(&sketch, false).len() < 3,
            "the search still sees it"
        );
        let found = follow(&sketch.grey(), &layout, &mesh, still, false)
            .unwrap_or_else(|| panic!("moved by {right}, {down}"));
        assert!(
            stands(&found, &moved, found.finders.map(|finder| finder.is_some())),
            "moved by {right}, {down}"
        );
    }
}

#[test]
fn nothing_is_followed_into_an_empty_frame_or_noise() {
    let modules = Modules::of(10, EcLevel::M, &Chance(10).bytes(150));
    let layout = Layout::new(10);
    let pose = Pose::straight(&modules, 4.5);
    let far = modules.side as f32;
    let pairs = [(0.0, 0.0), (far, 0.0), (far, far), (0.0, far)]
        .map(|(x, y)| Pair {
            symbol: point(x, y),
            picture: pose.place(point(x, y)),
            weight: 1.0,
        })
        .to_vec();
    let mesh = Mesh::fit(&Sketch::of(&modules, &pose).grey(), &layout, pairs, false).unwrap();
    let still = point(0.0, 0.0);
    let flat = Sketch::filled(640, 480, 128);
    assert!(follow(&flat.grey(), &layout, &mesh, still, false).is_none());
    let mut chance = Chance(99);
    for _ in 0..20 {
        let mut noise = flat.clone();
        noise.pixels = chance.bytes(640 * 480);
        assert!(follow(&noise.grey(), &layout, &mesh, still, false).is_none());
    }
}
