//! The share of each set that each reader reads.

use hwagin_frames::{GRID, Set, still};

use crate::figures::{figure, mean, ms, percent, quantile};
use crate::pictures::{Known, Truth, hcert, photographs};
use crate::readers::{self, Picture, RQRR_NOTE, Reader};
use crate::{Scale, batch};

/// What a reader did with a set.
struct Row {
    reader: Reader,
    read: usize,
    wrong: usize,
    panics: usize,
    times: Vec<f64>,
}

/// A set being read.
struct Table {
    name: &'static str,
    rows: Vec<Row>,
    pictures: usize,
}

impl Table {
    fn new(name: &'static str) -> Self {
        let readers = [
            readers::ours_still(),
            readers::ours_first(),
            readers::zxing_cpp(),
            readers::rxing(),
            readers::quircs(),
            readers::rqrr(),
        ];
        let row = |reader| Row {
            reader,
            read: 0,
            wrong: 0,
            panics: 0,
            times: Vec::new(),
        };
        Self {
            name,
            rows: readers.map(row).into(),
            pictures: 0,
        }
    }

    /// Every reader reads the picture, another one first each time.
    fn read(&mut self, picture: Picture<'_>, truth: &Truth) {
        let first = self.pictures % self.rows.len();
        self.pictures += 1;
        let (later, sooner) = self.rows.split_at_mut(first);
        for row in sooner.iter_mut().chain(later) {
            let reading = row.reader.read(picture);
            let right = reading.contents.iter().any(|content| truth.is(content));
            row.read += usize::from(right);
            row.wrong += usize::from(!right && !reading.contents.is_empty());
            row.panics += usize::from(reading.panicked);
            row.times.push(ms(reading.took));
        }
    }

    fn print(&self) {
        println!("\n{}: {} pictures\n", self.name, self.pictures);
        println!("| reader | read, % | wrong | panics | mean ms | p95 ms |");
        println!("| --- | --- | --- | --- | --- | --- |");
        for row in &self.rows {
            let (mean, p95) = (mean(&row.times), quantile(&row.times, 0.95));
            println!(
                "| {} | {:.1} | {} | {} | {mean:.1} | {p95:.1} |",
                row.reader.name,
                percent(row.read, self.pictures),
                row.wrong,
                row.panics,
            );
        }
        println!();
        for row in &self.rows {
            let name = |what: &str| format!("{what}.{}.{}", self.name, row.reader.key);
            figure(&name("read"), percent(row.read, self.pictures));
            figure(&name("wrong"), row.wrong as f64);
            figure(&name("mean_ms"), mean(&row.times));
            figure(&name("p95_ms"), quantile(&row.times, 0.95));
        }
    }
}

fn known(name: &'static str, pictures: &[Known]) {
    if pictures.is_empty() {
        println!("\n{name}: not there, see HWAGIN_VECTORS");
        return;
    }
    let mut table = Table::new(name);
    for known in pictures {
        let picture = Picture {
            width: known.luma.width() as usize,
            height: known.luma.height() as usize,
            luma: known.luma.as_raw(),
        };
        table.read(picture, &known.truth);
    }
    table.print();
}

fn generated(name: &'static str, set: Set, seed: u64, count: usize) {
    let mut table = Table::new(name);
    batch::in_portions(
        count,
        64,
        |index| still(set, seed, index),
        |_, still| {
            let picture = Picture {
                width: still.width,
                height: still.height,
                luma: &still.luma,
            };
            table.read(picture, &Truth::Bytes(still.truth));
        },
    );
    table.print();
}

pub(crate) fn run(scale: &Scale) {
    println!("# Share read, one picture at a time\n\n{RQRR_NOTE}.");
    known("zxing", &photographs("zxing"));
    known("jsqr", &photographs("jsqr"));
    known("hcert", &hcert());
    println!("\nThe grid has {GRID} frames; {} of them:", scale.grid);
    generated("grid", Set::Grid, 2, scale.grid);
    generated("webcam", Set::Webcam, 2, scale.webcam);
}
