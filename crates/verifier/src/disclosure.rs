//! What a purpose gets to see, and nothing else.
//!
//! Values have no `Debug`, `Display` or serialisation and are wiped when dropped:
//!
//! ```compile_fail
//! fn log(shown: &hwagin_verifier::disclosure::Shown) { println!("{shown:?}"); }
//! ```
//!
//! ```compile_fail
//! fn log(text: &hwagin_verifier::disclosure::Secret) { println!("{text}"); }
//! ```
//!
//! ```compile_fail
//! fn copy(shown: &hwagin_verifier::disclosure::Shown) -> hwagin_verifier::disclosure::Shown {
//!     Clone::clone(shown)
//! }
//! ```

use crate::card::{Card, CardClaim, ClaimKind};
use crate::cbor::Item;
use crate::format::contents::{Claim, day};
use crate::{Purpose, Reason};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// How a claim is masked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mask {
    /// Every letter and digit is hidden.
    #[default]
    All,
    /// This many letters and digits at the end are hidden. Of a Korean registration number the
    /// last seven: its seventh digit tells the century and the sex.
    Last(u8),
}

const HIDDEN: char = '•';

impl Mask {
    fn apply(self, text: &str) -> String {
        let counted = |c: &char| c.is_alphanumeric();
        let total = text.chars().filter(counted).count();
        let shown = match self {
            Self::All => 0,
            Self::Last(hidden) => total.saturating_sub(usize::from(hidden)),
        };
        let mut seen = 0;
        let hide = |c: char| {
            if !c.is_alphanumeric() {
                return c;
            }
            seen += 1;
            if seen > shown { HIDDEN } else { c }
        };
        text.chars().map(hide).collect()
    }
}

/// A value of a person. Wiped when dropped.
pub struct Secret(Zeroizing<String>);

impl Secret {
    fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The value itself, for the one place that shows it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// One claim that the purpose shows.
pub struct Shown {
    name: String,
    text: Secret,
    hidden: Option<Secret>,
}

impl Shown {
    /// The claim's name in the card.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What stands on the screen: the value, or its masked form.
    pub const fn text(&self) -> &Secret {
        &self.text
    }

    /// The value behind the mask, for a timed reveal; `None` where nothing is masked.
    pub const fn hidden(&self) -> Option<&Secret> {
        self.hidden.as_ref()
    }
}

/// Everything a purpose gets to see of one credential.
pub struct Disclosure {
    shown: Vec<Shown>,
    portrait: Option<Zeroizing<Vec<u8>>>,
    surplus: usize,
}

impl Disclosure {
    /// The claims, in the order of the purpose.
    pub fn shown(&self) -> &[Shown] {
        &self.shown
    }

    /// The portrait as the issuer signed it: a compressed picture from a stranger, to be decoded
    /// under bounds.
    pub fn portrait(&self) -> Option<&[u8]> {
        self.portrait.as_ref().map(|bytes| bytes.as_slice())
    }

    /// How many items were sent beyond what this purpose uses. Not shown, not kept.
    pub const fn surplus(&self) -> usize {
        self.surplus
    }

    /// What this purpose shows of these claims.
    ///
    /// # Errors
    /// `purpose.attribute_missing`: the card has the claim, the purpose needs it, and it was not
    /// shown or is not what the card says it is.
    pub(crate) fn of(
        purpose: &Purpose,
        card: &Card,
        claims: &Claims<'_>,
        withheld: usize,
    ) -> Result<Self, Reason> {
        let (mut shown, mut portrait) = (Vec::new(), None);
        let mut groups = BTreeMap::<&str, bool>::new();
        for show in &purpose.shows {
            let Some(claim) = card.claim(&show.claim) else {
                continue;
            };
            let value = claims.get(&show.claim);
            let found = match claim.kind {
                ClaimKind::Picture => {
                    let picture = value
                        .and_then(Item::bytes)
                        .filter(|bytes| !bytes.is_empty());
                    portrait = picture.map(|bytes| Zeroizing::new(bytes.to_vec()));
                    picture.is_some()
                }
                _ => match value.and_then(|value| text(claim, value)) {
                    Some(text) => {
                        let masked = show.masked.then(|| Secret::new(claim.mask.apply(&text)));
                        let text = Secret::new(text);
                        let (text, hidden) = match masked {
                            Some(masked) => (masked, Some(text)),
                            None => (text, None),
                        };
                        shown.push(Shown {
                            name: show.claim.clone(),
                            text,
                            hidden,
                        });
                        true
                    }
                    None => false,
                },
            };
            if show.required && !found {
                return Err(Reason::AttributeMissing);
            }
            if let Some(group) = &show.any_of {
                *groups.entry(group).or_default() |= found;
            }
        }
        if groups.values().any(|found| !found) {
            return Err(Reason::AttributeMissing);
        }
        Ok(Self {
            shown,
            portrait,
            surplus: claims.unused(purpose, card) + withheld,
        })
    }
}

/// The claims of one credential under the names of its card.
pub(crate) struct Claims<'a> {
    named: Vec<(&'a str, Item<'a>)>,
    unnamed: usize,
}

