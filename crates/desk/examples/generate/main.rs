//! Makes the files that follow from the data and the code, and are kept:
//! `cargo run -p hwagin-desk --example generate -- KIND FOLDER`. `cargo xtask check` compares.
//!
//! | Kind | Kept in |
//! |---|---|
//! | `schemas` | `schemas/` |
//! | `pages` | `docs/data/`: pages on cards and purposes, and the vectors of the optical presentation |
//! | `purposes` | `tests/purposes/` |
//! | `holder-web` | `holder-web/data/` |

mod cells;
mod holder_web;
mod pages;
mod vectors;

use std::error::Error;
use std::fs;
use std::path::Path;

use hwagin_desk::{Knowledge, Sources};
use hwagin_verifier::{At, UnixTime};

/// 26 November 2026, 09:00 in Korea: everything here is of that moment.
const MADE: i64 = 1_795_651_200;

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    let mut words = std::env::args().skip(1);
    let (Some(kind), Some(folder)) = (words.next(), words.next()) else {
        return Err("generate KIND FOLDER".into());
    };
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    match kind.as_str() {
        "schemas" => {
            for (name, schema) in hwagin_desk::knowledge::schemas() {
                fs::write(folder.join(name), schema)?;
            }
            Ok(())
        }
        "pages" => {
            pages::write(folder)?;
            vectors::write(folder)
        }
        "purposes" => cells::write(folder),
        "holder-web" => holder_web::write(folder),
        other => Err(format!("no kind {other}").into()),
    }
}

fn knowledge() -> Knowledge {
    Knowledge::load(&Sources::default(), at())
}

fn at() -> At {
    At::utc(UnixTime(MADE))
}
