//! Symbols of every size and level, whole and damaged: what comes out is what was drawn, or
//! nothing.

use qrcode::EcLevel;

use super::{block_places, corrected, format, is_still, shape};
use crate::layout::Layout;
use crate::read::{decode_as_is, transposed};
use crate::sketch::{Chance, Modules};

const LEVELS: [EcLevel; 4] = [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H];

/// A symbol with a content that fills it, and its modules as a perfect picture would give them.
struct Drawn {
    layout: Layout,
    content: Vec<u8>,
    soft: Vec<f32>,
    blocks: usize,
    checks: usize,
}

impl Drawn {
    fn new(version: usize, level: usize, chance: &mut Chance) -> Self {
        let layout = Layout::new(version);
        let (blocks, checks) = shape(version, level).unwrap();
        let count = layout.data.len() / 8 - blocks * checks;
        // Mode and length take two and a half bytes, or one and a half.
        let content = chance.bytes(count - if version > 9 { 3 } else { 2 });
        let modules = Modules::of(version as i16, LEVELS[level], &content);
        let soft = modules
            .dark
            .iter()
            .map(|&dark| if dark { 1.0 } else { -1.0 });
        Self {
            soft: soft.collect(),
            layout,
            content,
            blocks,
            checks,
        }
    }

    fn codewords(&self) -> usize {
        self.layout.data.len() / 8
    }

    fn block(&self, block: usize) -> Vec<usize> {
        block_places(self.codewords(), self.blocks, self.checks, block)
    }

    /// `count` of the block's codewords, no two the same.
    fn some_of(&self, block: usize, count: usize, chance: &mut Chance) -> Vec<usize> {
        let mut places = self.block(block);
        for at in 0..count.min(places.len()) {
            let other = at + chance.below(places.len() - at);
            places.swap(at, other);
        }
        places.truncate(count);
        places
    }

    /// Turns some of the modules of a codeword, one at least; they are as certain as the rest.
    fn turn(&mut self, codeword: usize, chance: &mut Chance) {
        let pattern = 1 + chance.below(255);
        for bit in (0..8).filter(|bit| pattern >> bit & 1 == 1) {
            let at = self.layout.data[codeword * 8 + bit] as usize;
            self.soft[at] = -self.soft[at];
        }
    }

    /// Whatever lies over a codeword now, dark and light are almost the same there.
    fn hide(&mut self, codeword: usize, chance: &mut Chance) {
        for bit in 0..8 {
            let at = self.layout.data[codeword * 8 + bit] as usize;
            self.soft[at] = (chance.unit() - 0.5) * 0.1;
        }
    }

    fn read(&self) -> Option<Vec<u8>> {
        Some(decode_as_is(&self.layout, &self.soft)?.content)
    }
}

#[test]
fn every_version_and_level_comes_out_as_it_went_in() {
    let mut chance = Chance(1);
    for (version, level) in (1..=40).flat_map(|version| (0..4).map(move |level| (version, level))) {
        let drawn = Drawn::new(version, level, &mut chance);
        assert_eq!(drawn.read(), Some(drawn.content), "{version}-{level}");
    }
}

#[test]
fn the_modules_given_back_are_those_that_were_drawn() {
    let mut chance = Chance(2);
    for version in [1, 2, 6, 7, 14, 27, 40] {
        let mut drawn = Drawn::new(version, version % 4, &mut chance);
        let whole: Vec<bool> = drawn.soft.iter().map(|&value| value > 0.0).collect();
        let codeword = chance.below(drawn.codewords());
        drawn.turn(codeword, &mut chance);
        let (found, nearness) = format(&drawn.layout, &drawn.soft);
        assert!(nearness > 0.999, "{nearness}");
        assert_eq!(corrected(&drawn.layout, &drawn.soft, found), Some(whole));
    }
}

#[test]
fn half_as_many_wrong_codewords_as_checks_are_mended_in_every_block() {
    let mut chance = Chance(3);
    for (version, level) in (1..=40).flat_map(|version| (0..4).map(move |level| (version, level))) {
        let mut drawn = Drawn::new(version, level, &mut chance);
        for block in 0..drawn.blocks {
            for codeword in drawn.some_of(block, drawn.checks / 2, &mut chance) {
                drawn.turn(codeword, &mut chance);
            }
        }
        assert_eq!(drawn.read(), Some(drawn.content), "{version}-{level}");
    }
}

#[test]
fn a_symbol_is_still_the_same_as_long_as_it_would_be_read_the_same() {
    let mut chance = Chance(6);
    for (version, level) in [(1, 0), (3, 2), (7, 1), (18, 3), (29, 2), (40, 0)] {
        let mut drawn = Drawn::new(version, level, &mut chance);
        let modules: Vec<bool> = drawn.soft.iter().map(|&value| value > 0.0).collect();
        let side = drawn.layout.side;
        let behind = transposed(&modules, side);
        let is_still_both = |drawn: &Drawn| {
            let mirrored = transposed(&drawn.soft, side);
            [
                is_still(&drawn.layout, &modules, &drawn.soft),
                is_still(&drawn.layout, &behind, &mirrored),
            ]
        };
        let last = drawn.blocks - 1;
        let mut damage = drawn.some_of(last, drawn.checks / 2 + 1, &mut chance);
        let one_more = damage.pop().unwrap();
        for codeword in damage {
            drawn.turn(codeword, &mut chance);
        }
        assert_eq!(is_still_both(&drawn), [true; 2], "{version}-{level}");
        assert_eq!(drawn.read().as_ref(), Some(&drawn.content));
        drawn.turn(one_more, &mut chance);
        assert_eq!(is_still_both(&drawn), [false; 2], "{version}-{level}");
    }
}

