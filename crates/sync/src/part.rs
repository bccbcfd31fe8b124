//! A target on its way: what has come of it stays, and the rest is asked for.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use ureq::Body;
use ureq::http::header::RANGE;
use url::Url;

use crate::client::{Ask, Client, Trouble, header};
use crate::failure::{Code, Failure};
use crate::mirror;

/// How much is read from the wire at once.
pub(crate) const CHUNK: usize = 64 * 1024;

/// A target that is wanted.
pub(crate) struct Part<'a> {
    pub(crate) url: &'a Url,
    pub(crate) length: u64,
    pub(crate) sha256: &'a [u8],
    /// Where it is kept until all of it is there.
    pub(crate) path: &'a Path,
}

/// What the server sends of it.
struct Answer {
    /// It begins where it was asked to, and not at the first byte.
    is_ranged: bool,
    announced: Option<u64>,
    body: Body,
}

impl Part<'_> {
    /// The file has all bytes of the target, on the disk; how many of them were not asked for in
    /// the request that completed it. `reached` is told how far it has come.
    pub(crate) fn fetch(
        &self,
        client: &Client,
        reached: &mut dyn FnMut(u64),
    ) -> Result<u64, Failure> {
        loop {
            let mut resumed = 0;
            client.persist(|| {
                let from = self.continue_once(client, reached)?;
                resumed = from;
                Ok(())
            })?;
            if mirror::sha256_of_file(self.path, self.length).is_some_and(|is| is == self.sha256) {
                return Ok(resumed);
            }
            self.forget()?;
            // What lay here may have been bad; what came in one piece is what the server has.
            if resumed == 0 {
                return Err(Failure::new(Code::TargetMismatch, self.url.as_str()));
            }
        }
    }

    /// Asks for what is missing, once; from where on.
    fn continue_once(&self, client: &Client, reached: &mut dyn FnMut(u64)) -> Result<u64, Trouble> {
        let disk = |_| Trouble::Final(Failure::disk(self.path));
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.path)
            .map_err(disk)?;
        let mut have = file.metadata().map_err(disk)?.len();
        if have > self.length {
            file.set_len(0).map_err(disk)?;
            have = 0;
        }
        if have == self.length {
            return Ok(have);
        }
        let mut answer = match self.ask(client, have) {
            Ok(answer) => answer,
            // It knows no such range: then we have something else than it has.
            Err(Trouble::Final(failure)) if is_about_range(failure.code) && have > 0 => {
                file.set_len(0).map_err(disk)?;
                return Err(Trouble::Cut(failure));
            }
            Err(other) => return Err(other),
        };
        if !answer.is_ranged {
            file.set_len(0).map_err(disk)?;
            have = 0;
        }
        file.seek(SeekFrom::Start(have)).map_err(disk)?;
        reached(have);
        self.read(client, &mut answer, have, &mut file, reached)?;
        file.sync_all().map_err(disk)?;
        Ok(have)
    }

    /// The body from there on, or from the first byte.
    fn ask(&self, client: &Client, from: u64) -> Result<Answer, Trouble> {
        let mut ask = Ask::new(self.url);
        if from > 0 {
            ask = ask.with(RANGE, format!("bytes={from}-"));
        }
        let response = client.ask(&ask)?;
        let status = response.status().as_u16();
        let is_ranged = status == 206;
        let begins_there = header(&response, "content-range")
            .is_some_and(|range| begins_at(range, from, self.length));
        // A range that was not asked for, or another one, is of no use.
        if status == 304 || (is_ranged && (from == 0 || !begins_there)) {
            let failure = Failure::new(Code::Http(status), self.url.as_str());
            return Err(Trouble::Final(failure));
        }
        let announced = header(&response, "content-length").and_then(|text| text.parse().ok());
        Ok(Answer {
            is_ranged,
            announced,
            body: response.into_body(),
        })
    }

    /// Writes what comes, up to the length that was signed.
    fn read(
        &self,
        client: &Client,
        answer: &mut Answer,
        from: u64,
        file: &mut File,
        reached: &mut dyn FnMut(u64),
    ) -> Result<(), Trouble> {
        let failure = |code| Failure::new(code, self.url.as_str());
        if answer
            .announced
            .is_some_and(|more| more > self.length.saturating_sub(from))
        {
            return Err(Trouble::Final(failure(Code::TooLarge)));
        }
        let mut reader = answer.body.as_reader();
        let mut chunk = vec![0; CHUNK];
        let mut have = from;
        loop {
            let read = match client.read_some(&mut reader, &mut chunk) {
                Ok(read) => read,
                Err(()) if have > from => return Err(Trouble::Cut(failure(Code::Network))),
                Err(()) => return Err(Trouble::Again(failure(Code::Network), None)),
            };
            if read.is_empty() {
                break;
            }
            have = have.saturating_add(u64::try_from(read.len()).unwrap_or(u64::MAX));
            if have > self.length {
                self.forget().map_err(Trouble::Final)?;
                return Err(Trouble::Final(failure(Code::TooLarge)));
            }
            file.write_all(read)
                .map_err(|_| Trouble::Final(Failure::disk(self.path)))?;
            reached(have);
        }
        if have == self.length {
            Ok(())
        } else if answer.announced.is_some() && from == 0 {
            // It was sent whole, and is too short.
            self.forget().map_err(Trouble::Final)?;
            Err(Trouble::Final(failure(Code::TargetMismatch)))
        } else if have > from {
            Err(Trouble::Cut(failure(Code::Network)))
        } else {
            Err(Trouble::Again(failure(Code::Network), None))
        }
    }

    fn forget(&self) -> Result<(), Failure> {
        fs::remove_file(self.path).map_err(|_| Failure::disk(self.path))
    }
}

/// Whether it was the range that the server could not do.
fn is_about_range(code: Code) -> bool {
    matches!(code, Code::Http(206 | 416))
}

/// Whether a `Content-Range` (RFC 9110, section 14.4) begins there, in something that long.
fn begins_at(range: &str, from: u64, length: u64) -> bool {
    let parts = || {
        let (range, whole) = range.trim().strip_prefix("bytes ")?.split_once('/')?;
        let (first, _last) = range.split_once('-')?;
        Some((first.trim().parse::<u64>().ok()?, whole.trim()))
    };
    parts().is_some_and(|(first, whole)| {
        first == from && (whole == "*" || whole.parse() == Ok(length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_only_the_range_that_was_asked_for() {
        assert!(begins_at("bytes 5-9/10", 5, 10));
        assert!(begins_at("bytes 5-9/*", 5, 10));
        for other in [
            "bytes 4-9/10",
            "bytes 5-9/11",
            "bytes */10",
            "5-9/10",
            "",
            "bytes 5/10",
        ] {
            assert!(!begins_at(other, 5, 10), "{other}");
        }
    }
}
