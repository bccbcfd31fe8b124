//! `hwagin cases`: the whole walk, from the picture of a code to the verdict, for every sample.

use std::time::Duration;

use hwagin_desk::knowledge::Asked;
use hwagin_desk::{Judge, Read, Sources, clock, scan_picture};
use hwagin_training::phone::{qr_luma, qr_version};
use hwagin_training::{Authority, Card, Case, DocumentCase, DocumentKind, Format};
use hwagin_verifier::At;
use hwagin_verifier::transport::{Assembler, Taken};
use lexopt::{Arg, Parser};

use crate::failure::Failure;
use crate::out::Out;
use crate::{help, world};

/// What cards are judged for, and what documents without a holder.
const OF_CARDS: &str = "hospital-reception";
const OF_DOCUMENTS: &str = "credential-check";

/// The first purpose that takes this card without a challenge.
fn purpose_of(card: Card) -> &'static str {
    match card {
        Card::Mcs => "age-19",
        _ => OF_CARDS,
    }
}

/// One row of the table.
struct Row {
    what: String,
    case: &'static str,
    purpose: &'static str,
    expected: &'static str,
    codes: Vec<String>,
}

pub(crate) fn run(mut parser: Parser, out: &mut Out) -> Result<u8, Failure> {
    let mut at = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("at") => at = Some(world::time(&parser.value()?)?),
            Arg::Long("help") | Arg::Short('h') => {
                out.line(help::CASES);
                return Ok(0);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let at = at.unwrap_or_else(clock::now);
    let mut judge = Judge::new(world::knowledge(&Sources::default(), at, out)?, at);
    out.line(format!(
        "TRAINING, cards for {OF_CARDS}, documents for {OF_DOCUMENTS}"
    ));
    out.line(line("what", "case", "expected", "actual", ""));
    let mut differ = 0;
    for row in cards(at).chain(documents(at)) {
        let actual = actual(&row, &mut judge, at)?;
        let same = if row.expected == actual {
            "ok"
        } else {
            "DIFFERS"
        };
        differ += u32::from(row.expected != actual);
        out.line(line(&row.what, row.case, row.expected, &actual, same));
    }
    Ok(u8::from(differ > 0))
}

fn line(what: &str, case: &str, expected: &str, actual: &str, same: &str) -> String {
    let line = format!("{what:<15} {case:<17} {expected:<32} {actual:<32} {same}");
    line.trim_end().to_owned()
}

/// Every case of every card in every format.
fn cards(at: At) -> impl Iterator<Item = Row> {
    let all = Format::ALL.into_iter().flat_map(|format| {
        Card::ALL
            .into_iter()
            .flat_map(move |card| Case::ALL.into_iter().map(move |case| (format, card, case)))
    });
    all.map(move |(format, card, case)| {
        let shown = Authority::built_in().present_as(format, card, case, at.time.0);
        let codes = if qr_version(&shown.text).is_ok() {
            vec![shown.text]
        } else {
            let parts = shown.parts();
            let needed = parts.needed();
            parts.take(needed).collect()
        };
        Row {
            what: match format {
                Format::Mdoc => card.id().to_owned(),
                Format::SdCwt => format!("{}/{}", card.id(), format.id()),
            },
            case: case.id(),
            purpose: purpose_of(card),
            expected: expected(format, case),
            codes,
        }
    })
}

/// Every case of every document without a holder.
fn documents(at: At) -> impl Iterator<Item = Row> {
    let all = DocumentKind::ALL.into_iter();
    let all = all.flat_map(|kind| kind.cases().map(move |case| (kind, case)));
    all.filter_map(move |(kind, case)| {
        let document = Authority::built_in().document(kind, case, at.time.0)?;
        Some(Row {
            what: kind.id().to_owned(),
            case: case.id(),
            purpose: OF_DOCUMENTS,
            expected: expected_of_document(case),
            codes: vec![document.text],
        })
    })
}

/// What a desk must say to this case of a card.
fn expected(format: Format, case: Case) -> &'static str {
    match (case, format) {
        (Case::Valid | Case::LargePortrait, _) => "accept",
        (Case::EndingSoon, _) => "accept ending_soon",
        (Case::Suspended, _) => "refuse status.suspended",
        (Case::Revoked, _) => "refuse status.revoked",
        (Case::Expired, _) => "refuse validity.expired",
        (Case::NotYet, _) => "refuse validity.not_yet",
        (Case::AlteredName, Format::Mdoc) => "refuse digest.mismatch",
        (Case::MissingDigest, Format::Mdoc) => "refuse digest.missing",
        // The hash of a disclosure is the only thing that says where it belongs.
        (Case::AlteredName | Case::MissingDigest, Format::SdCwt) => "refuse digest.unused",
        (Case::WrongIssuer, _) => "abstain issuer.unknown",
        (Case::DsRevoked, _) => "refuse issuer.revoked",
        (Case::DsCountry, _) => "refuse issuer.country_mismatch",
        (Case::DoctypeSwapped, _) => "refuse format.type_mismatch",
        (Case::Stale, _) => "refuse holder.too_old",
        (Case::Replayed, _) => "refuse holder.replayed",
        (Case::WrongDeviceKey, _) => "refuse holder.proof_invalid",
        (Case::OtherDesk, _) => "refuse holder.challenge_mismatch",
        (Case::Future, _) => "abstain holder.from_future",
    }
}

