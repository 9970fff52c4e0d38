//! `annals new`: a clipping by hand, or one that was pasted.

use std::io::Read;

use super::init::quoted;
use super::{Failure, NewArguments, Terminal};
use crate::article::Basis;
use crate::clean;
use crate::site;
use crate::source::{self, Clipping};
use crate::text::{short_hash, slug};

/// The longest text that is taken from standard input, as of a file.
const LARGEST: u64 = 64 * 1024 * 1024;

pub(super) fn run(arguments: &NewArguments, terminal: &Terminal) -> Result<(), Failure> {
    let content = arguments.archive.join("content");
    if !content.is_dir() {
        let message = format!("there is no `{}`", content.display());
        let help =
            "go to an archive's folder, name it with `--archive`, or begin with `annals init`";
        return Err(Failure::Use(format!("{message}: {help}")));
    }
    let (stem, files) = match (&arguments.title, arguments.paste) {
        (title, true) => pasted(title.as_deref())?,
        (Some(title), false) => by_hand(title),
        (None, false) => return Err(Failure::Use("a clipping needs a title".to_owned())),
    };
    let folder = arguments.folder.as_deref().unwrap_or_default();
    if folder.split('/').any(|part| part == ".." || part.contains('\\')) || folder.starts_with('/')
    {
        return Err(Failure::Use(format!("`{folder}` is no folder below content/")));
    }
    let file = site::add(&content.join(folder), &stem, &files).map_err(|error| {
        terminal.diagnostics(&[error]);
        Failure::Archive
    })?;
    // The path is the data of this command: an editor can be started with it.
    terminal.data(&format!("{}\n", file.display()));
    Ok(())
}

/// The name that the files have in common; the ending and the bytes of each.
type Files = (String, Vec<(&'static str, Vec<u8>)>);

/// Markdown with the front matter that a clipping has most often.
fn by_hand(title: &str) -> Files {
    let title_line = quoted(title);
    let text = format!(
        "---\ntitle: \"{title_line}\"\n# published: 2024-03-14\n# author: \n# outlet: \n# url: \n---\n\n"
    );
    (stem(title), vec![("md", text.into_bytes())])
}

/// Standard input as it is, named after `title` or its own headline. A title that was
/// given is stated in a sidecar: the original stays the original.
fn pasted(title: Option<&str>) -> Result<Files, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Use(format!("standard input cannot be read: {error}")))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::Use("standard input holds more than 64 MiB".to_owned()));
    }
    if bytes.trim_ascii().is_empty() {
        return Err(Failure::Use("standard input is empty: there is nothing to keep".to_owned()));
    }
    let name = "pasted.txt".to_owned();
    let clipping = Clipping { path: name.clone(), file: name, bytes, sidecar: None };
    let article = clean::clean(&source::decode(&clipping));
    let own = (article.headline.basis != Basis::Inferred).then_some(article.headline.value);
    let stem = match title.or(own.as_deref()) {
        Some(title) => stem(title),
        None => format!("pasted-{}", short_hash(&String::from_utf8_lossy(&clipping.bytes), 6)),
    };
    let mut files = vec![("txt", clipping.bytes)];
    if let Some(title) = title {
        files.push(("toml", format!("title = \"{}\"\n", quoted(title)).into_bytes()));
    }
    Ok((stem, files))
}

/// The name of a clipping with this title, without its ending.
fn stem(title: &str) -> String {
    let slug = slug(title);
    if slug.is_empty() { format!("clipping-{}", short_hash(title, 6)) } else { slug }
}
