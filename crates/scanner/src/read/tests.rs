//! Modules measured under blur, uneven light and glare that are known.

use qrcode::EcLevel;

use super::{decode_as_is, soft, transposed};
use crate::layout::Layout;
use crate::sketch::{Chance, Modules};

fn symbol(version: i16) -> (Layout, Modules, Vec<u8>) {
    let layout = Layout::new(version as usize);
    let content = Chance(version as u64).bytes(layout.data.len() / 8 * 3 / 4);
    let modules = Modules::of(version, EcLevel::L, &content);
    (layout, modules, content)
}

/// Light is 200 and dark 60, seen through blur of that many modules.
fn seen(modules: &Modules, blur: f32, noise: f32, chance: &mut Chance) -> Vec<f32> {
    let side = modules.side as i32;
    let grey = |x: i32, y: i32| {
        let inside = (0..side).contains(&x) && (0..side).contains(&y);
        let dark = inside && modules.dark[(y * side + x) as usize];
        if dark { 60.0 } else { 200.0 }
    };
    // What a normal distribution has over the modules on either side, its middle in one's middle.
    let share = |at: i32| {
        let inside: f32 = (-24..24)
            .map(|step| {
                let place = at as f32 + (step as f32 + 0.5) / 48.0;
                (-place * place / (2.0 * blur * blur)).exp()
            })
            .sum();
        inside
    };
    let whole: f32 = (-3..=3).map(share).sum();
    (0..side * side)
        .map(|at| {
            let (x, y) = (at % side, at / side);
            let near = (-3..=3).flat_map(|down| (-3..=3).map(move |across| (across, down)));
            let light: f32 = near
                .map(|(across, down)| {
                    grey(x + across, y + down) * share(across) * share(down) / (whole * whole)
                })
                .sum();
            light + noise * chance.normal()
        })
        .collect()
}

/// The share of data modules that are on their side of zero.
fn agreement(layout: &Layout, modules: &Modules, soft: &[f32]) -> f32 {
    let right = layout
        .data
        .iter()
        .filter(|&&at| (soft[at as usize] > 0.0) == modules.dark[at as usize])
        .count();
    right as f32 / layout.data.len() as f32
}

#[test]
fn the_equaliser_takes_out_a_blur_it_was_not_told() {
    let (layout, modules, content) = symbol(12);
    let mut chance = Chance(1);
    let mut values = seen(&modules, 0.65, 1.5, &mut chance);
    soft::normalise(&mut values, layout.side, false);
    let before = agreement(&layout, &modules, &values);
    let known = layout.known.iter().copied();
    let (after, fit) = soft::equalise::<10, 11>(&values, layout.side, known, 0.02).unwrap();
    let freed = agreement(&layout, &modules, &after);
    assert!(before < 0.95, "there is little to take out: {before}");
    assert!(freed > 0.985, "{before} before, {freed} after");
    assert!(fit.agreement > 0.98 && fit.error < 0.3, "{fit:?}");
    assert!(decode_as_is(&layout, &values).is_none());
    assert_eq!(decode_as_is(&layout, &after).unwrap().content, content);
}

#[test]
fn the_equaliser_leaves_what_is_sharp_as_it_is() {
    let (layout, modules, _) = symbol(7);
    let values: Vec<f32> = modules
        .dark
        .iter()
        .map(|&dark| if dark { 1.0 } else { -1.0 })
        .collect();
    let known = layout.known.iter().copied();
    let (after, fit) = soft::equalise::<10, 11>(&values, layout.side, known, 0.02).unwrap();
    let worst = after
        .iter()
        .zip(&values)
        .map(|(after, value)| (after - value).abs())
        .fold(0.0, f32::max);
    assert!(worst < 0.05, "{worst}");
    assert!(fit.agreement > 0.9999 && fit.error < 0.001, "{fit:?}");
}

