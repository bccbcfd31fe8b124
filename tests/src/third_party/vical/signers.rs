//! Who has to be held for each of the two lists.

use super::{AAMVA_AT, BETWEEN, List, PINNED, RDW, RDW_AT, ROOT, is_refused, words};
use crate::third_party::Results;
use crate::third_party::certificates::certificate;
use hwagin_verifier::CalendarDate;
use hwagin_verifier::trust::vical::VicalEntry;
use std::path::Path;

/// Who has to be held for the AAMVA list, in whose chain stand all of its three certificates.
pub(super) fn chain(folder: &Path, list: &List<'_>, out: &mut Results) {
    let (root, between) = (certificate(folder, ROOT), certificate(folder, BETWEEN));
    let chain = list.chain();
    for (number, name, own) in [(1, BETWEEN, &between), (2, ROOT, &root)] {
        let is_own = chain.get(number) == Some(own);
        let about = format!("member {number} of the chain");
        out.same(name, &about, "the same bytes", same_bytes(is_own));
    }
    // The authority between has the root above it in the chain, which leads away from it.
    for (name, held, published) in [
        (list.name, &chain[0], "taken"),
        (ROOT, &root, "taken"),
        (BETWEEN, &between, "vical.signer_unknown"),
    ] {
        let said = words(&list.judged(&[held], AAMVA_AT));
        out.same(name, "vouches for the AAMVA list", published, &said);
    }
    let said = words(&list.judged(&[], AAMVA_AT));
    let unknown = "vical.signer_unknown";
    out.same(list.name, "where nobody is held", unknown, &said);
    let both = list.judged(&[&[], &[0x30, 0], &root], AAMVA_AT);
    let by = both.map_or_else(
        |flaw| flaw.code().to_owned(),
        |it| it.vouched_by.to_string(),
    );
    out.same(list.name, "vouched for by the third held", "2", &by);
}

/// Who has to be held for the RDW list, whose root is not public, and what it says of Korea.
pub(super) fn pinned(folder: &Path, list: &List<'_>, out: &mut Results) {
    let is_own = list.chain()[0] == list.held;
    out.same(
        PINNED,
        "the chain's only member",
        "the same bytes",
        same_bytes(is_own),
    );
    let said = words(&list.judged(&[&list.held], RDW_AT));
    out.same(PINNED, "vouches for the RDW list", "taken", &said);
    let root = certificate(folder, ROOT);
    let said = words(&list.judged(&[&root], RDW_AT));
    let unknown = "vical.signer_unknown";
    out.same(ROOT, "vouches for the RDW list", unknown, &said);
    let Ok(report) = list.judged(&[&list.held], RDW_AT) else {
        return;
    };
    let korea = &report.entries[12];
    let ends = korea.valid_until.map(|it| CalendarDate::utc(it).to_iso());
    let ends = ends.unwrap_or_default();
    out.same(&format!("{RDW}#12"), "ends", "2032-08-15", &ends);
    // From 2025-02-20: longer than 20 years.
    let lasts = |entry: &&VicalEntry| {
        let day = entry.valid_until.map(|it| CalendarDate::utc(it).to_iso());
        day.as_deref() == Some("2045-09-03")
    };
    let longest: Vec<_> = report.entries.iter().filter(lasts).collect();
    let taken = longest.iter().filter(|entry| !is_refused(entry)).count();
    let said = format!("{} there, {taken} taken", longest.len());
    out.same(RDW, "of more than 20 years", "1 there, 0 taken", &said);
}

fn same_bytes(is_so: bool) -> &'static str {
    if is_so { "the same bytes" } else { "others" }
}
