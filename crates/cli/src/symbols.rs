//! `hwagin symbols`.

use std::ffi::OsString;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use hwagin_desk::scan_still;
use hwagin_desk::view::HintCode;
use hwagin_scanner::Symbol;
use lexopt::{Arg, Parser};
use serde_json::{Value, json};

use crate::failure::{Failure, USAGE};
use crate::out::Out;
use crate::{help, input};

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let (mut files, mut json): (Vec<OsString>, bool) = (Vec::new(), false);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("json") => json = true,
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::SYMBOLS);
                return Ok(0);
            }
            Arg::Value(file) => files.push(file),
            other => return Err(other.unexpected().into()),
        }
    }
    if files.is_empty() {
        return Err(Failure::usage("symbols: no file"));
    }
    let mut code = 0;
    for file in &files {
        let name = file.to_string_lossy();
        let bytes = match input::file(Path::new(file)) {
            Ok(bytes) => bytes,
            Err(failure) => {
                out.error(failure.code, &failure.what);
                code = USAGE;
                continue;
            }
        };
        let start = CpuTime::now();
        let found = scan_still(&bytes);
        let milliseconds = start.milliseconds();
        if found.is_err() {
            code = code.max(2);
        }
        if json {
            out.line(object(&name, &found, milliseconds).to_string());
        } else {
            print(&name, &found, milliseconds, out);
        }
    }
    Ok(code)
}

fn object(name: &str, found: &Result<Vec<Symbol>, HintCode>, milliseconds: f64) -> Value {
    let symbols = found
        .iter()
        .flatten()
        .map(|symbol| json!({ "bytes": hex(&symbol.content), "corners": corners(symbol) }));
    json!({
        "file": name,
        "cpu_ms": milliseconds,
        "error": found.as_ref().err(),
        "symbols": symbols.collect::<Vec<_>>(),
    })
}

fn print(name: &str, found: &Result<Vec<Symbol>, HintCode>, milliseconds: f64, out: &mut Out) {
    match found {
        Err(hint) => out.line(format!("{name}: {}", hint.code())),
        Ok(symbols) => {
            let count = symbols.len();
            out.line(format!("{name}: {count} found in {milliseconds:.1} ms"));
            for symbol in symbols {
                let corners = corners(symbol).map(|[x, y]| format!("{x:.1},{y:.1}"));
                out.line(format!("  {} {}", corners.join(" "), hex(&symbol.content)));
            }
        }
    }
}

fn corners(symbol: &Symbol) -> [[f32; 2]; 4] {
    symbol.corners.map(|point| [point.x, point.y])
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Time that this thread computed, where the system tells (Linux); elsewhere time that passed.
struct CpuTime {
    start: Option<u64>,
    clock: Instant,
}

impl CpuTime {
    fn now() -> Self {
        Self {
            start: nanoseconds(),
            clock: Instant::now(),
        }
    }

    fn milliseconds(&self) -> f64 {
        match (self.start, nanoseconds()) {
            (Some(start), Some(end)) => end.saturating_sub(start) as f64 / 1e6,
            _ => self.clock.elapsed().as_secs_f64() * 1e3,
        }
    }
}

/// The first number of schedstat: nanoseconds on the processor.
fn nanoseconds() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}
