//! A presentation of every sample card for every purpose, with what the purpose asks for: by these the
//! page on purposes is proven, and a test holds each to it.

use std::fs;
use std::path::Path;

use hwagin_desk::knowledge::{Asked, KnownPurpose};
use hwagin_desk::view::ChallengeUse;
use hwagin_training::{Authority, Card, Portrait, Recipe};
use hwagin_verifier::CalendarDate;
use hwagin_verifier::decision::Typed;

use super::{Done, MADE, at};

/// What the clerk typed, wherever a purpose asks for it.
pub(super) fn asked() -> Asked {
    Asked {
        date: CalendarDate::from_iso("2027-06-30"),
        area: Typed::new("견본시"),
        name: Typed::new("Testina Specimen"),
    }
}

/// The elements of this card that answer this purpose, as a challenge names them.
pub(super) fn elements(purpose: &KnownPurpose, card: Card) -> Option<Vec<String>> {
    let knowledge = super::knowledge();
    let rules = purpose.rules(&asked(), at().today)?;
    let asked = hwagin_desk::challenge::items_of(&rules, &knowledge);
    let asked = asked.into_iter().find(|asked| asked.id == card.id())?;
    Some(asked.items.into_iter().map(|item| item.element).collect())
}

pub(super) fn write(folder: &Path) -> Done {
    for purpose in super::knowledge().purposes() {
        let own = folder.join(&purpose.id);
        fs::create_dir_all(&own)?;
        for card in Card::ALL {
            let text = presentation(purpose, card);
            fs::write(own.join(format!("{}.txt", card.id())), text + "\n")?;
        }
    }
    Ok(())
}

/// Fresh: a challenge is signed anew each time, and these are kept.
fn presentation(purpose: &KnownPurpose, card: Card) -> String {
    let mut recipe = Recipe::new(card, MADE);
    if let Some(names) = elements(purpose, card) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        recipe.disclose(&names, MADE, Portrait::Small);
    }
    recipe.envelope.purpose = Some(purpose.id.clone());
    if purpose.challenge() == ChallengeUse::Required {
        recipe.envelope.challenge_hash = Some([0x5a; 32].to_vec());
    }
    Authority::built_in().mint(&recipe).text
}
