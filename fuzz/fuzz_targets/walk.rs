//! The whole walk, from a `DeviceResponse` to the verdict. Seeds: tests/vectors.
#![no_main]

use hwagin_tests::world::{AT, Desk, purpose};

libfuzzer_sys::fuzz_target!(|response: &[u8]| {
    thread_local! {
        static DESK: Desk = {
            let world = hwagin_tests::vector::folder().join("world");
            let file = |name: &str| std::fs::read(world.join(name)).unwrap();
            let list = file("status.cwt");
            Desk::training(&[file("iaca.der")], Some(&list), purpose("hospital-reception"), AT)
        };
    }
    DESK.with(|desk| {
        let text = hwagin_tests::text(response, AT, [7; 16]);
        // Nobody but the training authority signs for this desk.
        assert!(!desk.read(text.as_bytes()).is_accepted());
    });
});
