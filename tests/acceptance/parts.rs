//! How many parts of an animated code it takes, where some are lost.

use hwagin_training::animated::{PART_BYTES, Parts};
use hwagin_verifier::transport::{Assembler, Taken};
use std::time::Duration;

/// Numbers that are as good as random, the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % count
    }
}

/// Parts seen on average until the presentation is whole, by the hundred of fragments.
fn seen_per_hundred(body: usize, lost: u64, from_anywhere: bool) -> u64 {
    const TIMES: u64 = 150;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ lost);
    let (mut seen, mut fragments) = (0, 0);
    for _ in 0..TIMES {
        let mut bytes: Vec<u8> = (0..body).map(|_| dice.below(256) as u8).collect();
        bytes[0] = 0;
        let parts = Parts::new(&bytes, PART_BYTES);
        let needed = parts.needed() as u64;
        fragments += needed;
        let first = if from_anywhere {
            dice.below(9 * needed)
        } else {
            0
        };
        let mut assembler = Assembler::new();
        for part in parts.skip(usize::try_from(first).unwrap()) {
            if dice.below(100) < lost {
                continue;
            }
            seen += 1;
            match assembler.take(part.as_bytes(), Duration::ZERO) {
                Ok(Taken::Part) => {}
                Ok(Taken::Presentation(_)) => break,
                _ => panic!("a sound part was not taken"),
            }
        }
    }
    seen * 100 / fragments
}

#[test]
fn few_more_parts_than_fragments_are_needed() {
    let mut said = String::new();
    let mut short = Vec::new();
    for body in [1_240, 2_700, 4_600] {
        for (lost, from_anywhere, bound) in [
            (0, false, 100),
            (10, false, 115),
            (30, false, 125),
            (0, true, 125),
            (10, true, 125),
        ] {
            let seen = seen_per_hundred(body, lost, from_anywhere);
            let line =
                format!("{body} bytes, {lost} % lost, from anywhere {from_anywhere}: {seen} %");
            said += &format!("{line}\n");
            if seen > bound {
                short.push(line);
            }
        }
    }
    println!("{said}");
    assert!(short.is_empty(), "{short:?}");
}
