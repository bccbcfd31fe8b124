//! Ten sample people who come to a desk one after the other, and what a clerk should decide.

use crate::card::Card;
use crate::case::Case;
use crate::cbor::{bytes, full_date, text};
use crate::challenge::Challenge;
use crate::face::{Face, Hair};
use crate::recipe::Recipe;
use crate::time::{DAY, Moment, rfc3339};
use ciborium::Value;

/// What a clerk should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Serve them.
    Accept,
    /// Not serve them by this card.
    Refuse,
    /// Take another way.
    Abstain,
}

/// A sample person at the desk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exercise {
    /// Its name, by which the window has words for it.
    pub id: &'static str,
    /// The desk's purpose.
    pub purpose: &'static str,
    /// The card in the phone.
    pub card: Card,
    /// What is wrong with it, if anything.
    pub case: Case,
    /// Who stands before the clerk.
    pub face: Face,
    /// Whose portrait is on the card, where it is somebody else's.
    pub owner: Option<Face>,
    /// Given names in Latin letters.
    pub given: &'static str,
    /// Age in full years.
    pub age: i64,
    /// Days until the stay ends, where that is near.
    pub stay_days: Option<i64>,
    /// What the clerk should decide.
    pub right: Right,
}

const PLAIN: Face = Face {
    skin: 0,
    shade: 0,
    hair: Hair::Short,
    glasses: false,
    beard: false,
    coat: 0,
};

const USUAL: Exercise = Exercise {
    id: "arrival",
    purpose: "hospital-reception",
    card: Card::Mfc,
    case: Case::Valid,
    face: Face {
        skin: 1,
        hair: Hair::Long,
        ..PLAIN
    },
    owner: None,
    given: "ALPHA",
    age: 27,
    stay_days: None,
    right: Right::Accept,
};

/// The longest names in use are longer than forms allow.
const LONG: &str = "INDIA MAXIMILIANA CONSTANTINA WOLFESCHLEGELSTEIN DE LA SANTISIMA \
                    TRINIDAD Y TODOS LOS SANTOS";

impl Exercise {
    /// All of them, in the order in which they come.
    pub const ALL: [Self; 10] = [
        USUAL,
        Self {
            id: "borrowed-phone",
            face: Face {
                skin: 2,
                beard: true,
                coat: 1,
                ..PLAIN
            },
            owner: Some(Face {
                skin: 2,
                shade: 3,
                hair: Hair::Bald,
                glasses: true,
                ..PLAIN
            }),
            given: "BRAVO",
            right: Right::Refuse,
            ..USUAL
        },
        Self {
            id: "screenshot",
            case: Case::Stale,
            face: Face {
                shade: 1,
                coat: 2,
                ..PLAIN
            },
            given: "CHARLIE",
            right: Right::Refuse,
            ..USUAL
        },
        Self {
            id: "lost-phone",
            case: Case::Suspended,
            face: Face {
                skin: 3,
                glasses: true,
                coat: 3,
                ..PLAIN
            },
            given: "DELTA",
            right: Right::Refuse,
            ..USUAL
        },
        Self {
            id: "expired",
            case: Case::Expired,
            face: Face {
                shade: 3,
                hair: Hair::Long,
                glasses: true,
                coat: 1,
                ..PLAIN
            },
            given: "ECHO",
            age: 61,
            right: Right::Refuse,
            ..USUAL
        },
        Self {
            id: "forged-name",
            case: Case::AlteredName,
            face: Face {
                skin: 1,
                beard: true,
                ..PLAIN
            },
            given: "FOXTROT",
            right: Right::Refuse,
            ..USUAL
        },
        Self {
            id: "unknown-issuer",
            card: Card::Mdl,
            case: Case::WrongIssuer,
            face: Face {
                shade: 2,
                hair: Hair::Long,
                coat: 2,
                ..PLAIN
            },
            given: "GOLF",
            right: Right::Abstain,
            ..USUAL
        },
        Self {
            id: "under-age",
            purpose: "age-19",
            card: Card::Mrc,
            face: Face {
                hair: Hair::Short,
                coat: 3,
                ..PLAIN
            },
            given: "HOTEL",
            age: 17,
            right: Right::Refuse,
            ..USUAL
        },
        Self {
            id: "long-name",
            card: Card::Mpr,
            face: Face {
                skin: 2,
                shade: 1,
                hair: Hair::Long,
                coat: 3,
                ..PLAIN
            },
            given: LONG,
            age: 44,
            ..USUAL
        },
        Self {
            id: "short-stay",
            purpose: "landlord",
            face: Face {
                skin: 3,
                beard: true,
                coat: 2,
                ..PLAIN
            },
            given: "JULIETT",
            stay_days: Some(120),
            right: Right::Refuse,
            ..USUAL
        },
    ];

    /// The one of that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|exercise| exercise.id == id)
    }
}

impl Recipe {
    /// What this person's phone shows at `at`: an answer to that challenge, if there is one.
    #[must_use]
    pub fn of_exercise(exercise: &Exercise, challenge: Option<&Challenge>, at: i64) -> Self {
        let mut recipe = Self::new(exercise.card, at);
        if let Some(asked) = challenge {
            recipe.answer(asked, at);
        }
        let born = Moment::new(at.saturating_sub(100 * DAY)).year - exercise.age;
        let birth = full_date(&format!("{born}-03-01"));
        let portrait = exercise.owner.unwrap_or(exercise.face).jpeg();
        for (name, value) in [
            ("portrait", bytes(&portrait)),
            ("given_name_latin1", text(exercise.given)),
            ("given_name", text(exercise.given)),
            ("birth_date", birth),
            ("age_over_19", Value::Bool(exercise.age >= 19)),
        ] {
            if let Some(item) = recipe.item(name) {
                item.value = value;
            }
        }
        let ends = exercise.stay_days.map(|days| at.saturating_add(days * DAY));
        if let (Some(ends), Some(item)) = (ends, recipe.item("stay_until")) {
            let moment = rfc3339(ends);
            item.value = full_date(moment.split('T').next().unwrap_or_default());
        }
        recipe.apply(exercise.case, at);
        recipe
    }
}
