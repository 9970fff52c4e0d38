//! The site goes online: one commit on a branch of a git remote.
//!
//! In comes a map from address to bytes, out goes a commit whose tree is that map.
//! All of it happens in a repository of its own in a temporary folder, which takes
//! from the archive's only its settings (remotes, credentials): work tree, index,
//! branches and objects of the archive's repository are not touched, and a run that
//! is broken off leaves nothing.
//!
//! The commit has no parent where the branch holds nothing but what was published
//! before: so what was un-published does not stay in its history, and nothing but
//! our own commit is ever replaced. Commits of others on top of ours (the settings
//! page of GitHub commits a `CNAME`) are built upon. A branch that never was ours is
//! refused.
//!
//! The `git` program is asked rather than a library: it alone knows the owner's
//! credentials, proxies and rewritten addresses. Start at [`Repository::open`].

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

use crate::diagnostic::Diagnostic;

/// The line by which our commits are known.
const MARK: &str = "Annals-Site: 1";

/// What the site's commits are called in our own repository, until they are sent.
const REFERENCE: &str = "refs/heads/site";

/// A repository to publish from.
#[derive(Debug)]
pub struct Repository {
    /// Our own, in a temporary folder.
    own: TempDir,
    /// The settings of the archive's.
    config: PathBuf,
    /// The archive's folder: addresses of remotes may be relative to it.
    folder: PathBuf,
}

/// A branch of a remote.
#[derive(Debug, Clone, Copy)]
pub struct Branch<'a> {
    /// `origin`, or an address.
    pub remote: &'a str,
    /// `gh-pages`.
    pub name: &'a str,
}

/// What stands on a branch now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tip {
    /// Its commit.
    commit: String,
    /// Whether commits of others stand on ours, so that the next one follows them.
    is_followed: bool,
    /// The `CNAME` at its root.
    pub cname: Option<Vec<u8>>,
}

/// What a commit changes, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were not there.
    pub added: Vec<String>,
    /// Files with other bytes.
    pub changed: Vec<String>,
    /// Files that are no more.
    pub gone: Vec<String>,
}

impl Changes {
    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }
}

impl Repository {
    /// Opens the repository that holds `folder`.
    ///
    /// # Errors
    ///
    /// There is no `git` program, or `folder` is in no repository.
    pub fn open(folder: &Path) -> Result<Self, Diagnostic> {
        let mut ask = Command::new("git");
        ask.arg("-C").arg(folder).args([
            "rev-parse",
            "--path-format=absolute",
            "--git-path",
            "config",
        ]);
        let asked = ask.env("LC_ALL", "C").output().map_err(|error| report::no_git(&error))?;
        if !asked.status.success() {
            return Err(report::no_repository(folder));
        }
        let config = PathBuf::from(String::from_utf8_lossy(&asked.stdout).trim_end());
        let own = tempfile::tempdir().map_err(|error| report::no_room(&error))?;
        let repository = Self { own, config, folder: folder.to_owned() };
        let mut init = Command::new("git");
        init.args(["init", "--quiet", "--bare"]).arg(repository.own.path());
        run(&mut init).and_then(succeed("git init"))?;
        Ok(repository)
    }

    fn git(&self, arguments: &[&str]) -> Command {
        let mut include = std::ffi::OsString::from("include.path=");
        include.push(&self.config);
        let mut git = Command::new("git");
        git.arg("--git-dir").arg(self.own.path()).arg("-c").arg(include);
        // Bytes are published as they are.
        git.args(["-c", "core.bare=true", "-c", "gc.auto=0"]).args(arguments);
        git.env("LC_ALL", "C").current_dir(&self.folder);
        git
    }

    /// Looks at what stands on `branch`; `None` where there is no such branch yet.
    ///
    /// # Errors
    ///
    /// A remote that cannot be reached or does not let us in; a branch that holds no
    /// commit of ours.
    pub fn look(&self, branch: Branch<'_>) -> Result<Option<Tip>, Diagnostic> {
        let name = format!("refs/heads/{}", branch.name);
        let listed = run(&mut self.git(&["ls-remote", "--", branch.remote, &name]))?;
        if !listed.status.success() {
            return Err(report::unreachable(branch, &words(&listed)));
        }
        let listed = String::from_utf8_lossy(&listed.stdout);
        let Some(commit) = listed.split_whitespace().next().map(str::to_owned) else {
            return Ok(None);
        };
        let fetch = |depth: &str| {
            let found = run(&mut self.git(&[
                "fetch",
                "--quiet",
                "--no-tags",
                depth,
                "--",
                branch.remote,
                &name,
            ]))?;
            if found.status.success() {
                Ok(())
            } else {
                Err(report::unreachable(branch, &words(&found)))
            }
        };
        fetch("--depth=1")?;
        let told = self.told(&["cat-file", "commit", &commit])?;
        let is_ours = told.lines().any(|line| line == MARK);
        let has_parent = told
            .lines()
            .take_while(|line| !line.is_empty())
            .any(|line| line.starts_with("parent "));
        let mut is_followed = false;
        if !is_ours || has_parent {
            if has_parent {
                fetch("--unshallow")?;
            }
            let all = self.told(&["rev-list", "--count", &commit])?;
            let ours = self.told(&[
                "rev-list",
                "--count",
                "--fixed-strings",
                &format!("--grep={MARK}"),
                &commit,
            ])?;
            if ours.trim() == "0" {
                return Err(report::not_ours(branch, &commit));
            }
            is_followed = all != ours;
        }
        let cname = run(&mut self.git(&["cat-file", "blob", &format!("{commit}:CNAME")]))?;
        let cname = cname.status.success().then_some(cname.stdout);
        Ok(Some(Tip { commit, is_followed, cname }))
    }

