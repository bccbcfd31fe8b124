//! What one look-up costs: `status::check`, as the walk calls it, of cards that name a list less that
//! of cards that name none, beside inflating the same list for each look-up.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use hwagin_desk::Knowledge;
use hwagin_training::Value;
use hwagin_verifier::purpose::StatusPolicy;
use hwagin_verifier::transport::{self, Scanned};
use hwagin_verifier::{
    Current, Payload, Reason, Standing, Statuses, format, issuer, status, validity,
};

use crate::scale::{self, ASKED, Scale};
use crate::{LISTS, at, knowledge};

const ROUNDS: usize = 30;

/// A policy as strict as any of the program, but that a card may name no list.
const POLICY: StatusPolicy = StatusPolicy {
    required: false,
    max_age_seconds: Some(24 * 3_600),
};

/// The credential before its status is asked.
fn current<'a>(payload: &'a Payload, knowledge: &Knowledge) -> Current<'a> {
    let failed = |reason| -> ! { panic!("{reason:?}") };
    let unverified = format::parse(payload).unwrap_or_else(|reason| failed(reason));
    let authentic = issuer::authenticate(unverified, knowledge.trust(), at());
    let authentic = authentic.unwrap_or_else(|reason| failed(reason));
    validity::check(authentic, at()).unwrap_or_else(|reason| failed(reason))
}

/// Nanoseconds of one look-up in these lists, the median over rounds of one look-up for each card
/// after another that warms the caches: the walk before it takes a thousand times as long.
fn look_up(knowledge: &Knowledge, statuses: &Statuses, payloads: &[Payload]) -> f64 {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let twice = payloads.iter().chain(payloads);
        let mut first: Vec<Current<'_>> =
            twice.map(|payload| current(payload, knowledge)).collect();
        let second = first.split_off(payloads.len());
        // The memory for what becomes of them is there before, too.
        let mut kept = Vec::with_capacity(second.len());
        asked(first, statuses, &mut kept);
        rounds.push(asked(second, statuses, &mut kept));
    }
    median(rounds)
}

/// Nanoseconds of each, one after the other; what becomes of them is dropped afterwards.
fn asked<'a>(
    all: Vec<Current<'a>>,
    statuses: &Statuses,
    kept: &mut Vec<Result<Standing<'a>, Reason>>,
) -> f64 {
    let (count, begin) = (all.len(), Instant::now());
    for one in all {
        kept.push(status::check(one, statuses, &POLICY, at()));
    }
    let time = begin.elapsed().as_secs_f64() * 1e9 / count as f64;
    assert!(kept.iter().all(Result::is_ok));
    kept.clear();
    time
}

/// Nanoseconds of inflating one list, likewise.
fn inflate(lists: &[Vec<u8>]) -> f64 {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS / 6 {
        let begin = Instant::now();
        for list in lists {
            let bytes = miniz_oxide::inflate::decompress_to_vec_zlib(black_box(list)).unwrap();
            assert_eq!(black_box(bytes).len(), scale::ENTRIES / 4);
        }
        rounds.push(begin.elapsed().as_secs_f64() * 1e9 / lists.len() as f64);
    }
    median(rounds)
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// The zlib stream in this token.
fn compressed(token: &[u8]) -> Vec<u8> {
    let token: Value = ciborium::from_reader(token).unwrap();
    let parts = match &token {
        Value::Tag(_, parts) => parts.as_array().unwrap(),
        parts => parts.as_array().unwrap(),
    };
    let claims: Value = ciborium::from_reader(&parts[2].as_bytes().unwrap()[..]).unwrap();
    let entry = |map: &Value, key: Value| {
        let map = map.as_map().unwrap();
        map.iter()
            .find(|(known, _)| *known == key)
            .unwrap()
            .1
            .clone()
    };
    let list = entry(&claims, Value::Integer(65_533.into()));
    entry(&list, Value::Text("lst".to_owned()))
        .into_bytes()
        .unwrap()
}

/// What the holders of the cards that are asked for show.
fn payloads(lists: usize, is_listed: bool) -> Vec<Payload> {
    let cards = (0..lists).flat_map(|list| (0..ASKED).map(move |card| (list, card)));
    let read = |(list, card)| {
        let text = scale::shown(list, card, is_listed);
        match transport::read(text.as_bytes()) {
            Ok(Scanned::Presentation(payload)) => payload,
            _ => panic!("not a presentation"),
        }
    };
    cards.map(read).collect()
}

pub(crate) fn measure(scale: &Scale, data: &Path) {
    let knowledge = knowledge(data);
    let lists = LISTS[LISTS.len() - 1];
    let (listed, bare) = (payloads(lists, true), payloads(lists, false));
    let lists: Vec<Vec<u8>> = (0..lists)
        .map(|list| compressed(&scale.token(list)))
        .collect();
    let mut in_memory = Statuses::new();
    for list in 0..lists.len() {
        let added = in_memory.add(&scale.token(list), None, knowledge.trust(), at());
        assert_eq!(added, Ok(()));
    }
    let of = |statuses, payloads: &[Payload]| look_up(&knowledge, statuses, payloads);
    let without = of(&in_memory, &bare);
    let asked = of(knowledge.statuses(), &listed) - without;
    let quickest = of(&in_memory, &listed) - without;
    let inflated = inflate(&lists);
    let ratio = inflated / asked;
    let seldom = inflate(&[compressed(&scale::status(0, scale::SELDOM))]);
    let (of, rare) = (scale::LISTED, scale::SELDOM);
    println!(
        "a look-up in one of {} lists: {asked:.0} ns ({quickest:.0} ns were they in memory); \
         inflating the list each time: {inflated:.0} ns where one in {of} is listed, {ratio:.0} \
         times as long; {seldom:.0} ns where one in {rare} is",
        lists.len()
    );
    println!("figure bundle.inflate_seldom_ns {seldom:.1}");
    println!("figure bundle.look_up_ns {asked:.1}");
    println!("figure bundle.look_up_in_memory_ns {quickest:.1}");
    println!("figure bundle.inflate_ns {inflated:.1}");
    println!("figure bundle.look_up_ratio {ratio:.1}");
}
