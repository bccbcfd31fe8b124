//! Nothing that sees a credential reaches a network: by its crates, and by what the kernel is asked.

use std::path::Path;

use super::super::{Line, proofs};
use super::publisher::Publisher;
use super::server::Server;
use crate::failure::{Failure, Outcome, While};
use crate::{setup, shell};

pub(super) fn network() -> Vec<Line> {
    let mut lines = proofs::clients();
    lines.push(proofs::the_one_client());
    lines
}

/// Calls of the traced programs that ask for an internet socket.
struct Asked {
    import: usize,
    verify: usize,
    sync: usize,
}

pub(super) fn strace() -> Vec<Line> {
    let bar = "0 of import and verify; those of hwagin-sync are seen";
    let figure = asked().map(|asked| {
        let Asked {
            import,
            verify,
            sync,
        } = asked;
        (
            format!("{import} of an import, {verify} of a verdict; {sync} of hwagin-sync"),
            import + verify == 0 && sync > 0,
        )
    });
    vec![Line::of(
        "internet sockets asked for, by strace",
        bar,
        figure,
    )]
}

fn asked() -> Outcome<Asked> {
    setup::prepare_evidence()?;
    let publisher = Publisher::new("strace")?;
    publisher.release()?;
    let data = publisher.desk("desk")?.display().to_string();
    let hwagin = publisher.program("hwagin-cli", "hwagin")?;
    let sync = publisher.program("hwagin-sync", "hwagin-sync")?;
    let at = |name: &str| publisher.folder.join(name).display().to_string();
    let sample = ["sample", "mdl", "valid", "--out", &at("sample.png")];
    shell::output(shell::program(&hwagin).args(sample))?;
    let repository = at("repository");
    let import = traced(
        &publisher,
        &hwagin,
        &["bundle", "import", &repository, "--data", &data],
        "installed",
    )?;
    let verify = traced(
        &publisher,
        &hwagin,
        &["verify", "--data", &data, &at("sample.png")],
        "abstain",
    )?;
    let server = Server::of(Path::new(&repository), &at("nginx"), None)?;
    let words = [
        "pull",
        &server.url(),
        "--root",
        &at("root.json"),
        "--to",
        &at("copy"),
    ];
    let sync = traced(&publisher, &sync, &words, "updated")?;
    Ok(Asked {
        import,
        verify,
        sync,
    })
}

/// How often the program, or one that it starts, asks for an internet socket.
/// It has to say `said`: one that stopped early asked for nothing either.
fn traced(publisher: &Publisher, program: &Path, words: &[&str], said: &str) -> Outcome<usize> {
    let log = publisher.folder.join("strace.txt");
    let mut command = shell::program("strace");
    command.args(["-f", "-e", "trace=network", "-o"]).arg(&log);
    let done = shell::quiet(command.arg(program).args(words))?;
    let text = std::fs::read_to_string(&log).while_doing(log.display())?;
    let has_ended = text.lines().any(|line| line.contains("+++ exited with"));
    if !has_ended || !done.text.contains(said) {
        return Err(Failure::new(format!("under strace: {}", done.text)));
    }
    Ok(sockets(&text))
}

/// Calls that ask for an internet socket or name an internet address. What the kernel tells of its
/// routes over a netlink socket names such families, too, and is neither.
pub(super) fn sockets(log: &str) -> usize {
    let asks = |line: &&str| line.contains("socket(AF_INET") || line.contains("sa_family=AF_INET");
    log.lines().filter(asks).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_of_the_machine_itself_is_none_of_the_internet() {
        let log = "7 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n7 socket(AF_INET6, SOCK_STREAM, 0) = 4\n\
                   7 connect(4, {sa_family=AF_INET, sin_port=htons(80)}, 16) = 0\n\
                   7 recvmsg(5, {[{rtm_family=AF_INET, rtm_dst_len=0}]}, 0) = 52\n\
                   7 +++ exited with 0 +++\n";
        assert_eq!(sockets(log), 2);
    }
}
