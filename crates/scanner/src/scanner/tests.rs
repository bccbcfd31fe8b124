//! What the scanner keeps, and when it lets go of it.

use qrcode::EcLevel;

use super::Scanner;
use crate::Point;
use crate::sketch::{Modules, Pose, Sketch, point};

#[test]
fn the_content_is_let_go_of_a_third_of_a_second_after_the_symbol_has_left() {
    let modules = Modules::of(4, EcLevel::M, b"a holder's");
    let shown = Sketch::of(&modules, &Pose::straight(&modules, 6.0));
    let mut scanner = Scanner::new();
    assert_eq!(scanner.scan(&shown.luma()).symbols.len(), 1);
    assert!(scanner.track.as_ref().unwrap().is_read());
    let empty = Sketch::filled(640, 480, 200);
    for _ in 0..10 {
        scanner.scan(&empty.luma());
        assert!(scanner.track.is_some());
    }
    scanner.scan(&empty.luma());
    assert!(scanner.track.is_none());
}

#[test]
fn what_lies_in_a_symbol_is_told_from_what_lies_beside_it() {
    let modules = Modules::of(4, EcLevel::M, b"place");
    for (turned, tilted) in [(0.0, 0.0), (30.0, 20.0), (200.0, 10.0)] {
        let pose = Pose {
            turned,
            tilted,
            ..Pose::straight(&modules, 6.0)
        };
        let side = modules.side as f32;
        let corners: [Point; 4] = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)]
            .map(|(x, y)| pose.place(point(x, y)));
        for (x, y, is_inside) in [
            (1.0, 1.0, true),
            (side - 1.0, side - 1.0, true),
            (side / 2.0, side / 2.0, true),
            (-1.0, side / 2.0, false),
            (side / 2.0, side + 1.0, false),
            (side + 1.0, side + 1.0, false),
        ] {
            let place = pose.place(point(x, y));
            assert_eq!(super::holds(&corners, place), is_inside, "{x}, {y}");
        }
    }
}
