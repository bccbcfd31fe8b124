//! What a 720p frame of a stream costs.

use hwagin_frames::{Sequence, blank};

use crate::figures::{figure, mean, ms, quantile};
use crate::readers::{self, Picture, Reader};
use crate::{Scale, batch};

/// Frames taken of each sequence.
const FRAMES: usize = 20;

/// The seed's upper half: other frames than those of the other sections.
const SEED: u64 = 3 << 32;

struct Cost {
    reader: Reader,
    times: Vec<f64>,
}

impl Cost {
    fn of(reader: Reader) -> Self {
        Self {
            reader,
            times: Vec::new(),
        }
    }

    fn add(&mut self, picture: Picture<'_>) {
        self.times.push(ms(self.reader.read(picture).took));
    }
}

/// Ours and the others in turn.
fn both(costs: &mut [Cost], turn: usize, picture: Picture<'_>) {
    let first = turn % costs.len();
    let (later, sooner) = costs.split_at_mut(first);
    for cost in sooner.iter_mut().chain(later) {
        cost.add(picture);
    }
}

fn peers() -> Vec<Cost> {
    let readers = [readers::zxing_cpp(), readers::rxing(), readers::quircs()];
    readers.into_iter().map(Cost::of).collect()
}

fn print(what: &str, key: &str, costs: &[Cost]) {
    println!("\n{what}: {} frames\n", costs[0].times.len());
    println!("| reader | mean ms | median | p95 | largest |\n| --- | --- | --- | --- | --- |");
    for Cost { reader, times } in costs {
        println!(
            "| {} | {:.2} | {:.2} | {:.2} | {:.2} |",
            reader.name,
            mean(times),
            quantile(times, 0.5),
            quantile(times, 0.95),
            quantile(times, 1.0),
        );
    }
    let (ours, theirs) = (&costs[0].times, &costs[1].times);
    let ratio = mean(ours) / mean(theirs);
    let p95 = quantile(ours, 0.95) / quantile(theirs, 0.95);
    println!("\nours over zxing-cpp: mean {ratio:.2}, p95 {p95:.2}\n");
    figure(&format!("cpu.{key}.mean_ratio"), ratio);
    figure(&format!("cpu.{key}.p95_ratio"), p95);
    for Cost { reader, times } in costs {
        figure(&format!("cpu.{key}.{}.mean_ms", reader.key), mean(times));
        figure(
            &format!("cpu.{key}.{}.p95_ms", reader.key),
            quantile(times, 0.95),
        );
    }
}

pub(crate) fn run(scale: &Scale) {
    println!("\n# CPU time of a 720p frame of a stream, one scanner kept over the frames");
    let mut costs = vec![Cost::of(readers::ours_stream())];
    costs.extend(peers());
    batch::in_portions(
        scale.blanks,
        64,
        |index| blank(SEED | index as u64),
        |index, still| {
            let picture = Picture {
                width: still.width,
                height: still.height,
                luma: &still.luma,
            };
            both(&mut costs, index, picture);
        },
    );
    print("Without a code, every frame another scene", "blank", &costs);

    let mut costs = vec![Cost::of(readers::ours_stream())];
    costs.extend(peers());
    let frames = |index| {
        let sequence = Sequence::held(SEED | index as u64);
        let (width, height) = sequence.size();
        let frames: Vec<_> = sequence.take(FRAMES).collect();
        (width, height, frames)
    };
    batch::in_portions(scale.streams, 4, frames, |_, (width, height, frames)| {
        // A new scanner for a new holder.
        costs[0].reader = readers::ours_stream();
        for (number, frame) in frames.iter().enumerate() {
            let picture = Picture {
                width,
                height,
                luma: &frame.luma,
            };
            both(&mut costs, number, picture);
        }
    });
    print("With a code, held by a hand, read or not", "code", &costs);
}