impl<'a> Claims<'a> {
    pub(crate) fn new(card: &'a Card, claims: &[Claim<'a>]) -> Self {
        let name = |claim: &Claim<'a>| {
            let is = |known: &&CardClaim| {
                known.namespace == claim.name_space && known.element == claim.element
            };
            card.claims
                .iter()
                .find(is)
                .map(|known| (known.name.as_str(), claim.value))
        };
        let named: Vec<_> = claims.iter().filter_map(name).collect();
        let unnamed = claims.len() - named.len();
        Self { named, unnamed }
    }

    pub(crate) fn get(&self, name: &str) -> Option<Item<'a>> {
        self.named
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value)
    }

    /// The value of a claim that this card has as text.
    pub(crate) fn text(&self, card: &Card, name: &str) -> Option<Zeroizing<String>> {
        let claim = card.claim(name)?;
        text(claim, self.get(name)?).map(Zeroizing::new)
    }

    pub(crate) fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = (&'a str, Item<'a>)> {
        self.named
            .iter()
            .filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, *value)))
    }

    /// How many claims this purpose neither shows nor decides by, now: a question for which nothing was
    /// typed uses none.
    fn unused(&self, purpose: &Purpose, card: &Card) -> usize {
        let used = |name: &str| {
            let asked = purpose.decisions.iter();
            let mut asked = asked.filter(|decision| decision.is_asked_of(card));
            purpose.shows.iter().any(|show| show.claim == name)
                || asked.any(|decision| decision.uses(name))
        };
        self.unnamed + self.named.iter().filter(|(name, _)| !used(name)).count()
    }
}

/// A claim's value as text, if it is of the kind that the card says.
fn text(claim: &CardClaim, value: Item<'_>) -> Option<String> {
    let text = match claim.kind {
        ClaimKind::Text => {
            if let Some(text) = value.text() {
                text.to_owned()
            } else {
                let texts = value.array()?.into_iter().map(Item::text);
                texts.collect::<Option<Vec<_>>>()?.join(", ")
            }
        }
        ClaimKind::Date => day(value)?.to_iso(),
        ClaimKind::Number => value.int()?.to_string(),
        ClaimKind::Flag => if value.flag()? { "yes" } else { "no" }.to_owned(),
        ClaimKind::Picture => return None,
    };
    let text = Zeroizing::new(text);
    let text: String = text.chars().map(visible).collect();
    (!text.trim().is_empty()).then_some(text)
}

/// The letter itself, or U+FFFD for one that has no shape and moves or hides others: a control
/// character, an override of the direction of writing, a byte order mark. Joiners stay, since
/// names are written with them, and so do line breaks, since addresses have them.
fn visible(letter: char) -> char {
    let overrides = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let hides = letter.is_control() && letter != '\n';
    let is_empty = matches!(letter, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    if overrides || hides || is_empty {
        char::REPLACEMENT_CHARACTER
    } else {
        letter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_shape_is_seen() {
        let shown = |text: &str| text.chars().map(visible).collect::<String>();
        for name in [
            "홍길동",
            "O’Brien-Núñez",
            "محمد",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "Aße\nB",
        ] {
            assert_eq!(shown(name), name);
        }
        assert_eq!(
            shown("A\u{202e}B\u{0}C\u{200b}D\u{feff}\tE"),
            "A\u{fffd}B\u{fffd}C\u{fffd}D\u{fffd}\u{fffd}E"
        );
    }

    #[test]
    fn a_registration_number_hides_its_last_seven_digits() {
        assert_eq!(Mask::Last(7).apply("990101-5000000"), "990101-•••••••");
        assert_eq!(Mask::Last(7).apply("9901015000000"), "990101•••••••");
        assert_eq!(Mask::Last(7).apply("12345"), "•••••");
        assert_eq!(Mask::All.apply("M 123"), "• •••");
        assert_eq!(Mask::Last(2).apply("홍길동"), "홍••");
    }
}
