//! A scanner that runs all day holds no more in the evening than in the morning.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test stops at what it did not expect"
)]

use allocation_counter::{AllocationInfo, measure};
use hwagin_frames::{Code, Conditions, Ecc, Random, Sequence, Still, blank};
use hwagin_scanner::{Luma, Scanner};

/// Frames until every buffer has met the largest of its kind.
const WARM: usize = 20;

fn scan(scanner: &mut Scanner, width: usize, height: usize, luma: &[u8]) -> usize {
    let luma = Luma::new(width as u32, height as u32, luma).unwrap();
    scanner.scan(&luma).symbols.len()
}

#[test]
fn a_720p_frame_without_a_code_leaves_nothing_behind_and_takes_little_meanwhile() {
    let blanks: Vec<Still> = (0..5).map(blank).collect();
    let mut scanner = Scanner::new();
    let mut pass = |still: &Still| scan(&mut scanner, still.width, still.height, &still.luma);
    for still in blanks.iter().cycle().take(WARM * 2) {
        pass(still);
    }
    let mut counts = Vec::new();
    for still in blanks.iter().cycle().take(20) {
        let AllocationInfo {
            count_total,
            bytes_total,
            bytes_current,
            ..
        } = measure(|| {
            pass(still);
        });
        counts.push((count_total, bytes_total));
        assert_eq!(bytes_current, 0, "{counts:?}");
    }
    let most = |of: fn(&(u64, u64)) -> u64| counts.iter().map(of).max();
    let (times, bytes) = (most(|count| count.0), most(|count| count.1));
    println!("at most {times:?} allocations, {bytes:?} bytes; {counts:?}");
    // The frame itself is 900 kB. What is taken is for squares that turn out to be no symbol's.
    assert!(
        times < Some(20_000) && bytes < Some(4_000_000),
        "{counts:?}"
    );
}

#[test]
fn three_hundred_frames_leave_nothing_behind() {
    let code = |seed| Code::random(&mut Random::new(seed), 250, true, Ecc::L);
    let conditions = Conditions {
        blur: 0.7,
        cover: 0.7,
        ..Conditions::clean(5).sized(640, 480)
    };
    let codes: Vec<Code> = (0..5).map(code).collect();
    let shown: Vec<Vec<u8>> = Sequence::new(codes, 10.0, conditions)
        .take(15)
        .map(|frame| frame.luma)
        .collect();
    let empty = vec![90; 640 * 480];
    let mut scanner = Scanner::new();
    // Half a second of a phone that changes its code, then half a second of nothing: over again.
    let mut second = || {
        let mut read = 0;
        for luma in &shown {
            read += scan(&mut scanner, 640, 480, luma);
        }
        for _ in 0..15 {
            scan(&mut scanner, 640, 480, &empty);
        }
        read
    };
    for _ in 0..4 {
        assert!(second() > 10);
    }
    let info = measure(|| {
        for _ in 0..10 {
            assert!(second() > 10);
        }
    });
    println!("300 frames: {info:?}");
    assert_eq!(info.bytes_current, 0, "{info:?}");
    assert!(info.bytes_max < 4_000_000, "{info:?}");
}
