//! Each condition shows in the frame.

use std::collections::HashSet;

use hwagin_frames::{
    Background, Code, Conditions, Ecc, Finger, Glare, Phone, Random, Tear, take, take_torn,
};

fn code(bytes: usize) -> Code {
    Code::random(&mut Random::new(7), bytes, false, Ecc::M)
}

#[test]
fn every_effect_changes_the_frame() {
    let code = code(400);
    // The whole phone is in view.
    let base = || Conditions {
        cover: 0.32,
        ..Conditions::clean(2)
    };
    let clean = take(&code, base()).luma;
    let lamp = Glare::Lamp {
        middle: (0.3, 0.3),
        radius: 0.2,
        light: 0.5,
    };
    let stripe = Glare::Stripe {
        middle: (0.0, 0.0),
        angle: 30.0,
        size: (2.0, 0.1),
        light: 0.3,
    };
    let finger = Finger {
        tip: (0.45, 0.45),
        from: (1.2, 1.0),
        radius: 0.1,
        skin: 0.4,
    };
    let phone = |phone: Phone| Conditions { phone, ..base() };
    let effects = [
        (
            "cover",
            Conditions {
                cover: 0.4,
                ..base()
            },
        ),
        (
            "offset",
            Conditions {
                offset: (0.1, 0.0),
                ..base()
            },
        ),
        (
            "tilt",
            Conditions {
                tilt: 15.0,
                ..base()
            },
        ),
        (
            "tilt axis",
            Conditions {
                tilt: 15.0,
                tilt_axis: 90.0,
                ..base()
            },
        ),
        (
            "roll",
            Conditions {
                roll: 5.0,
                ..base()
            },
        ),
        (
            "barrel",
            Conditions {
                barrel: 0.05,
                ..base()
            },
        ),
        (
            "vignette",
            Conditions {
                vignette: 0.3,
                ..base()
            },
        ),
        (
            "screen",
            Conditions {
                screen: 0.5,
                ..base()
            },
        ),
        (
            "room",
            Conditions {
                room: 0.3,
                ..base()
            },
        ),
        (
            "background",
            Conditions {
                background: Background::Desk,
                ..base()
            },
        ),
        (
            "blur",
            Conditions {
                blur: 0.5,
                ..base()
            },
        ),
        (
            "motion",
            Conditions {
                motion: (2.0, 0.0),
                ..base()
            },
        ),
        (
            "skew",
            Conditions {
                skew: (5.0, 0.0),
                ..base()
            },
        ),
        (
            "grid",
            Conditions {
                grid: 1.0,
                aperture: 0.6,
                ..base()
            },
        ),
        (
            "banding",
            Conditions {
                banding: 0.1,
                ..base()
            },
        ),
        (
            "lamp",
            Conditions {
                glare: vec![lamp],
                ..base()
            },
        ),
        (
            "stripe",
            Conditions {
                glare: vec![stripe],
                ..base()
            },
        ),
        (
            "finger",
            Conditions {
                fingers: vec![finger],
                ..base()
            },
        ),
        (
            "hand",
            Conditions {
                hand: true,
                ..base()
            },
        ),
        (
            "read noise",
            Conditions {
                read_noise: 0.01,
                ..base()
            },
        ),
        (
            "shot noise",
            Conditions {
                shot_noise: 0.02,
                ..base()
            },
        ),
        (
            "gamma",
            Conditions {
                gamma: 1.8,
                ..base()
            },
        ),
        (
            "sharpen",
            Conditions {
                sharpen: 0.8,
                blur: 0.5,
                ..base()
            },
        ),
        (
            "jpeg",
            Conditions {
                jpeg: Some(50),
                ..base()
            },
        ),
        (
            "dark app",
            phone(Phone {
                dark: true,
                ..Phone::default()
            }),
        ),
        (
            "inverted",
            phone(Phone {
                inverted: true,
                ..Phone::default()
            }),
        ),
        (
            "body",
            phone(Phone {
                body: 0.7,
                ..Phone::default()
            }),
        ),
        (
            "bezel",
            phone(Phone {
                bezel_mm: 6.0,
                ..Phone::default()
            }),
        ),
        (
            "radius",
            phone(Phone {
                radius_mm: 20.0,
                ..Phone::default()
            }),
        ),
        (
            "black",
            phone(Phone {
                black: 0.06,
                ..Phone::default()
            }),
        ),
    ];
    let mut seen = HashSet::new();
    for (name, conditions) in effects {
        let luma = take(&code, conditions).luma;
        assert!(luma != clean, "{name}");
        assert!(seen.insert(luma), "{name} is like another");
    }
}

#[test]
fn moire_is_beats_of_the_grid_and_goes_with_blur() {
    // A field of white: all that is left of it is the grid.
    let white = |blur: f32, aperture: f32| {
        let conditions = Conditions {
            grid: 1.0,
            aperture,
            blur,
            phone: Phone {
                pixels: (720, 1600),
                ..Phone::default()
            },
            cover: 0.7,
            screen: 0.5,
            tilt: 8.0,
            ..Conditions::clean(3)
        };
        let still = take(&code(300), conditions);
        let [(x, y), ..] = still.corners;
        let field: Vec<f32> = (0..60)
            .map(|k| f32::from(still.luma[(y - 9.0) as usize * still.width + x as usize + k * 4]))
            .collect();
        let mean = field.iter().sum::<f32>() / 60.0;
        (field.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / 60.0).sqrt()
    };
    assert!(white(0.0, 0.5) > 8.0, "{}", white(0.0, 0.5));
    assert!(white(0.0, 0.5) > white(0.0, 0.95));
    assert!(white(1.2, 0.5) < 1.0);
}

#[test]
fn a_torn_frame_shows_both() {
    let (one, other) = (
        code(400),
        Code::random(&mut Random::new(8), 400, false, Ecc::M),
    );
    let torn = |row: f32| {
        let tear = Tear { row, rows: 40.0 };
        take_torn(&one, &other, tear, Conditions::clean(1)).luma
    };
    let (first, second) = (
        take(&one, Conditions::clean(1)).luma,
        take(&other, Conditions::clean(1)).luma,
    );
    let middle = torn(360.0);
    let half = middle.len() / 2;
    let margin = 21 * 1280;
    assert!(middle[..half - margin] == first[..half - margin]);
    assert!(middle[half + margin..] == second[half + margin..]);
    assert!(torn(-100.0) == second);
    assert!(torn(900.0) == first);
}
