//! From soft modules to a corrected symbol: format information, mask, blocks (ISO/IEC 18004,
//! clauses 7.5 to 7.10 read backwards).

use super::reed_solomon::correct;
use crate::layout::{Layout, format_places, version_places};

/// Erasing the least certain codewords is tried only where this many checks are left over: fewer
/// would let a wrong block pass now and then.
const CHECKS_KEPT: usize = 8;

/// Error correction codewords of each block, by level (L, M, Q, H) and version.
const CHECKS: [[u8; 40]; 4] = [
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30,
        30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30,
        30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
];

/// Blocks, by level and version.
const BLOCKS: [[u8; 40]; 4] = [
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13,
        14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
    ],
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23,
        25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ],
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29,
        34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
    ],
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35,
        37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ],
];

/// What the format information says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Format {
    /// L, M, Q, H from 0.
    level: usize,
    mask: usize,
    /// Its fifteen bits as they stand in the symbol.
    bits: u16,
}

/// The format information nearest to these modules (dark is positive), both copies together, and
/// how near: 1 is as it should be.
pub(crate) fn format(layout: &Layout, soft: &[f32]) -> (Format, f32) {
    nearest_format(layout.side, |x, y| {
        soft.get(y * layout.side + x).copied().unwrap_or(0.0)
    })
}

fn nearest_format(side: usize, module: impl Fn(usize, usize) -> f32) -> (Format, f32) {
    let places = format_places(side);
    let value = |(x, y): (usize, usize)| module(x, y).clamp(-1.5, 1.5);
    let copies = places.map(|copy| copy.map(value));
    let mut best = (
        Format {
            level: 0,
            mask: 0,
            bits: 0,
        },
        f32::MIN,
    );
    for word in 0..32_u16 {
        let bits = format_bits(word);
        let score: f32 = copies
            .iter()
            .flat_map(|copy| copy.iter().enumerate())
            .map(|(at, value)| {
                if bits >> (14 - at) & 1 == 1 {
                    *value
                } else {
                    -value
                }
            })
            .sum();
        if score > best.1 {
            // In the symbol: 01 is L, 00 M, 11 Q, 10 H.
            let level = match word >> 3 {
                1 => 0,
                0 => 1,
                3 => 2,
                _ => 3,
            };
            let mask = usize::from(word & 7);
            best = (Format { level, mask, bits }, score);
        }
    }
    (best.0, best.1 / 30.0)
}

/// The fifteen bits of a format: five of data, ten of BCH, masked (ISO/IEC 18004, annex C).
fn format_bits(word: u16) -> u16 {
    let mut rest = word;
    for _ in 0..10 {
        rest = (rest << 1) ^ ((rest >> 9) * 0x537);
    }
    (word << 10 | rest) ^ 0x5412
}

/// The eighteen bits of a version's information (ISO/IEC 18004, annex D).
pub(crate) fn version_bits(version: usize) -> u32 {
    let word = version as u32;
    let mut rest = word;
    for _ in 0..12 {
        rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
    }
    word << 12 | rest
}

/// Whether the mask turns the module.
fn is_masked(mask: usize, x: usize, y: usize) -> bool {
    0 == match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    }
}

/// The modules as they were drawn, of the symbol with these soft values. `None` if any block is
/// beyond correction.
pub(crate) fn corrected(layout: &Layout, soft: &[f32], format: Format) -> Option<Vec<bool>> {
    let count = layout.data.len() / 8;
    let mut codewords = Vec::with_capacity(count);
    for places in layout.data.chunks_exact(8) {
        let mut codeword = Codeword {
            value: 0,
            certain: f32::MAX,
        };
        for &at in places {
            let value = soft.get(at as usize).copied().unwrap_or(0.0);
            let is_turned = is_masked(
                format.mask,
                at as usize % layout.side,
                at as usize / layout.side,
            );
            codeword.value = codeword.value << 1 | u8::from((value > 0.0) != is_turned);
            codeword.certain = codeword.certain.min(value.abs());
        }
        codewords.push(codeword);
    }
    let (blocks, checks) = shape(layout.version, format.level)?;
    for block in 0..blocks {
        mend(
            &mut codewords,
            &block_places(count, blocks, checks, block),
            checks,
        )?;
    }
    Some(redraw(layout, format, &codewords))
}

#[derive(Clone, Copy)]
struct Codeword {
    value: u8,
    /// Of its eight modules, the least.
    certain: f32,
}

fn shape(version: usize, level: usize) -> Option<(usize, usize)> {
    let of = |table: &[[u8; 40]; 4]| {
        table
            .get(level)?
            .get(version.checked_sub(1)?)
            .map(|&value| usize::from(value))
    };
    Some((of(&BLOCKS)?, of(&CHECKS)?))
}

/// Where the codewords of a block stand among all: data in turns, the longer blocks last, then
/// checks in turns.
fn block_places(count: usize, blocks: usize, checks: usize, block: usize) -> Vec<usize> {
    let short = count / blocks - checks;
    let long = count % blocks;
    let mut places: Vec<usize> = (0..short).map(|at| at * blocks + block).collect();
    if block + long >= blocks {
        places.push(short * blocks + block + long - blocks);
    }
    let data = count - blocks * checks;
    places.extend((0..checks).map(|at| data + at * blocks + block));
    places
}

