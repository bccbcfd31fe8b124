//! Reed–Solomon over GF(256) with the generator of ISO/IEC 18004 (roots from α⁰, 0x11d), errors
//! and erasures.

/// The longest block: 255 codewords. Those of symbols have at most 153.
const MAX_BLOCK: usize = 255;

/// The most error correction codewords of a block, and one more for a polynomial of that degree.
const TERMS: usize = 32;

const TABLES: ([u8; 512], [u8; 256]) = tables();

#[expect(
    clippy::indexing_slicing,
    reason = "worked out by the compiler, which would stop at a wrong index"
)]
const fn tables() -> ([u8; 512], [u8; 256]) {
    let mut powers = [0; 512];
    let mut logarithms = [0; 256];
    let mut value: u16 = 1;
    let mut at = 0;
    while at < 255 {
        powers[at] = value as u8;
        powers[at + 255] = value as u8;
        logarithms[value as usize] = at as u8;
        value <<= 1;
        if value > 255 {
            value ^= 0x11d;
        }
        at += 1;
    }
    (powers, logarithms)
}

/// α to this power, below 512.
#[inline]
fn power(of: usize) -> u8 {
    TABLES.0.get(of).copied().unwrap_or(0)
}

#[inline]
fn logarithm(of: u8) -> usize {
    usize::from(TABLES.1.get(usize::from(of)).copied().unwrap_or(0))
}

#[inline]
fn times(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 {
        0
    } else {
        power(logarithm(a) + logarithm(b))
    }
}

/// Nothing divides by zero: callers look first.
fn over(a: u8, b: u8) -> u8 {
    if a == 0 {
        0
    } else {
        power(logarithm(a) + 255 - logarithm(b))
    }
}

/// A polynomial, the constant first.
type Polynomial = [u8; TERMS];

fn coefficient(of: &Polynomial, at: usize) -> u8 {
    of.get(at).copied().unwrap_or(0)
}

/// The value at α to this power.
fn value(of: &[u8], at: usize) -> u8 {
    of.iter().rev().fold(0, |sum, &term| {
        if sum == 0 {
            term
        } else {
            power((logarithm(sum) + at) % 255) ^ term
        }
    })
}

/// Corrects a block whose last `checks` codewords are error correction, the codewords at `erased`
/// taken as unknown, and gives how many others were wrong. `None`, and the block as it was, where
/// that cannot be.
pub(crate) fn correct(block: &mut [u8], checks: usize, erased: &[usize]) -> Option<usize> {
    if block.len() > MAX_BLOCK || checks >= TERMS || checks >= block.len() || erased.len() > checks
    {
        return None;
    }
    let mut syndromes = [0; TERMS];
    if !fill_syndromes(block, checks, &mut syndromes) {
        return Some(0);
    }
    let (locator, degree) = locate(&syndromes, checks, block.len(), erased);
    if degree < erased.len() || 2 * degree > checks + erased.len() {
        return None;
    }
    let mut evaluator = [0; TERMS];
    for (at, sum) in evaluator.iter_mut().enumerate().take(checks) {
        *sum = (0..=at).fold(0, |sum, from| {
            sum ^ times(
                coefficient(&syndromes, from),
                coefficient(&locator, at - from),
            )
        });
    }
    // The derivative keeps the odd powers.
    let mut slope = [0; TERMS];
    for (at, term) in slope.iter_mut().enumerate().step_by(2) {
        *term = coefficient(&locator, at + 1);
    }
    let mut mended = [(0, 0); TERMS];
    let mut roots = 0;
    for place in 0..block.len() {
        let exponent = block.len() - 1 - place;
        let inverse = (255 - exponent) % 255;
        if value(&locator, inverse) != 0 {
            continue;
        }
        let below = value(&slope, inverse);
        let change = over(
            value(&evaluator, inverse),
            if below == 0 { return None } else { below },
        );
        *mended.get_mut(roots)? = (place, times(power(exponent), change));
        roots += 1;
    }
    if roots != degree {
        return None;
    }
    let apply = |block: &mut [u8]| {
        for &(place, change) in mended.iter().take(roots) {
            if let Some(codeword) = block.get_mut(place) {
                *codeword ^= change;
            }
        }
    };
    apply(block);
    if fill_syndromes(block, checks, &mut syndromes) {
        apply(block);
        return None;
    }
    Some(degree - erased.len())
}