/// What a desk must say to this case of a document: a sound one is genuine, and says nothing of who
/// brings it nor, mostly, of its status.
fn expected_of_document(case: DocumentCase) -> &'static str {
    match case {
        DocumentCase::Valid => "accept holder_not_proven no_status",
        DocumentCase::EndingSoon => "accept holder_not_proven ending_soon no_status",
        DocumentCase::Revoked => "refuse status.revoked",
        DocumentCase::Expired => "refuse validity.expired",
        DocumentCase::NotYet => "refuse validity.not_yet",
        DocumentCase::AlteredName => "refuse signature.invalid",
        DocumentCase::WrongIssuer => "abstain issuer.unknown",
        DocumentCase::WrongUse => "refuse issuer.purpose_mismatch",
        DocumentCase::Unsigned => "refuse signature.missing",
        DocumentCase::Encrypted => "abstain format.encrypted",
    }
}

/// What this desk says to the pictures of its codes.
fn actual(row: &Row, judge: &mut Judge, at: At) -> Result<String, Failure> {
    let mut assembler = Assembler::new();
    let mut taken = Ok(Taken::Part);
    for text in &row.codes {
        let code = qr_luma(text, 4, 4).map_err(|_| Failure::new("too_long", row.case))?;
        let symbols = match scan_picture(&code.png()) {
            Ok(symbols) => symbols,
            Err(hint) => return Ok(hint.code().to_owned()),
        };
        let Some(symbol) = symbols.first() else {
            return Ok("no symbol read".to_owned());
        };
        taken = assembler.take(symbol, Duration::ZERO);
    }
    let payload = match taken {
        Ok(Taken::Presentation(payload)) => Ok(payload),
        Ok(Taken::Part | Taken::Foreign(_)) => return Ok("no presentation".to_owned()),
        Err(reason) => Err(reason),
    };
    let payload = payload.as_ref().map_err(|reason| *reason);
    let purpose = judge.knowledge().purpose(row.purpose).cloned();
    let purpose = purpose.ok_or_else(|| Failure::new("unknown_purpose", row.purpose))?;
    // Each case is the first of its day: two samples of one second share their presentation id.
    judge.forget(at);
    Ok(
        match judge.judge_payload(payload, &purpose, &Asked::default(), at) {
            Read::Hint(hint) => hint.code().to_owned(),
            Read::Judged(judged) => judged
                .view(&purpose, &Asked::default(), judge.knowledge(), at)
                .summary(),
        },
    )
}