    /// Makes the commit whose tree is what `fill` puts into it; gives its name and
    /// what it changes against `tip`.
    ///
    /// # Errors
    ///
    /// Git does not know who publishes; what `fill` fails with; a full disk.
    pub fn commit(
        &self,
        tip: Option<&Tip>,
        message: &str,
        fill: impl FnOnce(&mut Tree) -> Result<(), Diagnostic>,
    ) -> Result<(String, Changes), Diagnostic> {
        let who = run(&mut self.git(&["var", "GIT_COMMITTER_IDENT"]))?;
        if !who.status.success() {
            return Err(report::nobody(&words(&who)));
        }
        let who = String::from_utf8_lossy(&who.stdout).trim_end().to_owned();
        let mut import = self.git(&["fast-import", "--quiet", "--done", "--force"]);
        import.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = import.spawn().map_err(|error| report::no_git(&error))?;
        let filled = Tree::begin(&mut child, &who, message, tip).and_then(|mut tree| {
            fill(&mut tree)?;
            tree.finish()
        });
        if let Err(error) = filled {
            // What it has to say about itself says more than that it does not listen.
            let _ = child.kill();
            let _ = child.wait();
            return Err(error);
        }
        let ended = child.wait_with_output().map_err(|error| report::broken(&error))?;
        succeed("git fast-import")(ended)?;
        let commit = self.told(&["rev-parse", REFERENCE])?.trim().to_owned();
        let changes = self.changes(tip, &commit)?;
        Ok((commit, changes))
    }

    fn changes(&self, tip: Option<&Tip>, commit: &str) -> Result<Changes, Diagnostic> {
        let mut changes = Changes::default();
        let Some(tip) = tip else {
            let all = self.told(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit])?;
            changes.added = all.split_terminator('\0').map(str::to_owned).collect();
            return Ok(changes);
        };
        let diff = ["diff-tree", "-r", "-z", "--no-renames", "--name-status", &tip.commit, commit];
        let told = self.told(&diff)?;
        let mut parts = told.split_terminator('\0');
        while let (Some(status), Some(path)) = (parts.next(), parts.next()) {
            let list = match status {
                "A" => &mut changes.added,
                "D" => &mut changes.gone,
                _ => &mut changes.changed,
            };
            list.push(path.to_owned());
        }
        Ok(changes)
    }

    /// Sends `commit` to `branch`, where `tip` still has to stand.
    ///
    /// # Errors
    ///
    /// No right to write there; somebody was there first.
    pub fn send(
        &self,
        branch: Branch<'_>,
        tip: Option<&Tip>,
        commit: &str,
    ) -> Result<(), Diagnostic> {
        let name = format!("refs/heads/{}", branch.name);
        // An empty value means that the branch is still to be made.
        let lease =
            format!("--force-with-lease={name}:{}", tip.map_or("", |tip| tip.commit.as_str()));
        let target = format!("{commit}:{name}");
        let mut arguments = vec!["push", "--quiet", "--no-verify"];
        if tip.is_none_or(|tip| !tip.is_followed) {
            arguments.push(&lease);
        }
        arguments.extend(["--", branch.remote, &target]);
        let sent = run(&mut self.git(&arguments))?;
        if sent.status.success() { Ok(()) } else { Err(report::not_sent(branch, &words(&sent))) }
    }

    /// What a question about objects is answered with.
    fn told(&self, arguments: &[&str]) -> Result<String, Diagnostic> {
        let told = run(&mut self.git(arguments))?;
        let told = succeed(arguments.first().copied().unwrap_or("git"))(told)?;
        Ok(String::from_utf8_lossy(&told.stdout).into_owned())
    }
}

/// A tree in the making: a stream of `git fast-import`.
#[derive(Debug)]
pub struct Tree {
    stream: io::BufWriter<std::process::ChildStdin>,
    /// Files and their sizes in bytes.
    sizes: BTreeMap<String, u64>,
}

