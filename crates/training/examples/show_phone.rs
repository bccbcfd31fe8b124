//! Writes what a webcam sees: `cargo run --example show_phone -- CARD CASE AT WIDTH HEIGHT OUT.png [SHARE [PART]]`.
//!
//! With PART it is that part of an animated code, counted from 1.

use hwagin_training::{Authority, Card, Case, phone};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [card, case, at, width, height, out, rest @ ..] = args.as_slice() else {
        return Err("usage: show_phone CARD CASE AT WIDTH HEIGHT OUT.png [SHARE]".into());
    };
    let card = Card::from_id(card).ok_or("no such card")?;
    let case = Case::from_id(case).ok_or("no such case")?;
    let shown = Authority::built_in().present(card, case, at.parse()?);
    let share = rest.first().map_or(Ok(0.87), |s| s.parse())?;
    let text = match rest.get(1) {
        Some(part) => {
            let before = part.parse::<usize>()?.saturating_sub(1);
            shown.parts().nth(before).ok_or("no such part")?
        }
        None => shown.text,
    };
    let phone = phone::Phone::at_share(&text, width.parse()?, height.parse()?, share)?;
    std::fs::write(out, phone.frame(0).png())?;
    Ok(())
}
