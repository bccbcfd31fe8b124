use super::*;

fn reason(bytes: &[u8]) -> Option<Reason> {
    Item::whole(bytes).err()
}

#[test]
fn refuses_a_key_that_occurs_twice_however_it_is_written() {
    assert_eq!(
        reason(&[0xa2, 0x01, 0x00, 0x01, 0x00]),
        Some(Reason::DuplicateKey)
    );
    assert_eq!(
        reason(&[0xa2, 0x01, 0x00, 0x18, 0x01, 0x00]),
        Some(Reason::DuplicateKey)
    );
    assert_eq!(
        reason(&[0xa2, 0x61, b'a', 0x00, 0x78, 0x01, b'a', 0x00]),
        Some(Reason::DuplicateKey)
    );
    assert_eq!(
        reason(&[0xbf, 0x01, 0x00, 0x01, 0x00, 0xff]),
        Some(Reason::DuplicateKey)
    );
    assert_eq!(
        reason(&[0x81, 0xa2, 0x20, 0x00, 0x38, 0x00, 0x00]),
        Some(Reason::DuplicateKey)
    );
    assert_eq!(reason(&[0xa2, 0x01, 0x00, 0x20, 0x00]), None);
    assert_eq!(reason(&[0xa2, 0x61, b'a', 0x00, 0x41, b'a', 0x00]), None);
}

#[test]
fn refuses_what_is_cut_short_or_left_over_or_in_pieces() {
    for broken in [
        &[][..],
        &[0x82, 0x01],
        &[0x01, 0x01],
        &[0xff],
        &[0x1c],
        &[0x62, b'a'],
        &[0x61, 0xff],
        &[0x5f, 0x41, 0x00, 0xff],
        &[0x7f, 0x61, b'a', 0xff],
        &[0xa1, 0x01],
        &[0x9f, 0x01],
        &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0xbf, 0x01, 0xff],
        &[
            0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x01,
        ],
    ] {
        assert_eq!(reason(broken), Some(Reason::Malformed), "{broken:02x?}");
    }
}

#[test]
fn a_depth_bomb_is_malformed_and_does_not_exhaust_the_stack() {
    let nested = |depth| [vec![0x81; depth], vec![0]].concat();
    assert_eq!(reason(&nested(MAX_DEPTH - 1)), None);
    assert_eq!(reason(&nested(MAX_DEPTH)), Some(Reason::Malformed));
    assert_eq!(reason(&vec![0x81; 1 << 20]), Some(Reason::Malformed));
    assert_eq!(reason(&vec![0xc1; 1 << 20]), Some(Reason::Malformed));
}

#[test]
fn spans_are_the_bytes_received() {
    // {1: 24(h'8101'), 2: [1, 2]} with a longer head than needed on the map
    let bytes = [
        0xb8, 0x02, 0x01, 0xd8, 0x18, 0x42, 0x81, 0x01, 0x02, 0x9f, 0x01, 0x18, 0x02, 0xff,
    ];
    let map = Item::whole(&bytes).unwrap().map().unwrap();
    assert_eq!(
        map.int_key(1).unwrap().encoded(),
        [0xd8, 0x18, 0x42, 0x81, 0x01]
    );
    let inner = map
        .int_key(1)
        .unwrap()
        .embedded()
        .unwrap_or_else(|_| panic!("embedded"));
    assert_eq!(inner.array().unwrap().len(), 1);
    let second = map.int_key(2).unwrap().array().unwrap();
    assert_eq!(second[1].encoded(), [0x18, 0x02]);
    assert_eq!(second[1].uint(), Some(2));
}