impl Tree {
    fn begin(
        child: &mut Child,
        who: &str,
        message: &str,
        tip: Option<&Tip>,
    ) -> Result<Self, Diagnostic> {
        let Some(stream) = child.stdin.take() else {
            return Err(report::broken(&io::Error::from(io::ErrorKind::BrokenPipe)));
        };
        let mut tree =
            Self { stream: io::BufWriter::with_capacity(1 << 18, stream), sizes: BTreeMap::new() };
        let message = format!("{message}\n\n{MARK}\n");
        let mut head =
            format!("commit {REFERENCE}\ncommitter {who}\ndata {}\n{message}\n", message.len());
        if let Some(tip) = tip.filter(|tip| tip.is_followed) {
            head.push_str("from ");
            head.push_str(&tip.commit);
            head.push_str("\ndeleteall\n");
        }
        tree.say(head.as_bytes())?;
        Ok(tree)
    }

    /// Puts a file into the tree; the last one at a path stands.
    ///
    /// # Errors
    ///
    /// The stream has broken off.
    pub fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let quoted = path.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        self.say(format!("M 100644 inline \"{quoted}\"\ndata {}\n", bytes.len()).as_bytes())?;
        self.say(bytes)?;
        self.say(b"\n")?;
        self.sizes.insert(path.to_owned(), bytes.len() as u64);
        Ok(())
    }

    /// Whether there is a file at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.sizes.contains_key(path)
    }

    /// The files and their sizes in bytes.
    pub fn sizes(&self) -> &BTreeMap<String, u64> {
        &self.sizes
    }

    fn say(&mut self, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.stream.write_all(bytes).map_err(|error| report::broken(&error))
    }

    fn finish(mut self) -> Result<(), Diagnostic> {
        self.say(b"done\n")?;
        self.stream.flush().map_err(|error| report::broken(&error))
    }
}

fn run(command: &mut Command) -> Result<Output, Diagnostic> {
    command.output().map_err(|error| report::no_git(&error))
}

/// The last thing git said, on one line.
fn words(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines.clone().find(|line| line.starts_with("fatal:") || line.starts_with("! ["));
    line.or_else(|| lines.next_back()).unwrap_or("no reason was given").to_owned()
}

fn succeed(what: &str) -> impl Fn(Output) -> Result<Output, Diagnostic> {
    move |output| {
        if output.status.success() {
            Ok(output)
        } else {
            Err(report::failed(what, &words(&output)))
        }
    }
}

/// Every diagnostic of this room.
mod report {
    use std::io;
    use std::path::Path;

    use super::Branch;
    use crate::diagnostic::Diagnostic;

    pub(super) fn no_git(error: &io::Error) -> Diagnostic {
        Diagnostic::error("publish-git", format!("the `git` program cannot be run: {error}"))
            .help("install git, or put the folder `public/` online in another way")
    }

    pub(super) fn no_repository(folder: &Path) -> Diagnostic {
        let message = format!("`{}` is in no git repository", folder.display());
        Diagnostic::error("publish-repository", message)
            .help("make one with `git init` and `git remote add origin ADDRESS`")
    }

    pub(super) fn no_room(error: &io::Error) -> Diagnostic {
        Diagnostic::error("publish-room", format!("there is no temporary folder: {error}"))
    }

    pub(super) fn unreachable(branch: Branch<'_>, words: &str) -> Diagnostic {
        let message = format!("the remote `{}` cannot be reached: {words}", branch.remote);
        Diagnostic::error("publish-remote", message)
            .help("`git remote -v` lists remotes; name another with `--remote`, or see whether you may read it")
    }

    pub(super) fn not_ours(branch: Branch<'_>, commit: &str) -> Diagnostic {
        let message = format!(
            "the branch `{}` of `{}` holds commits that no `annals publish` made (`{commit:.8}`)",
            branch.name, branch.remote
        );
        Diagnostic::error("publish-not-ours", message)
            .help("name another with `--branch`, or delete that one if nobody needs it: nothing was changed")
    }

    pub(super) fn nobody(words: &str) -> Diagnostic {
        Diagnostic::error("publish-nobody", format!("git does not know who publishes: {words}"))
            .help("say it once: `git config --global user.name …` and `git config --global user.email …`")
    }

    pub(super) fn not_sent(branch: Branch<'_>, words: &str) -> Diagnostic {
        let message =
            format!("the branch `{}` of `{}` was not changed: {words}", branch.name, branch.remote);
        let help = if words.contains("[remote rejected]") {
            "the remote refuses it: see whether you may write there and whether the branch is protected"
        } else if words.contains("stale info") || words.contains("rejected") {
            "somebody published in the meantime; publish again"
        } else {
            "see whether you may write to the repository"
        };
        Diagnostic::error("publish-push", message).help(help)
    }

    pub(super) fn broken(error: &io::Error) -> Diagnostic {
        Diagnostic::error("publish-git", format!("git did not take the site: {error}"))
            .help("see whether the disk of the temporary folder is full; nothing was published")
    }

    pub(super) fn failed(what: &str, words: &str) -> Diagnostic {
        Diagnostic::error("publish-git", format!("`{what}` failed: {words}"))
            .help("nothing was published")
    }
}