/// Whether these soft values would be corrected to these modules, which are those of a symbol that
/// was read: no block has more codewords otherwise than half its checks. It costs no correction,
/// and tells any two symbols apart.
pub(crate) fn is_still(layout: &Layout, modules: &[bool], soft: &[f32]) -> bool {
    /// As many blocks as the largest symbol has.
    const MOST: usize = 81;
    let side = layout.side;
    let dark = |x: usize, y: usize| match modules.get(y * side + x) {
        Some(true) => 1.0,
        _ => -1.0,
    };
    let facing = nearest_format(side, dark);
    // Seen in a mirror, rows are columns.
    let behind = nearest_format(side, |x, y| dark(y, x));
    let is_behind = behind.1 > facing.1;
    let format = if is_behind { behind.0 } else { facing.0 };
    let Some((blocks, checks)) = shape(layout.version, format.level) else {
        return false;
    };
    let differs = |&at: &u32| {
        let at = at as usize;
        let at = if is_behind {
            at % side * side + at / side
        } else {
            at
        };
        modules.get(at).copied() != soft.get(at).map(|value| *value > 0.0)
    };
    let count = layout.data.len() / 8;
    let mut wrong = [0; MOST];
    layout.data.chunks_exact(8).enumerate().all(|(at, places)| {
        let is_wrong = places.iter().any(differs);
        wrong
            .get_mut(block_of(count, blocks, checks, at))
            .is_some_and(|wrong| {
                *wrong += usize::from(is_wrong);
                *wrong <= checks / 2
            })
    })
}

/// The block of a codeword, as `block_places` has it.
fn block_of(count: usize, blocks: usize, checks: usize, codeword: usize) -> usize {
    let (short, long) = (count / blocks - checks, count % blocks);
    let data = count - blocks * checks;
    if codeword < short * blocks {
        codeword % blocks
    } else if codeword < data {
        codeword - short * blocks + blocks - long
    } else {
        (codeword - data) % blocks
    }
}

/// Corrects a block in place: as it is, else with more and more of its least certain codewords
/// erased. `None` if neither helps.
fn mend(codewords: &mut [Codeword], places: &[usize], checks: usize) -> Option<()> {
    let received: Vec<Codeword> = places
        .iter()
        .filter_map(|&at| codewords.get(at).copied())
        .collect();
    let mut values: Vec<u8> = received.iter().map(|codeword| codeword.value).collect();
    let mut mended = correct(&mut values, checks, &[]);
    if mended.is_none() && checks >= 2 * CHECKS_KEPT {
        let mut doubtful: Vec<usize> = (0..received.len()).collect();
        let certain = |at: &usize| received.get(*at).map_or(0.0, |codeword| codeword.certain);
        doubtful.sort_by(|a, b| certain(a).total_cmp(&certain(b)));
        let most = checks - CHECKS_KEPT;
        for share in 1..=4 {
            let erased = doubtful.get(..(most * share / 4).min(doubtful.len()))?;
            let mut attempt = values.clone();
            // What takes all the checks that are left may be some other block: one in some
            // hundreds of random ones is that near to one.
            let is_sure = |errors: &usize| 2 * errors + 2 <= checks - erased.len();
            mended = correct(&mut attempt, checks, erased).filter(is_sure);
            if mended.is_some() {
                values = attempt;
                break;
            }
        }
    }
    mended?;
    for (&at, &value) in places.iter().zip(&values) {
        codewords.get_mut(at)?.value = value;
    }
    Some(())
}

/// The modules as they would have been drawn from these codewords.
fn redraw(layout: &Layout, format: Format, codewords: &[Codeword]) -> Vec<bool> {
    let mut modules: Vec<bool> = layout
        .known
        .iter()
        .map(|known| known.unwrap_or(false))
        .collect();
    let mut put = |at: usize, dark: bool| {
        if let Some(module) = modules.get_mut(at) {
            *module = dark;
        }
    };
    let (side, mask) = (layout.side, format.mask);
    for (place, at) in layout.data.iter().map(|&at| at as usize).enumerate() {
        let byte = codewords
            .get(place / 8)
            .map_or(0, |codeword| codeword.value);
        let bit = place / 8 < codewords.len() && byte >> (7 - place % 8) & 1 == 1;
        put(at, bit != is_masked(mask, at % side, at / side));
    }
    for copy in format_places(side) {
        for (at, (x, y)) in copy.into_iter().enumerate() {
            put(y * side + x, format.bits >> (14 - at) & 1 == 1);
        }
    }
    if layout.version >= 7 {
        let bits = version_bits(layout.version);
        for copy in version_places(side) {
            for (at, (x, y)) in copy.into_iter().enumerate() {
                put(y * side + x, bits >> at & 1 == 1);
            }
        }
    }
    modules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn information_is_as_the_standard_prints_it() {
        // ISO/IEC 18004: the examples of annexes C and D.
        assert_eq!(format_bits(0b00101), 0b100_0000_1100_1110);
        assert_eq!(version_bits(7), 0b00_0111_1100_1001_0100);
    }

    #[test]
    fn every_codeword_belongs_to_one_block() {
        for version in 1..=40 {
            for level in 0..4 {
                let count = Layout::new(version).data.len() / 8;
                let (blocks, checks) = shape(version, level).unwrap();
                for block in 0..blocks {
                    let mut places = block_places(count, blocks, checks, block).into_iter();
                    assert!(places.all(|at| block_of(count, blocks, checks, at) == block));
                }
                let mut all: Vec<usize> = (0..blocks)
                    .flat_map(|block| block_places(count, blocks, checks, block))
                    .collect();
                all.sort_unstable();
                assert!(
                    all.into_iter().eq(0..count),
                    "version {version} level {level}"
                );
            }
        }
    }
}

#[cfg(test)]
mod round_trips;
