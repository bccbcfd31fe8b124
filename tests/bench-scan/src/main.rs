//! What our scanner reads, and what it costs, beside four other QR readers.
//!
//! `hwagin-bench-scan [--quick] [SECTION…]`, sections `shares cpu sequences animated choose`; without
//! one, all but the last. Public pictures are looked for in the folder `HWAGIN_VECTORS` names,
//! else in `../shared/vectors` beside the workspace.
//!
//! Time is the CPU time of this process, all its threads; nothing else runs in it meanwhile. The
//! readers take turns picture by picture, a different one first each time, so that what slows the
//! machine down slows all. Beside tables it prints lines `figure NAME VALUE`.

mod animated;
mod apart;
mod batch;
mod cpu;
mod figures;
mod pictures;
mod readers;
mod sequences;
mod shares;

/// How much is measured.
#[derive(Clone, Copy)]
struct Scale {
    grid: usize,
    webcam: usize,
    blanks: usize,
    streams: usize,
    sequences: usize,
    runs: usize,
}

const FULL: Scale = Scale {
    grid: hwagin_frames::GRID,
    webcam: 400,
    blanks: 200,
    streams: 20,
    sequences: 40,
    runs: 6,
};

const QUICK: Scale = Scale {
    grid: 96,
    webcam: 48,
    blanks: 40,
    streams: 4,
    sequences: 8,
    runs: 2,
};

const SECTIONS: [(&str, fn(&Scale)); 5] = [
    ("shares", shares::run),
    ("cpu", cpu::run),
    ("sequences", sequences::run),
    ("animated", animated::run),
    ("choose", animated::choose),
];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word == apart::WORD) {
        return apart::work();
    }
    let scale = if words.iter().any(|word| word == "--quick") {
        QUICK
    } else {
        FULL
    };
    let asked: Vec<&String> = words
        .iter()
        .filter(|word| !word.starts_with("--"))
        .collect();
    for word in &asked {
        if !SECTIONS.iter().any(|(name, _)| name == word) {
            eprintln!("no section `{word}`");
            std::process::exit(2);
        }
    }
    readers::silence_panics();
    for (name, run) in SECTIONS {
        let usual = asked.is_empty() && name != "choose";
        if usual || asked.iter().any(|word| *word == name) {
            run(&scale);
        }
    }
}
