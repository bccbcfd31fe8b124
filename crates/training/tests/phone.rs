//! A reader that we did not write reads what the phone shows.
// The lints let a function with #[test] fail loudly, but not the functions that it calls.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{AT, authority};
use hwagin_training::phone::{LumaPicture, Phone, TooLong, phone_screen, qr_luma, qr_version};
use hwagin_training::{Card, Case};
use rxing::BarcodeFormat;

fn read(picture: LumaPicture) -> Option<String> {
    let format = Some(BarcodeFormat::QR_CODE);
    let found =
        rxing::helpers::detect_in_luma(picture.pixels, picture.width, picture.height, format);
    found.ok().map(|symbol| symbol.getText().to_owned())
}

fn every_case_reads_back(card: Card, width: u32, height: u32) {
    for case in Case::ALL {
        let shown = authority().present(card, case, AT);
        let text = match case {
            Case::LargePortrait => shown.parts().next().expect("a part"),
            _ => shown.text,
        };
        let phone = Phone::new(&text, width, height).expect("fits");
        for number in 0..3 {
            let frame = phone.frame(number);
            let size = (frame.width, frame.height, frame.pixels.len());
            assert_eq!(size, (width, height, (width * height * 3) as usize));
            let seen = read(frame.luma());
            assert!(
                seen.as_ref() == Some(&text),
                "{} {} frame {number}",
                card.id(),
                case.id()
            );
        }
    }
}

#[test]
fn a_foreigner_card_reads_back_at_1080_rows() {
    every_case_reads_back(Card::Mfc, 1_920, 1_080);
}

#[test]
fn a_driving_licence_reads_back_at_1080_rows() {
    every_case_reads_back(Card::Mdl, 1_920, 1_080);
}

#[test]
fn a_foreigner_card_reads_back_at_720_rows() {
    every_case_reads_back(Card::Mfc, 1_280, 720);
}

#[test]
fn a_driving_licence_reads_back_at_720_rows() {
    every_case_reads_back(Card::Mdl, 1_280, 720);
}

#[test]
fn survives_the_jpeg_of_a_webcam() {
    for card in Card::ALL {
        let text = authority().present(card, Case::Valid, AT).text;
        let frame = phone_screen(&text, 1_920, 1_080, 5).expect("fits");
        let decoded = image::load_from_memory(&frame.jpeg(80))
            .expect("a JPEG")
            .to_luma8();
        let (width, height) = decoded.dimensions();
        let luma = LumaPicture {
            width,
            height,
            pixels: decoded.into_raw(),
        };
        assert_eq!(read(luma).as_ref(), Some(&text));
    }
}

#[test]
fn frames_move_and_repeat_exactly() {
    let phone = Phone::new("HWG1:00", 320, 180).expect("fits");
    assert_eq!(phone.frame(3), phone.frame(3));
    assert_ne!(phone.frame(3), phone.frame(4));
    assert_eq!(
        phone.frame(7),
        phone_screen("HWG1:00", 320, 180, 7).expect("fits")
    );
}

#[test]
fn a_clean_code_is_exact_as_png_and_in_memory() {
    let text = authority().present(Card::Mfc, Case::Valid, AT).text;
    let picture = qr_luma(&text, 4, 4).expect("fits");
    let side = (17 + 4 * u32::from(qr_version(&text).expect("fits")) + 8) * 4;
    assert_eq!((picture.width, picture.height), (side, side));
    assert!(
        picture.pixels[..16 * side as usize]
            .iter()
            .all(|p| *p == 255)
    );
    let decoded = image::load_from_memory(&picture.png())
        .expect("a PNG")
        .to_luma8();
    assert_eq!(decoded.as_raw(), &picture.pixels);
    assert_eq!(read(picture), Some(text));
}

#[test]
fn refuses_what_no_code_holds() {
    assert_eq!(qr_luma(&"A".repeat(4_297), 1, 4), Err(TooLong));
    assert_eq!(qr_version(&"A".repeat(4_296)), Ok(40));
    assert_eq!(qr_version("lower case"), Err(TooLong));
    assert!(Phone::new(&"A".repeat(5_000), 640, 480).is_err());
}

#[test]
fn odd_sizes_are_cut_to_what_can_be_made() {
    let frame = phone_screen("HWG1:00", 0, 0, u32::MAX).expect("fits");
    assert_eq!((frame.width, frame.height), (16, 16));
    let shares = [f64::NAN, -1.0, 9.0];
    for share in shares {
        let phone = Phone::at_share("HWG1:00", 64, 64, share).expect("fits");
        assert_eq!(phone.frame(0).pixels.len(), 64 * 64 * 3);
    }
}
