//! The few letters that a training phone writes, five by seven dots each.

/// The word on every training phone.
const WORD: [[u8; 7]; 8] = [T, R, A, I, N, I, N, G];

const T: [u8; 7] = [
    0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100,
];
const R: [u8; 7] = [
    0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001,
];
const A: [u8; 7] = [
    0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001,
];
const I: [u8; 7] = [
    0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110,
];
const N: [u8; 7] = [
    0b10001, 0b11001, 0b10101, 0b10101, 0b10011, 0b10001, 0b10001,
];
const G: [u8; 7] = [
    0b01110, 0b10001, 0b10000, 0b10111, 0b10001, 0b10001, 0b01110,
];

/// Dots across the word, gaps between its letters included.
pub(super) const WIDTH: f64 = 8.0 * 6.0 - 1.0;
/// Dots from top to bottom.
pub(super) const HEIGHT: f64 = 7.0;

/// Is there ink at `x` dots from the left and `y` from the top?
pub(super) fn ink(x: f64, y: f64) -> bool {
    if !(0.0..WIDTH).contains(&x) || !(0.0..HEIGHT).contains(&y) {
        return false;
    }
    let (column, row) = (x as usize, y as usize);
    let letter = WORD.get(column / 6).and_then(|letter| letter.get(row));
    letter.is_some_and(|row| column % 6 < 5 && row >> (4 - column % 6) & 1 == 1)
}
