//! Frames one after the other: how soon a held symbol is read.

use hwagin_frames::{RATE, Sequence};

use crate::figures::{figure, ms, percent, quantile};
use crate::readers::{self, Picture, Reader};
use crate::{Scale, batch};

const SEED: u64 = 4 << 32;

/// Three seconds.
const FRAMES: usize = 3 * RATE as usize;

/// Frames made before the readers see them.
const PORTION: usize = 6;

/// A reader and when it read the symbol of the sequence, in seconds from its first frame.
struct Runner {
    reader: Reader,
    /// When it is done with the last frame that it took, in seconds.
    free: f64,
    /// It takes the newest frame when it is free, as the desk does; else every frame.
    drops: bool,
    read: Option<f64>,
    wrong: bool,
}

impl Runner {
    fn new(reader: Reader, drops: bool) -> Self {
        Self {
            reader,
            free: 0.0,
            drops,
            read: None,
            wrong: false,
        }
    }

    fn see(&mut self, number: usize, picture: Picture<'_>, truth: &[u8]) {
        let arrives = number as f64 / f64::from(RATE);
        // Still busy when the next frame comes: this one is replaced in the slot.
        let replaced = self.free >= arrives + 1.0 / f64::from(RATE);
        if self.read.is_some() || (self.drops && replaced) {
            return;
        }
        let reading = self.reader.read(picture);
        let done = self.free.max(arrives) + ms(reading.took) / 1e3;
        if self.drops {
            self.free = done;
        }
        if reading.contents.iter().any(|content| content == truth) {
            self.read = Some(if self.drops { done } else { arrives });
        } else if !reading.contents.is_empty() {
            self.wrong = true;
        }
    }
}

fn runners() -> Vec<Runner> {
    vec![
        Runner::new(readers::ours_stream(), true),
        Runner::new(readers::zxing_cpp(), false),
        Runner::new(readers::rxing(), false),
        Runner::new(readers::quircs(), false),
    ]
}

/// What became of one sequence: the bytes of its symbol, and each reader's moment.
struct Outcome {
    bytes: usize,
    pixels_a_module: f64,
    read: Vec<Option<f64>>,
    wrong: Vec<bool>,
}

/// A sequence that is being played.
struct Playing {
    sequence: Sequence,
    runners: Vec<Runner>,
}

impl Playing {
    fn is_over(&self) -> bool {
        self.runners.iter().all(|runner| runner.read.is_some())
    }

    fn outcome(&self) -> Outcome {
        let code = &self.sequence.codes[0];
        let height = f64::from(self.sequence.conditions.cover) * self.sequence.size().1 as f64;
        Outcome {
            bytes: code.truth.len(),
            pixels_a_module: height / code.modules as f64,
            read: self.runners.iter().map(|runner| runner.read).collect(),
            wrong: self.runners.iter().map(|runner| runner.wrong).collect(),
        }
    }
}

/// Plays these sequences side by side: their frames are made on all cores, then read on one.
fn play(seeds: std::ops::Range<u64>) -> Vec<Outcome> {
    let mut group: Vec<Playing> = seeds
        .map(|seed| Playing {
            sequence: Sequence::held(seed),
            runners: runners(),
        })
        .collect();
    for _ in 0..FRAMES / PORTION {
        let open: Vec<&mut Playing> = group
            .iter_mut()
            .filter(|playing| !playing.is_over())
            .collect();
        let (sequences, mut readers): (Vec<_>, Vec<_>) = open
            .into_iter()
            .map(|playing| (&mut playing.sequence, &mut playing.runners))
            .unzip();
        let portions = batch::frames_of(sequences, PORTION);
        for (portion, runners) in portions.iter().zip(&mut readers) {
            for frame in &portion.frames {
                let picture = Picture {
                    width: portion.width,
                    height: portion.height,
                    luma: &frame.luma,
                };
                for runner in runners.iter_mut() {
                    runner.see(frame.number, picture, &portion.truth);
                }
            }
        }
    }
    group.iter().map(Playing::outcome).collect()
}

fn print(what: &str, key: &str, outcomes: &[&Outcome]) {
    println!("\n{what}: {} sequences\n", outcomes.len());
    println!("| reader | read in 1 s, % | in 3 s, % | median s | p95 s | wrong |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let mut figures = Vec::new();
    for (at, runner) in runners().iter().enumerate() {
        let moments: Vec<f64> = outcomes
            .iter()
            .filter_map(|outcome| outcome.read[at])
            .collect();
        let within = |limit: f64| {
            let count = moments.iter().filter(|moment| **moment <= limit).count();
            percent(count, outcomes.len())
        };
        let all: Vec<f64> = outcomes
            .iter()
            .map(|outcome| outcome.read[at].unwrap_or(f64::INFINITY))
            .collect();
        let wrong = outcomes.iter().filter(|outcome| outcome.wrong[at]).count();
        println!(
            "| {} | {:.1} | {:.1} | {:.2} | {:.2} | {wrong} |",
            runner.reader.name,
            within(1.0),
            within(3.0),
            quantile(&all, 0.5),
            quantile(&all, 0.95),
        );
        figures.push((runner.reader.key, within(1.0), within(3.0), wrong));
    }
    println!();
    figure(&format!("sequences.{key}.count"), outcomes.len() as f64);
    for (reader, one, three, wrong) in figures {
        figure(&format!("sequences.{key}.{reader}.1s"), one);
        figure(&format!("sequences.{key}.{reader}.3s"), three);
        figure(&format!("sequences.{key}.{reader}.wrong"), wrong as f64);
    }
}

pub(crate) fn run(scale: &Scale) {
    println!(
        "\n# Sequences at 30 frames a second: a hand that moves, blur 1–2 px, 800–2,900 bytes\n\n\
         Ours takes the newest frame whenever it is done with the last, by its CPU time; the \
         others see every frame and take no time. rqrr is left out: too slow for video."
    );
    let mut outcomes = Vec::new();
    for from in (0..scale.sequences as u64).step_by(4) {
        let to = (from + 4).min(scale.sequences as u64);
        outcomes.extend(play(SEED | from..SEED | to));
    }
    let all: Vec<&Outcome> = outcomes.iter().collect();
    print("All", "all", &all);
    let (small, large): (Vec<&Outcome>, Vec<_>) =
        all.iter().partition(|outcome| outcome.bytes < 1_600);
    print("800 to 1,599 bytes", "small", &small);
    print("1,600 to 2,900 bytes", "large", &large);
    let (coarse, fine): (Vec<&Outcome>, Vec<_>) = all
        .iter()
        .partition(|outcome| outcome.pixels_a_module >= 4.0);
    print("At least 4 pixels a module", "coarse", &coarse);
    print("Under 4 pixels a module", "fine", &fine);
}