/// Whether any is not zero.
fn fill_syndromes(block: &[u8], checks: usize, into: &mut Polynomial) -> bool {
    for (at, syndrome) in into.iter_mut().enumerate().take(checks) {
        *syndrome = block.iter().fold(0, |sum, &codeword| {
            if sum == 0 {
                codeword
            } else {
                power((logarithm(sum) + at) % 255) ^ codeword
            }
        });
    }
    into.iter().take(checks).any(|&syndrome| syndrome != 0)
}

/// The polynomial whose roots are where the errors and erasures are, and its degree (Berlekamp and
/// Massey, begun with the erasures).
fn locate(
    syndromes: &Polynomial,
    checks: usize,
    length: usize,
    erased: &[usize],
) -> (Polynomial, usize) {
    let mut locator: Polynomial = [0; TERMS];
    if let Some(first) = locator.first_mut() {
        *first = 1;
    }
    for &place in erased {
        let root = power(length.saturating_sub(1 + place) % 255);
        let before = locator;
        for (term, &lower) in locator.iter_mut().skip(1).zip(&before) {
            *term ^= times(root, lower);
        }
    }
    let mut last = locator;
    let mut degree = erased.len();
    for step in erased.len()..checks {
        let gap = (0..=degree.min(step)).fold(0, |sum, at| {
            sum ^ times(coefficient(&locator, at), coefficient(syndromes, step - at))
        });
        let mut shifted = [0; TERMS];
        for (to, &from) in shifted.iter_mut().skip(1).zip(&last) {
            *to = from;
        }
        if gap == 0 {
            last = shifted;
            continue;
        }
        let before = locator;
        for (term, &from) in locator.iter_mut().zip(&shifted) {
            *term ^= times(gap, from);
        }
        if 2 * degree <= step + erased.len() {
            degree = step + 1 + erased.len() - degree;
            last = before.map(|term| over(term, gap));
        } else {
            last = shifted;
        }
    }
    (locator, degree)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of zeros is valid; what is added is the error.
    fn damaged(length: usize, places: &[usize]) -> Vec<u8> {
        let mut block = vec![0; length];
        for (at, &place) in places.iter().enumerate() {
            block[place] = 17 + at as u8 * 3;
        }
        block
    }

    #[test]
    fn corrects_as_many_errors_as_half_the_checks() {
        let mut block = damaged(70, &[0, 3, 14, 15, 40, 69, 22, 31, 50, 51]);
        assert_eq!(correct(&mut block, 20, &[]), Some(10));
        assert_eq!(block, [0; 70]);
    }

    #[test]
    fn corrects_as_many_erasures_as_there_are_checks() {
        let places: Vec<usize> = (3..23).collect();
        let mut block = damaged(70, &places);
        assert_eq!(correct(&mut block, 20, &places), Some(0));
        assert_eq!(block, [0; 70]);
    }

    #[test]
    fn corrects_errors_beside_erasures() {
        let mut block = damaged(134, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 40, 50, 60, 70, 80]);
        assert_eq!(
            correct(&mut block, 20, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
            Some(5)
        );
        assert_eq!(block, [0; 134]);
    }

    #[test]
    fn an_erased_codeword_may_be_right() {
        let mut block = damaged(30, &[5, 20]);
        assert_eq!(correct(&mut block, 10, &[1, 2, 3, 5]), Some(1));
        assert_eq!(block, [0; 30]);
    }

    #[test]
    fn a_block_beyond_help_stays_as_it_was() {
        let mut block = damaged(60, &[1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 41]);
        let before = block.clone();
        assert_eq!(correct(&mut block, 18, &[]), None);
        assert_eq!(block, before);
    }
}
