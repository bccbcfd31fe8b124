//! Presentations in parts, UR 2 fountain codes: how long until the desk has the whole.

use std::collections::HashMap;
use std::time::Duration;

use hwagin_frames::{Code, Conditions, Ecc, RATE, Random, Sequence};
use hwagin_scanner::{Luma, Scanner};
use hwagin_training::animated::Parts;
use hwagin_verifier::transport::{Assembler, Taken};

use crate::figures::{figure, mean, quantile};
use crate::{Scale, batch};

const SEED: u64 = 5 << 32;

/// A presentation with a portrait, and one without.
const PAYLOADS: [usize; 2] = [4_096, 1_200];

/// Codes a second.
const RATES: [usize; 2] = [10, 15];

/// Per cent of the frames lost.
const LOSSES: [usize; 3] = [0, 10, 30];

/// Bytes a part that the tables are for; `choose` compares others.
const PART: usize = 200;

/// How long a holder is watched, in frames.
const PATIENCE: usize = 8 * RATE as usize;

/// Ways to lose frames that are tried on what was read of each run.
const TRIES: u64 = 40;

/// A presentation in parts, as it is played.
struct Film {
    codes: Vec<Code>,
    /// The parts that hold the presentation if none is lost.
    ideal: usize,
}

impl Film {
    fn new(payload: usize, part: usize, seed: u64) -> Self {
        // A body that says of itself that it is packed as it is.
        let mut body = Random::at(SEED, seed).bytes(payload);
        body[0] = 0;
        let parts = Parts::new(&body, part);
        let ideal = parts.needed();
        let codes = parts.take(ideal * 3 + 40).map(|text| {
            Code::new(text.as_bytes(), Ecc::L, None).expect("a part fits a symbol")
        });
        Self {
            codes: codes.collect(),
            ideal,
        }
    }
}

/// Which part each frame gave, if any.
type Record = Vec<Option<usize>>;

/// What the scanner reads of the film, frame by frame, until the parts suffice without loss and
/// for longer than as long again, so that there is something to lose.
fn watch(film: &Film, rate: usize, seed: u64) -> (Record, usize) {
    let index: HashMap<&[u8], usize> = film
        .codes
        .iter()
        .enumerate()
        .map(|(at, code)| (&code.truth[..], at))
        .collect();
    let mut sequence = player(film, rate, seed);
    let (width, height) = sequence.size();
    let (mut scanner, mut record, mut end, mut wrong) =
        (Scanner::new(), Record::new(), PATIENCE, 0);
    while record.len() < end
        && let Some(frame) = sequence.next()
    {
        let luma = Luma::new(width as u32, height as u32, &frame.luma).expect("a frame");
        let found = scanner.scan(&luma).symbols;
        let parts: Vec<_> = found
            .iter()
            .map(|symbol| index.get(&symbol.content[..]))
            .collect();
        wrong += parts.iter().filter(|part| part.is_none()).count();
        let part = parts.into_iter().flatten().copied().next();
        record.push(part);
        let is_whole = || assemble(film, &record, 0, 0).is_some();
        if end == PATIENCE && part.is_some() && is_whole() {
            end = (record.len() * 5 / 2 + 30).min(PATIENCE);
        }
    }
    (record, wrong)
}

/// The film under the conditions of the held sequences.
fn player(film: &Film, rate: usize, seed: u64) -> Sequence {
    let conditions: Conditions = Sequence::held(SEED | seed).conditions;
    Sequence::new(film.codes.clone(), rate as f32, conditions)
}

/// When the presentation was whole, in seconds from the first frame, and how many parts had come,
/// where that share of the frames is lost.
fn assemble(film: &Film, record: &Record, loss: usize, lost_by: u64) -> Option<(f64, usize)> {
    let mut random = Random::at(SEED ^ 0x1055, lost_by);
    let mut assembler = Assembler::new();
    // A fragment that is played again counts again: the holder had to show it.
    let (mut seen, mut last) = (0, None);
    for (number, part) in record.iter().enumerate() {
        let lost = random.below(100) < loss;
        let Some(part) = part.filter(|_| !lost) else {
            continue;
        };
        let symbol = &film.codes[part].truth;
        if last != Some(part) {
            seen += 1;
            last = Some(part);
        }
        let now = Duration::from_secs_f64(number as f64 / f64::from(RATE));
        // The sum over the whole message was right, or this is no presentation.
        if let Ok(Taken::Presentation(_)) = assembler.take(symbol, now) {
            return Some((now.as_secs_f64(), seen));
        }
    }
    None
}

/// What came of runs of one kind at one share of loss.
struct Result {
    seconds: Vec<f64>,
    over_ideal: Vec<f64>,
}

