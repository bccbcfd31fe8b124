//! The only place that calls rxing, and where its panics and its appetite end.
//!
//! rxing is split here into its steps (binarise, find finder patterns, combine three, sample,
//! decode) instead of being called through its readers, for three reasons: the decoder's bytes
//! are taken before any guess at a character set; several symbols in one frame are read; and each
//! step is bounded, where the whole grows with the square of the candidates and more. rxing's
//! second QR detector is left out: it reads one more in 137 public pictures, and its time grows
//! with the cube of the candidates.

use rxing::common::cpp_essentials::{GetPatternRowTP, PatternRow};
use rxing::common::{BitMatrix, DetectorRXingResult, HybridBinarizer};
use rxing::qrcode::cpp_port::detector;
use rxing::{Binarizer, Luma8Source};

use super::bits::{contained, decoded};
use crate::{Luma, Point, Symbol};

/// Places in scanned rows that might cross a finder pattern, above which a picture is not searched
/// at this size. The search compares each with all found so far; a third of the size is still
/// tried.
const MAX_CROSSINGS: usize = 12_000;

/// Finder patterns that are combined, largest first; each makes up to 105 triples.
const MAX_PATTERNS: usize = 256;

/// Triples that are sampled and decoded.
const MAX_TRIPLES: usize = 512;

/// Symbols returned from one picture. A desk needs one.
const MAX_SYMBOLS: usize = 8;

/// Every `ROW_STEP`th row is searched: no finder pattern's middle is less than three pixels high.
const ROW_STEP: u32 = 3;

/// The symbols in the picture as it is. Never panics: rxing indexes and asserts on what it finds
/// in a picture, and a picture is a stranger's, so a panic of it means "nothing read here".
pub(crate) fn read(picture: &Luma<'_>) -> Vec<Symbol> {
    contained(|| Some(attempt(picture))).unwrap_or_default()
}

fn attempt(picture: &Luma<'_>) -> Vec<Symbol> {
    let Ok(source) =
        Luma8Source::new_with_slice(picture.pixels(), picture.width(), picture.height())
    else {
        return Vec::new();
    };
    let binarizer = HybridBinarizer::new(source);
    match binarizer.get_black_matrix() {
        Ok(matrix) => symbols(matrix),
        Err(_) => Vec::new(),
    }
}

fn symbols(matrix: &BitMatrix) -> Vec<Symbol> {
    let mut found = Vec::new();
    if crossings(matrix) > MAX_CROSSINGS {
        return found;
    }
    let mut patterns = detector::FindFinderPatterns(matrix, true, 0);
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.size));
    patterns.truncate(MAX_PATTERNS);
    let mut used = Vec::new();
    for triple in detector::GenerateFinderPatternSets(&mut patterns)
        .iter()
        .take(MAX_TRIPLES)
    {
        let three = [triple.bl, triple.tl, triple.tr];
        if three.iter().any(|pattern| used.contains(pattern)) {
            continue;
        }
        let Some(symbol) = detector::SampleQR(matrix, triple).ok().and_then(|sample| {
            let content = decoded(sample.getBits())?;
            Some(Symbol {
                content,
                corners: corners(sample.getPoints())?,
            })
        }) else {
            continue;
        };
        used.extend(three);
        found.push(symbol);
        if found.len() == MAX_SYMBOLS {
            break;
        }
    }
    found
}

/// rxing's order is top left, top right, bottom left, bottom right, and half a pixel off.
fn corners(points: &[rxing::Point]) -> Option<[Point; 4]> {
    let &[tl, tr, bl, br] = points else {
        return None;
    };
    Some([tl, tr, br, bl].map(|point| Point {
        x: point.x - 0.5,
        y: point.y - 0.5,
    }))
}

/// How often the searched rows show dark, light, dark, light, dark with a middle at least as wide
/// as each of its neighbours and at least three pixels: what the search for finder patterns looks
/// at more closely.
fn crossings(matrix: &BitMatrix) -> usize {
    let mut row = PatternRow::default();
    let mut count = 0;
    for y in (ROW_STEP - 1..matrix.height()).step_by(3) {
        GetPatternRowTP(matrix, y, &mut row, false);
        let runs: Vec<u16> = std::mem::take(&mut row).into_iter().collect();
        // Runs alternate from light; windows that start at an odd place start dark.
        count += runs
            .windows(5)
            .skip(1)
            .step_by(2)
            .filter(|five| matches!(five, &&[a, b, c, d, e] if c >= 3 && c >= 2 * a.max(e) && c >= b.max(d)))
            .count();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_finder_patterns_is_counted() {
        let side = 256;
        let mut matrix = BitMatrix::new(side, side).unwrap();
        for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
            let ring = (x % 8).abs_diff(3).max((y % 8).abs_diff(3));
            if ring != 2 && ring != 4 {
                matrix.set(x, y);
            }
        }
        // 85 rows are searched; three of eight cross the middles, 32 of them each.
        let rows = (2..side)
            .step_by(3)
            .filter(|y| (2..=4).contains(&(y % 8)))
            .count();
        assert_eq!(crossings(&matrix), rows * 32);
    }
}
