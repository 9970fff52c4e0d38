//! `annals link`: the permanent address of an article, or of a paragraph.

use super::load::{Loaded, load};
use super::{ArchiveArguments, Cite, Failure, LinkArguments, Terminal};
use crate::archive::{Archive, Entry};
use crate::citation::{Citation, Format};
use crate::pipeline::{self, Memory};
use crate::site::Address;
use crate::text::fold;
use crate::when::{Names, When};

/// Most articles that are listed.
const LISTED: usize = 10;

pub(super) fn run(arguments: &LinkArguments, terminal: &Terminal) -> Result<(), Failure> {
    let archive = ArchiveArguments {
        archive: arguments.archive.clone(),
        base_url: None,
        drafts: false,
        max_tlp: None,
        strict: false,
        no_cache: false,
    };
    let Loaded { input, .. } = load(&archive, &arguments.archive.join("public"), terminal)?;
    let base = input.config.base_url.clone();
    let title = input.config.title.clone();
    let memory = Memory::default();
    let mut keep = super::keep::Keep::of(&arguments.archive, false, &input);
    keep.open(&memory);
    let bar = terminal.bar("reading", input.clippings.len());
    let build = pipeline::build(input, &memory, &|| bar.inc(1));
    bar.finish_and_clear();
    keep.close(&memory, terminal);

    let archive = build.archive();
    let query = words(&arguments.query.join(" "));
    let quote = arguments.quote.as_deref().map(words).filter(|quote| !quote.is_empty());
    let mut found: Vec<(u32, &Entry, Option<String>)> = archive
        .entries
        .iter()
        .filter_map(|entry| {
            let score = score(archive, entry, &query)?;
            match &quote {
                None => Some((score, entry, None)),
                Some(quote) => Some((score, entry, Some(paragraph(entry, quote)?))),
            }
        })
        .collect();
    // Of equals the newest stays first.
    found.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    let Some(best) = found.first().map(|(score, ..)| *score) else {
        let what = if quote.is_some() {
            "no published article holds these words"
        } else {
            "no published article has all of these words in its title, actors, date or file name"
        };
        return Err(Failure::Use(what.to_owned()));
    };
    let equal = found.iter().take_while(|(score, ..)| *score == best).count();
    for (at, (_, entry, anchor)) in found.iter().take(equal.clamp(1, LISTED)).enumerate() {
        let short = Address::file(&["s"], &format!("{}.html", entry.id));
        if let Some(format) = arguments.cite {
            let address = (!base.is_empty()).then(|| short.absolute(&base));
            let citation = Citation {
                article: &entry.briefing.article,
                address: address.as_deref(),
                archive: &title,
                words: Names::english(),
            };
            let text = citation.to(form(format));
            if !terminal.data(&format!("{}\n", text.trim_end())) || at + 1 == LISTED {
                break;
            }
            continue;
        }
        let address =
            if arguments.short { short } else { Address::page(&["briefings", &entry.key]) };
        let mut line =
            if base.is_empty() { address.as_str().to_owned() } else { address.absolute(&base) };
        if let Some(anchor) = anchor {
            line.push('#');
            line += anchor;
        }
        terminal.say(&format!("{}\n", entry.headline()));
        if !terminal.data(&(line + "\n")) || at + 1 == LISTED {
            break;
        }
    }
    if equal > LISTED {
        terminal.say(&format!("… and {} more: add a word\n", equal - LISTED));
    }
    Ok(())
}

fn form(cite: Cite) -> Format {
    match cite {
        Cite::Bibtex => Format::Bibtex,
        Cite::Ris => Format::Ris,
        Cite::Csl => Format::Csl,
        Cite::Text => Format::Text,
    }
}

/// Lower-case words without accents and marks.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// How well an article answers: every word has to be there, at least as the
/// beginning of one; most weight has the title, then actors and date, then the
/// file's name.
fn score(archive: &Archive, entry: &Entry, query: &[String]) -> Option<u32> {
    let article = &entry.briefing.article;
    let actors: Vec<&str> =
        entry.named.iter().map(|(actor, _)| &*archive.actors[*actor as usize].name).collect();
    let when = article.published.when.as_ref();
    let date = when.map_or(String::new(), |when| format!("{when} {}", When::label(when)));
    let outlet = article.outlet.as_ref().map_or("", |outlet| outlet.value.as_str());
    let fields = [
        (8, words(entry.headline())),
        (4, words(&actors.join(" "))),
        (4, words(&date)),
        (2, words(outlet)),
        (1, words(&format!("{} {}", article.path, entry.id))),
    ];
    query.iter().try_fold(0, |score, word| {
        let of = |(weight, words): &(u32, Vec<String>)| {
            let whole = words.contains(word);
            let begins = whole || words.iter().any(|other| other.starts_with(word.as_str()));
            begins.then_some(weight * 2 + u32::from(whole))
        };
        Some(score + fields.iter().filter_map(of).max()?)
    })
}

/// The anchor of the paragraph that holds `quote`, compared by its words.
fn paragraph(entry: &Entry, quote: &[String]) -> Option<String> {
    let briefing = &entry.briefing;
    let body = briefing.prose.blocks.get(briefing.body_block..)?;
    let at = body.iter().position(|block| {
        words(block.span.of(&briefing.prose.text)).windows(quote.len()).any(|part| part == quote)
    })?;
    briefing.anchors.get(at).map(ToString::to_string)
}