fn results(films: &[(Film, Record)], loss: usize) -> Result {
    let (mut seconds, mut over_ideal) = (Vec::new(), Vec::new());
    let tries = if loss == 0 { 1 } else { TRIES };
    for (film, record) in films {
        for lost_by in 0..tries {
            match assemble(film, record, loss, lost_by) {
                Some((when, parts)) => {
                    seconds.push(when);
                    over_ideal.push(parts as f64 / film.ideal as f64);
                }
                None => seconds.push(f64::INFINITY),
            }
        }
    }
    Result {
        seconds,
        over_ideal,
    }
}

/// A camera that reads every frame in which one code stands for the whole time, without pictures:
/// what the fountain and the rates alone make of it.
fn ideal_record(film: &Film, rate: usize, seed: u64) -> Record {
    let start = f64::from(Random::at(SEED ^ 0x1dea, seed).unit());
    let (exposure, read_out) = (0.011, 0.022);
    (0..PATIENCE)
        .map(|number| {
            let time = number as f64 / f64::from(RATE);
            let code = |time: f64| (time * rate as f64 + start).max(0.0) as usize;
            let (first, last) = (code(time - exposure), code(time + read_out));
            (first == last).then_some(first % film.codes.len())
        })
        .collect()
}

const HEAD: &str = "| presentation | bytes a part | version | codes a second | frames lost | median s | p95 s | parts over ideal, mean | p95 | not whole |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";

fn print(payload: usize, part: usize, rate: usize, films: &[(Film, Record)], key: &str) {
    let version = films.first().map_or(0, |(film, _)| film.codes[0].version());
    let mut figures = Vec::new();
    for loss in LOSSES {
        let result = results(films, loss);
        let (median, p95) = (
            quantile(&result.seconds, 0.5),
            quantile(&result.seconds, 0.95),
        );
        let (parts, most) = (mean(&result.over_ideal), quantile(&result.over_ideal, 0.95));
        let missing = result
            .seconds
            .iter()
            .filter(|time| time.is_infinite())
            .count();
        println!(
            "| {payload} | {part} | {version} | {rate} | {loss} % | {median:.2} | {p95:.2} | \
             {parts:.3} | {most:.3} | {missing} of {} |",
            result.seconds.len(),
        );
        let name = |what: &str| format!("{key}.{payload}.{rate}.{loss}.{what}");
        figures.push((name("median_s"), median));
        figures.push((name("p95_s"), p95));
        figures.push((name("parts"), parts));
    }
    for (name, value) in figures {
        figure(&name, value);
    }
}

pub(crate) fn run(scale: &Scale) {
    println!(
        "\n# Animated codes: UR 2 parts, level L, from the first part on\n\n\
         Frames are lost by chance after they were read: {TRIES} times for each run."
    );
    println!(
        "\nEvery frame read in which the code did not change (no pictures, 60 runs):\n\n{HEAD}"
    );
    for payload in PAYLOADS {
        for rate in RATES {
            let films: Vec<_> = (0..60)
                .map(|seed| {
                    let film = Film::new(payload, PART, seed);
                    let record = ideal_record(&film, rate, seed);
                    (film, record)
                })
                .collect();
            print(payload, PART, rate, &films, "fountain");
        }
    }
    println!(
        "\nOver the synthetic webcam, our scanner, {} runs:\n\n{HEAD}",
        scale.runs
    );
    let mut wrong = 0;
    for payload in PAYLOADS {
        for rate in RATES {
            let films = watched(payload, PART, rate, scale.runs, &mut wrong);
            print(payload, PART, rate, &films, "animated");
        }
    }
    figure("animated.wrong", wrong as f64);
}

fn watched(
    payload: usize,
    part: usize,
    rate: usize,
    runs: usize,
    wrong: &mut usize,
) -> Vec<(Film, Record)> {
    // Nothing is timed here but the frames' own clock, so the runs share the cores.
    let runs = batch::make(0, runs, |seed| {
        let film = Film::new(payload, part, seed as u64);
        let (record, wrong) = watch(&film, rate, seed as u64);
        (film, record, wrong)
    });
    *wrong += runs.iter().map(|(_, _, wrong)| wrong).sum::<usize>();
    runs.into_iter()
        .map(|(film, record, _)| (film, record))
        .collect()
}

/// Which part size and rate bring a presentation to the desk soonest.
pub(crate) fn choose(scale: &Scale) {
    println!(
        "\n# Part size and rate, over the synthetic webcam, {} runs each\n\n{HEAD}",
        scale.runs
    );
    let mut wrong = 0;
    for payload in PAYLOADS {
        for part in [100, 150, 200, 250, 300, 400] {
            for rate in [8, 10, 12, 15] {
                let films = watched(payload, part, rate, scale.runs, &mut wrong);
                print(payload, part, rate, &films, &format!("choose.{part}"));
            }
        }
    }
    figure("choose.wrong", wrong as f64);
}
