//! Makes many frames at once on all cores, so that they are there before anything is timed.

use hwagin_frames::{Frame, Sequence};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// `make(from)` to `make(to - 1)`, in order.
pub(crate) fn make<T: Send>(from: usize, to: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(from);
    let made = Mutex::new(Vec::new());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= to {
                        return;
                    }
                    let one = make(index);
                    made.lock().unwrap().push((index, one));
                }
            });
        }
    });
    let mut made = made.into_inner().unwrap();
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, one)| one).collect()
}

/// The same in portions that fit into memory, each handed on before the next is made.
pub(crate) fn in_portions<T: Send>(
    count: usize,
    portion: usize,
    make_one: impl Fn(usize) -> T + Sync,
    mut with: impl FnMut(usize, T),
) {
    for from in (0..count).step_by(portion) {
        let made = make(from, (from + portion).min(count), &make_one);
        for (index, one) in made.into_iter().enumerate() {
            with(from + index, one);
        }
    }
}

/// The next frames of a sequence.
pub(crate) struct Portion {
    pub(crate) frames: Vec<Frame>,
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// What its first symbol holds.
    pub(crate) truth: Vec<u8>,
}

/// The next frames of each sequence, in the order of the sequences.
pub(crate) fn frames_of(sequences: Vec<&mut Sequence>, count: usize) -> Vec<Portion> {
    let last = sequences.len();
    let sequences: Vec<_> = sequences.into_iter().map(Mutex::new).collect();
    make(0, last, |at| {
        let mut sequence = sequences[at].lock().unwrap();
        let (width, height) = sequence.size();
        Portion {
            frames: sequence.by_ref().take(count).collect(),
            width,
            height,
            truth: sequence.codes[0].truth.clone(),
        }
    })
}