#[test]
fn what_is_no_symbol_agrees_with_its_known_modules_by_halves() {
    let layout = Layout::new(10);
    let mut chance = Chance(8);
    for _ in 0..20 {
        let values: Vec<f32> = (0..layout.known.len()).map(|_| chance.normal()).collect();
        let known = layout.known.iter().copied();
        let (_, fit) = soft::equalise::<10, 11>(&values, layout.side, known, 0.02).unwrap();
        assert!(fit.agreement < super::LEAST_AGREEMENT, "{fit:?}");
    }
}

#[test]
fn light_that_falls_from_one_side_decides_nothing() {
    let (layout, modules, content) = symbol(10);
    let side = layout.side;
    // From a seventh of the light on the left to all of it on the right: light modules on the left
    // are darker than dark ones on the right.
    let mut values: Vec<f32> = (0..side * side)
        .map(|at| {
            let light = 35.0 + 205.0 * (at % side) as f32 / side as f32;
            if modules.dark[at] { light * 0.4 } else { light }
        })
        .collect();
    let glare = soft::normalise(&mut values, side, false);
    let share = agreement(&layout, &modules, &values);
    assert!(share > 0.995, "{share}");
    assert!(glare < 0.02, "{glare}");
    assert_eq!(decode_as_is(&layout, &values).unwrap().content, content);
}

#[test]
fn light_on_dark_is_normalised_to_dark_positive_too() {
    let (layout, modules, _) = symbol(10);
    let mut values: Vec<f32> = modules
        .dark
        .iter()
        .map(|&dark| if dark { 210.0 } else { 30.0 })
        .collect();
    soft::normalise(&mut values, layout.side, true);
    assert!(agreement(&layout, &modules, &values) > 0.995);
}

#[test]
fn the_share_of_glare_is_about_the_share_that_is_washed_out() {
    let (layout, modules, _) = symbol(20);
    let side = layout.side;
    for part in [0, side / 4, side / 2, side * 2 / 3] {
        let mut values: Vec<f32> = modules
            .dark
            .iter()
            .map(|&dark| if dark { 40.0 } else { 190.0 })
            .collect();
        // A lamp saturates the upper left corner.
        for at in (0..side * side).filter(|at| at % side < part && at / side < part) {
            values[at] = 255.0 - 4.0 * f32::from(u8::from(modules.dark[at]));
        }
        let glare = soft::normalise(&mut values, side, false);
        let share = (part * part) as f32 / (side * side) as f32;
        // A margin of half the window's width counts as neither.
        assert!(glare <= share + 0.01, "{glare} of {share}");
        let least = (part as f32 - 6.0).max(0.0).powi(2) / (side * side) as f32;
        assert!(
            glare >= least - 0.02,
            "{glare} of {share}, {least} at least"
        );
    }
}

#[test]
fn a_dark_shadow_is_no_glare() {
    let (layout, modules, _) = symbol(20);
    let side = layout.side;
    let mut values: Vec<f32> = (0..side * side)
        .map(|at| {
            let light = if at % side < side / 2 { 10.0 } else { 200.0 };
            if modules.dark[at] { light * 0.3 } else { light }
        })
        .collect();
    assert!(soft::normalise(&mut values, side, false) < 0.02);
}

#[test]
fn a_symbol_seen_in_a_mirror_is_read_from_the_other_side() {
    let (layout, modules, content) = symbol(8);
    let facing: Vec<f32> = modules
        .dark
        .iter()
        .map(|&dark| if dark { 1.0 } else { -1.0 })
        .collect();
    let mirrored = transposed(&facing, layout.side);
    assert_ne!(facing, mirrored);
    let read = super::decode(&layout, &mirrored, &mirrored).unwrap();
    assert_eq!(read.content, content);
    // What it gives back are the modules as they are seen.
    let shown: Vec<bool> = mirrored.iter().map(|&value| value > 0.0).collect();
    assert!(*read.modules == shown);
}
