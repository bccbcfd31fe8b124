//! A sample person whose every value is theirs alone: wherever one is found, it came from the card.

use hwagin_training::{Card, Portrait, Recipe, Value, cbor};
use std::path::Path;

/// One value of the card.
pub struct Told {
    /// What it is called where purposes ask for it; none where the card's file does not know it.
    pub claim: Option<String>,
    /// As it may be written: a day in numbers, and out in either language.
    pub forms: Vec<String>,
}

/// A person with one card.
pub struct Person {
    pub card: Card,
    pub told: Vec<Told>,
    changed: Vec<(String, Value)>,
}

impl Person {
    /// The person with this card. Their values have the card's number in them, and their own.
    pub fn with(card: Card, at: i64) -> Self {
        let place = Card::ALL.iter().position(|other| *other == card).unwrap();
        let (mut told, mut changed) = (Vec::new(), Vec::new());
        for (at, item) in card.items(at, Portrait::None).into_iter().enumerate() {
            let number = 100 * (place + 1) + at;
            let Some((value, forms)) = own(&item.name, &item.value, number) else {
                continue;
            };
            told.push(Told {
                claim: claim_of(card, &item.name),
                forms,
            });
            changed.push((item.name, value));
        }
        Self {
            card,
            told,
            changed,
        }
    }

    /// They show all that the card has, made at this time.
    pub fn shows_everything(&self, at: i64) -> Recipe {
        let mut recipe = Recipe::new(self.card, at);
        recipe.items = self.card.items(at, Portrait::Small);
        for (name, value) in &self.changed {
            recipe.item(name).unwrap().value = value.clone();
        }
        recipe
    }

    /// Their values of these claims, or all others.
    pub fn values(&self, are: impl Fn(Option<&str>) -> bool) -> Vec<&str> {
        let told = self.told.iter().filter(|told| are(told.claim.as_deref()));
        told.flat_map(|told| told.forms.iter().map(String::as_str))
            .collect()
    }
}

/// A value like this one that nothing else has, and how it may be written. None for what is no text,
/// and for codes, which others have too.
fn own(name: &str, like: &Value, number: usize) -> Option<(Value, Vec<String>)> {
    match like {
        // The days of a month, by month, from the next decade on; a birth is long ago.
        Value::Tag(..) => {
            let year = match name {
                "birth_date" => 1950,
                "issue_date" => 2010,
                _ => 2040,
            };
            let (year, month, day) = (
                year + number / 100 % 13,
                number % 100 / 2 % 12 + 1,
                10 + number % 17,
            );
            let written = format!("{year}-{month:02}-{day}");
            let forms = vec![
                format!("{year}년 {month}월 {day}일"),
                format!("{day} {} {year}", MONTHS[month - 1]),
                written.clone(),
            ];
            Some((cbor::full_date(&written), forms))
        }
        Value::Text(_) if matches!(name, "status_of_stay" | "licence_conditions") => None,
        Value::Text(text) if text.len() == 2 => None,
        Value::Text(_) => {
            let written = match name {
                // The mask covers what is behind the line.
                "registration_number" | "residence_number" => format!("850101-541{number:04}"),
                name if name.ends_with("unicode") => format!("뷁휅{number}"),
                _ => format!("KWYJIBO{number}"),
            };
            Some((Value::Text(written.clone()), vec![written]))
        }
        _ => None,
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A file of the built-in cards or purposes.
pub fn file(folder: &str, id: &str) -> toml::Table {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = root.join(folder).join(format!("{id}.toml"));
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

fn claim_of(card: Card, element: &str) -> Option<String> {
    let file = file("cards", card.id());
    let claims = file["claim"].as_array().unwrap().iter();
    let mut claims = claims.filter(|claim| claim["element"].as_str() == Some(element));
    Some(claims.next()?["name"].as_str()?.to_owned())
}
