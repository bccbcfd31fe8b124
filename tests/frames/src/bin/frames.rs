//! `frames grid|webcam|blank|sequence FOLDER COUNT [SEED]`: writes frames as PNG, each with its
//! truth beside it; sequences as raw luma, a folder each.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use hwagin_frames::{RATE, Sequence, Set, Still, blank, still};

const USAGE: &str = "frames grid|webcam|blank|sequence FOLDER COUNT [SEED]";

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [what, folder, count, rest @ ..] = &words[..] else {
        return Err(USAGE.into());
    };
    let (folder, count): (_, usize) = (Path::new(folder), count.parse()?);
    let seed: u64 = rest.first().map_or(Ok(1), |seed| seed.parse())?;
    fs::create_dir_all(folder)?;
    for index in 0..count {
        let name = format!("{what}-{seed}-{index:04}");
        match what.as_str() {
            "grid" => write(folder, &name, &still(Set::Grid, seed, index))?,
            "webcam" => write(folder, &name, &still(Set::Webcam, seed, index))?,
            "blank" => write(folder, &name, &blank(seed << 32 | index as u64))?,
            "sequence" => write_sequence(&folder.join(&name), seed << 32 | index as u64)?,
            _ => return Err(USAGE.into()),
        }
    }
    Ok(())
}

fn write(folder: &Path, name: &str, still: &Still) -> Outcome {
    let file = |ending: &str| folder.join(format!("{name}.{ending}"));
    let (width, height) = (still.width as u32, still.height as u32);
    image::save_buffer(
        file("png"),
        &still.luma,
        width,
        height,
        image::ExtendedColorType::L8,
    )?;
    if still.modules > 0 {
        fs::write(file("bin"), &still.truth)?;
    }
    let mut about = format!("modules {}\ncorners", still.modules);
    for (x, y) in still.corners {
        write!(about, " {x:.2},{y:.2}")?;
    }
    write!(about, "\n{:#?}\n", still.conditions)?;
    fs::write(file("txt"), about)?;
    Ok(())
}

/// One second: `frames.luma` (one after the other), `truth.bin`, `about.txt`.
fn write_sequence(folder: &Path, seed: u64) -> Outcome {
    fs::create_dir_all(folder)?;
    let sequence = Sequence::held(seed);
    let (width, height) = sequence.size();
    let code = &sequence.codes[0];
    fs::write(folder.join("truth.bin"), &code.truth)?;
    let mut about = format!("width {width}\nheight {height}\nmodules {}\n", code.modules);
    let mut luma = Vec::new();
    for frame in sequence.take(RATE as usize) {
        luma.extend_from_slice(&frame.luma);
        write!(about, "frame {} corners", frame.number)?;
        for (x, y) in frame.corners {
            write!(about, " {x:.2},{y:.2}")?;
        }
        writeln!(
            about,
            " blur {:.2} motion {:?}",
            frame.conditions.blur, frame.conditions.motion
        )?;
    }
    fs::write(folder.join("frames.luma"), luma)?;
    fs::write(folder.join("about.txt"), about)?;
    Ok(())
}
