//! The desk asks in the customer's window, and the answer comes before its camera.

use super::{Desk, now};
use hwagin_scanner::{Luma, Scanner};
use hwagin_training::{Authority, Card, Case, Challenge, Format, Presentation};
use std::path::Path;

/// The text of the one symbol in this picture, if there is one.
fn symbol_in(picture: &Path) -> Option<String> {
    let decoder = png::Decoder::new(std::io::BufReader::new(
        std::fs::File::open(picture).unwrap(),
    ));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    let channels = frame.line_size / frame.width as usize;
    let grey: Vec<u8> = pixels.chunks(channels).map(|pixel| pixel[1]).collect();
    let luma = Luma::new(frame.width, frame.height, &grey).unwrap();
    let symbols = Scanner::new().scan_still(&luma);
    let symbol = symbols.first()?;
    Some(String::from_utf8(symbol.content.clone()).unwrap())
}

impl Desk {
    /// A bank's desk with the customer's window open.
    fn asking(name: &str) -> Option<Self> {
        let desk = Self::open(name)?;
        desk.window.click("purpose-bank-teller");
        desk.window.click("customer-window");
        desk.window.beside(|| desk.code_stands());
        Some(desk)
    }

    pub fn code_stands(&self) {
        self.window.until(
            "a code",
            "return !!document.querySelector('[data-testid=challenge-code]')",
        );
    }

    /// The challenge, as a phone reads it from the customer's window.
    pub fn challenge(&self, picture: &str) -> Challenge {
        // The page may be there before what is drawn on it.
        let text = self.window.beside(|| {
            self.code_stands();
            (0..10).find_map(|_| symbol_in(&self.window.picture(picture)))
        });
        Challenge::read(&text.expect("a code in the picture"), now()).unwrap()
    }

    /// What the desk says to this phone.
    fn said_to(&self, shown: &Presentation) -> (String, Option<String>) {
        self.scene.show_presentation(shown, 1);
        self.said("what the phone shows")
    }

    fn binding(&self) -> String {
        let script = "return document.querySelector('[data-testid=holder-proof]').dataset.binding";
        self.window.script(script).as_str().unwrap().to_owned()
    }
}

fn refused(reason: &str) -> (String, Option<String>) {
    ("refuse".to_owned(), Some(reason.to_owned()))
}

#[test]
fn an_answer_to_the_customers_screen_is_accepted_once() {
    let Some(desk) = Desk::asking("challenge") else {
        return;
    };
    let asked = desk.challenge("customer-asked");
    let authority = Authority::built_in();
    let answer = authority.answer(&asked, Format::Mdoc, Card::Mfc, Case::Valid, now());
    assert_eq!(desk.said_to(&answer), ("accept".to_owned(), None));
    assert_eq!(desk.binding(), "challenged");
    desk.pictures("challenged");
    desk.window.beside(|| {
        let thanks = "return !!document.querySelector('[data-testid=customer-thanks]')";
        desk.window.until("thanks", thanks);
        // Nothing of the person, and nothing of the verdict.
        let dom = desk.window.dom();
        assert_eq!(super::found_in_text(&dom, &super::SHOWN), [""; 0]);
        desk.window.picture("customer-thanks");
    });
    desk.clear();
    assert_eq!(desk.said_to(&answer), refused("holder.replayed"));
    desk.clear();
    let next = desk.challenge("customer-next");
    assert_ne!(next.hash, asked.hash);
    let other = authority.answer(&next, Format::Mdoc, Card::Mfc, Case::OtherDesk, now());
    assert_eq!(desk.said_to(&other), refused("holder.challenge_mismatch"));
    desk.clear();
    let late = authority.answer(&asked, Format::Mdoc, Card::Mrc, Case::Valid, now());
    assert_eq!(desk.said_to(&late), refused("holder.replayed"));
    desk.clear();
    let fresh = authority.present(Card::Mfc, Case::Valid, now());
    let missing = Some("holder.challenge_missing".to_owned());
    assert_eq!(desk.said_to(&fresh), ("abstain".to_owned(), missing));
    desk.pictures("challenge-missing");
    // The code stays in view for the next try.
    desk.window.beside(|| desk.code_stands());
}

#[test]
fn the_sample_holder_answers_what_the_desk_asks() {
    let Some(desk) = Desk::open("challenge-sample") else {
        return;
    };
    desk.window.click("purpose-bank-teller");
    desk.window.script(
        "const picker = document.querySelector('[data-testid=camera-picker]');
         picker.value = 'sample';
         picker.dispatchEvent(new Event('change', { bubbles: true }));",
    );
    desk.window.until(
        "an answer",
        "const proof = document.querySelector('[data-testid=holder-proof]');
         return proof && proof.dataset.binding === 'challenged'",
    );
}

#[test]
fn the_customers_window_speaks_eight_languages() {
    let Some(desk) = Desk::asking("customer") else {
        return;
    };
    desk.window.beside(|| {
        for language in ["ko", "en", "zh-Hans", "vi", "th", "uz", "id", "ru"] {
            desk.window.script(&format!(
                "document.querySelector('[data-testid=\"tongue-{language}\"]').click()"
            ));
            desk.window.until(
                "the language",
                &format!("return document.documentElement.lang === '{language}'"),
            );
            desk.window.picture(&format!("customer-{language}"));
        }
    });
}