#[test]
fn one_byte_otherwise_is_never_still_the_same() {
    for (version, level) in [(1, 0), (5, 0), (12, 1), (25, 0), (40, 0), (40, 3)] {
        let drawn = Drawn::new(version, level, &mut Chance(7));
        let modules: Vec<bool> = drawn.soft.iter().map(|&value| value > 0.0).collect();
        for at in [0, drawn.content.len() / 2, drawn.content.len() - 1] {
            let mut content = drawn.content.clone();
            content[at] ^= 1;
            let other = Modules::of(version as i16, LEVELS[level], &content);
            let other = other.dark.iter().map(|&dark| if dark { 1.0 } else { -1.0 });
            let other: Vec<f32> = other.collect();
            assert!(
                !is_still(&drawn.layout, &modules, &other),
                "{version}-{level}"
            );
        }
    }
}

#[test]
fn hidden_codewords_are_mended_beyond_what_wrong_ones_are() {
    let mut chance = Chance(4);
    for (version, level) in [(2, 3), (5, 0), (7, 1), (15, 0), (22, 1), (30, 0), (40, 0)] {
        let mut drawn = Drawn::new(version, level, &mut chance);
        let hidden = drawn.checks - super::CHECKS_KEPT;
        assert!(hidden > drawn.checks / 2, "nothing is gained");
        for block in 0..drawn.blocks {
            for codeword in drawn.some_of(block, hidden, &mut chance) {
                drawn.hide(codeword, &mut chance);
            }
        }
        assert_eq!(drawn.read(), Some(drawn.content), "{version}-{level}");
    }
}

#[test]
fn a_covered_corner_is_mended_as_far_as_its_codewords_may_be_hidden() {
    // The lower right corner, where a thumb rests, in a symbol that fills the screen.
    let mut chance = Chance(5);
    let mut drawn = Drawn::new(20, 0, &mut chance);
    let side = drawn.layout.side;
    let mut corner = 0;
    let may_be_hidden = |drawn: &Drawn, corner: usize| {
        (0..drawn.blocks).all(|block| {
            let is_covered = |codeword: &&usize| {
                (0..8).any(|bit| {
                    let at = drawn.layout.data[**codeword * 8 + bit] as usize;
                    at % side >= side - corner && at / side >= side - corner
                })
            };
            let covered = drawn.block(block).iter().filter(is_covered).count();
            covered <= drawn.checks - super::CHECKS_KEPT
        })
    };
    while may_be_hidden(&drawn, corner + 1) {
        corner += 1;
    }
    assert!(corner > side / 4, "only {corner} modules of {side}");
    for at in 0..side * side {
        if at % side >= side - corner && at / side >= side - corner {
            drawn.soft[at] = (chance.unit() - 0.5) * 0.1;
        }
    }
    assert_eq!(drawn.read(), Some(drawn.content));
}

/// Damages that many blocks of symbols of this version and level beyond what half the checks mend,
/// and gives how often another content came out, and how often the right one.
fn beyond(drawn: &Drawn, blocks: usize, times: usize, chance: &mut Chance) -> (usize, usize) {
    let (mut wrong, mut right) = (0, 0);
    for at in 0..times {
        let mut damaged = Drawn {
            layout: Layout::new(drawn.layout.version),
            content: Vec::new(),
            soft: drawn.soft.clone(),
            ..*drawn
        };
        for block in 0..blocks {
            let count = drawn.checks / 2 + 1 + chance.below(drawn.checks);
            for codeword in drawn.some_of(block, count, chance) {
                // Every second time half of it is covered instead of wrong.
                if at % 2 == 0 && chance.unit() < 0.5 {
                    damaged.hide(codeword, chance);
                } else {
                    damaged.turn(codeword, chance);
                }
            }
        }
        match decode_as_is(&damaged.layout, &damaged.soft) {
            Some(read) if read.content == drawn.content => right += 1,
            Some(_) => wrong += 1,
            None => {}
        }
    }
    (wrong, right)
}

#[test]
fn thousands_of_symbols_damaged_beyond_mending_are_read_rightly_or_not_at_all() {
    // Where one block is beyond mending, no other tells that it was mended to something else.
    let cases = [
        (1, 0),
        (1, 3),
        (2, 1),
        (4, 0),
        (5, 0),
        (3, 1),
        (9, 1),
        (14, 2),
        (25, 0),
    ];
    for (version, level) in cases {
        let mut chance = Chance(version as u64 * 4 + level as u64);
        let drawn = Drawn::new(version, level, &mut chance);
        let times = if version < 6 { 2_000 } else { 500 };
        for blocks in [1, drawn.blocks] {
            let (wrong, right) = beyond(&drawn, blocks, times, &mut chance);
            assert_eq!(
                wrong, 0,
                "{version}-{level}, {blocks} blocks; {right} rightly"
            );
        }
    }
}

/// For the hour when the bounds on erasures are changed: `cargo test -p hwagin-scanner --release
/// -- --ignored`.
#[test]
#[ignore = "minutes"]
fn a_million_blocks_damaged_beyond_mending_are_read_rightly_or_not_at_all() {
    for (version, level) in [(4, 0), (5, 0), (3, 1)] {
        let mut chance = Chance(1_000 + version as u64);
        let drawn = Drawn::new(version, level, &mut chance);
        let (wrong, right) = beyond(&drawn, 1, 330_000, &mut chance);
        assert_eq!(wrong, 0, "{version}-{level}; {right} rightly");
    }
}
