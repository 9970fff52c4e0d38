//! Bytes become text: one clipping at a time, and never a failure.
//!
//! The order of the guesses: a byte-order mark, UTF-16 without one (every second
//! byte is zero), UTF-8, then `chardetng`, which browsers ask too. A file that is
//! UTF-8 but for a few damaged places is read as UTF-8, because a guess would turn
//! every accent of it into two wrong letters.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::front_matter::{self, Head, Language, Problem};
use super::metadata::{self, Statement};
use super::page;
use super::{Clipping, Format, Metadata, RawDocument};
use crate::diagnostic::Diagnostic;

/// Sidecars are short; bounds what a hostile one can cost.
const LARGEST_SIDECAR: usize = 64 * 1024;

/// Reads a clipping's bytes as text and takes its front matter and sidecar apart.
///
/// Whatever the bytes are, there is a document; what had to be guessed, replaced
/// or passed over is in its diagnostics. Pure: the same clipping gives the same
/// document.
pub fn decode(clipping: &Clipping) -> RawDocument {
    decode_owned(clipping.clone())
}

/// The same of a clipping that nobody else needs: where its bytes are the text already,
/// they become the document's, so that a long clipping is never held twice.
pub fn decode_owned(mut clipping: Clipping) -> RawDocument {
    let format = format(&clipping);
    let declared = match format {
        Format::Html => page::declared(&clipping.bytes),
        Format::Text | Format::Markdown => None,
    };
    let file = clipping.file.as_str();
    let mut diagnostics = Vec::new();
    let bytes = std::mem::take(&mut clipping.bytes);
    let Decoded { text, encoding, is_guess, trouble } = match format {
        Format::Html => page_text_of(&bytes),
        Format::Text | Format::Markdown => text_of(&bytes),
    };
    let is_same = matches!(text, Cow::Borrowed(text) if text.len() == bytes.len());
    let text = match trouble {
        Some(Trouble::NotText) => String::new(),
        _ if is_same => settled(Cow::Owned(String::from_utf8(bytes).unwrap_or_default())),
        _ => settled(text),
    };
    match trouble {
        Some(Trouble::NotText) => diagnostics.push(report::not_text(file)),
        _ if text.trim().is_empty() => diagnostics.push(report::empty(file)),
        _ if is_guess => diagnostics.push(report::guessed(file, encoding.name())),
        _ => {
            if let Some(label) = declared.filter(|label| is_untrue(label, encoding, &text)) {
                diagnostics.push(report::declared(file, &label, encoding.name()));
            }
        }
    }
    if trouble == Some(Trouble::Replaced) {
        diagnostics.push(report::replaced(file, &text, encoding.name()));
    }

    let mut statements = Vec::new();
    let mut problems = Vec::new();
    let sidecar_file = sidecar_of(file);
    let sidecar_text = clipping.sidecar.as_deref().map(sidecar_text);
    let mut withheld = None;
    match &sidecar_text {
        None => {}
        Some(None) => {
            diagnostics.push(report::odd_sidecar(&sidecar_file));
            withheld = Some("its sidecar cannot be read".to_owned());
        }
        Some(Some(text)) => {
            let entries = front_matter::read(Language::Toml, text).unwrap_or_else(|problem| {
                problems.push(report::sidecar_syntax(&sidecar_file, text, &problem));
                front_matter::read_lines(Language::Toml, text).0
            });
            let file = sidecar_file.as_str();
            statements.push(Statement { file, text, lines_before: 0, is_sidecar: true, entries });
        }
    }
    let mut front_matter_lines = 0;
    let mut private_words = None;
    let statement =
        |entries| Statement { file, text: &text, lines_before: 1, is_sidecar: false, entries };
    match front_matter::head(&text) {
        Head::Plain => {}
        Head::Open { language, inner } => {
            diagnostics.push(report::open(file, &text, language));
            private_words = Some(front_matter::read_lines(language, inner).0);
        }
        Head::Closed { language, inner, lines } => match front_matter::read(language, inner) {
            Ok(entries) => {
                front_matter_lines = lines;
                statements.push(statement(entries));
            }
            Err(problem) => match front_matter::read_lines(language, inner) {
                (entries, true) => {
                    front_matter_lines = lines;
                    problems.push(report::read_by_line(file, &text, language, &problem));
                    statements.push(statement(entries));
                }
                (entries, false) => {
                    diagnostics.push(report::unreadable(file, &text, language, &problem));
                    private_words = Some(entries);
                }
            },
        },
    }
    let (mut metadata, found) = metadata::read(statements);
    // A line that is not even the language it is in is reported once: by its
    // field, where that can say more.
    problems.retain(|problem| !found.iter().any(|found| is_same_line(found, problem)));
    diagnostics.append(&mut problems);
    diagnostics.extend(found);
    if let Some(entries) = private_words {
        let (said, _) = metadata::read(vec![statement(entries)]);
        heed_private_words(&mut metadata, said);
    }
    metadata.withheld = metadata.withheld.or(withheld);
    RawDocument {
        path: clipping.path,
        file: clipping.file,
        format,
        encoding: encoding.name(),
        front_matter_lines,
        metadata,
        diagnostics,
        text,
    }
}

/// `None` where it is not text or larger than any sidecar has a reason to be.
fn sidecar_text(bytes: &[u8]) -> Option<String> {
    let decoded = text_of(bytes);
    let is_odd = decoded.trouble == Some(Trouble::NotText) || bytes.len() > LARGEST_SIDECAR;
    (!is_odd).then(|| settled(decoded.text))
}

/// Front matter that is read as text still keeps private what it says is private.
fn heed_private_words(metadata: &mut Metadata, said: Metadata) {
    metadata.withheld = metadata.withheld.take().or(said.withheld);
    metadata.tlp = metadata.tlp.take().or(said.tlp);
    metadata.embargo = metadata.embargo.or(said.embargo);
}

fn is_same_line(one: &Diagnostic, other: &Diagnostic) -> bool {
    match (&one.place, &other.place) {
        (Some(one), Some(other)) => one.file == other.file && one.line == other.line,
        _ => false,
    }
}

/// How a clipping is written, by its name and how it begins.
pub fn format(clipping: &Clipping) -> Format {
    match format_of(&clipping.path) {
        Format::Text if page::is_page(&clipping.bytes) => Format::Html,
        format => format,
    }
}

fn format_of(path: &str) -> Format {
    let (_, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    match extension.to_ascii_lowercase().as_str() {
        "txt" => Format::Text,
        "html" | "htm" => Format::Html,
        _ => Format::Markdown,
    }
}

/// The name of the sidecar that belongs to a clipping's file.
pub(super) fn sidecar_of(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    format!("{stem}.toml")
}

/// What the bytes of a file say.
struct Decoded<'a> {
    text: Cow<'a, str>,
    encoding: &'static Encoding,
    is_guess: bool,
    trouble: Option<Trouble>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// A picture, a program, a document of a word processor.
    NotText,
    /// Some bytes mean nothing in the encoding; U+FFFD stands for them.
    Replaced,
}

fn text_of(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decoded(&bytes[length..], encoding, false);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decoded(bytes, encoding, true);
    }
    if is_binary(bytes) {
        let trouble = Some(Trouble::NotText);
        return Decoded { text: Cow::Borrowed(""), encoding: UTF_8, is_guess: false, trouble };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: Cow::Borrowed(text),
            encoding: UTF_8,
            is_guess: false,
            trouble: None,
        };
    }
    if is_damaged_utf8(bytes) {
        return decoded(bytes, UTF_8, false);
    }
    decoded(bytes, guess(bytes), true)
}

/// The text of a saved page: what it says of its encoding is believed, unless the
/// bytes say otherwise.
fn page_text_of(bytes: &[u8]) -> Decoded<'_> {
    let found = text_of(bytes);
    if !found.is_guess && found.trouble.is_none() || found.trouble == Some(Trouble::NotText) {
        return found;
    }
    let declared = page::declared(bytes).and_then(|label| Encoding::for_label(label.as_bytes()));
    match declared.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible()) {
        Some(encoding) => Some(decoded(bytes, encoding, false))
            .filter(|decoded| decoded.trouble.is_none())
            .unwrap_or(found),
        None => found,
    }
}

/// Whether a page says that it is in another encoding than it is, in letters that
/// would show it.
fn is_untrue(label: &str, encoding: &'static Encoding, text: &str) -> bool {
    let declared = Encoding::for_label(label.as_bytes());
    declared != Some(encoding) && !text.is_ascii()
}

fn decoded<'a>(bytes: &'a [u8], encoding: &'static Encoding, is_guess: bool) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let trouble = had_errors.then_some(Trouble::Replaced);
    Decoded { text, encoding, is_guess, trouble }
}

/// How many bytes are looked at where a part of the file tells enough.
const SAMPLE: usize = 64 * 1024;

/// Text of European languages in UTF-16 has a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    memchr::memchr(0, sample)?;
    let pairs = sample.len() / 2;
    let zeros =
        |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let (many, few) = (pairs * 7 / 10, pairs / 20);
    if pairs < 4 {
        None
    } else if odd > many && even <= few {
        Some(UTF_16LE)
    } else if even > many && odd <= few {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Text holds next to no control characters, a compressed file one in ten bytes.
/// A few of them do not make a file binary: cleaning takes them out.
fn is_binary(bytes: &[u8]) -> bool {
    const FEW: usize = 16;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let is_control =
        |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B);
    let n_controls = count(sample, is_control);
    n_controls > FEW && n_controls * 20 > sample.len()
}

/// How many of `bytes` are such.
#[inline]
fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    // so few that they are counted in one byte each, many at a time
    const MOST: usize = 128;
    let of = |bytes: &[u8]| usize::from(bytes.iter().map(|byte| u8::from(is(*byte))).sum::<u8>());
    bytes.chunks(MOST).map(of).sum()
}

/// Whether the bytes are UTF-8 but for a few: then characters of several bytes
/// are whole far more often than not. In other encodings that happens by chance.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut n_whole, mut n_broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_whole += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_whole > n_broken
}

/// Asks the detector, from the first byte that can tell anything.
fn guess(bytes: &[u8]) -> &'static Encoding {
    const ENOUGH: usize = 1024 * 1024;
    let first = bytes.iter().position(|byte| !byte.is_ascii() || *byte == 0x1B).unwrap_or(0);
    let sample = &bytes[first.saturating_sub(SAMPLE)..];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&sample[..sample.len().min(ENOUGH)], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Lines end in `\n`, characters are composed (NFC), no mark stands in front.
fn settled(text: Cow<'_, str>) -> String {
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => Cow::Owned(rest.trim_start_matches('\u{FEFF}').to_owned()),
        None => text,
    };
    let text = if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        Cow::Owned(with_newlines(text.into_owned()))
    } else {
        text
    };
    if is_plainly_composed(&text) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.into_owned()
    } else {
        text.nfc().collect()
    }
}

/// Whether all characters are of those that NFC leaves as they are, whatever stands beside
/// them, and that make up the text of European languages: the ones below U+0300, and from
/// U+2002 to U+203F dashes, quotation marks and spaces.
fn is_plainly_composed(text: &str) -> bool {
    let bytes = text.as_bytes();
    // what characters from U+0300 on begin with
    let n_others = count(bytes, |byte| byte >= 0xCC);
    let is_mark = |at: &usize| matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x82..=0xBF]));
    n_others == 0 || n_others == memchr::memchr_iter(0xE2, bytes).filter(is_mark).count()
}

/// Carriage returns become line ends, in the text's own place: it may be long.
fn with_newlines(text: String) -> String {
    let mut bytes = text.into_bytes();
    let (mut at, mut end) = (0, 0);
    while let Some(length) = memchr::memchr(b'\r', &bytes[at..]) {
        bytes.copy_within(at..at + length, end);
        bytes[end + length] = b'\n';
        at += length + 1;
        end += length + 1;
        at += usize::from(bytes.get(at) == Some(&b'\n'));
    }
    bytes.copy_within(at.., end);
    bytes.truncate(bytes.len() - (at - end));
    // only whole ASCII characters were taken out
    String::from_utf8(bytes).unwrap_or_default()
}

/// Every diagnostic of this stage, one function each.
mod report {
    use super::{Diagnostic, Language, Problem};

    pub(super) fn not_text(file: &str) -> Diagnostic {
        Diagnostic::warning("not-text", "this is not text: nothing of it is read")
            .in_file(file)
            .help("save the article as text, or move the file out of `content/`")
    }

    pub(super) fn empty(file: &str) -> Diagnostic {
        Diagnostic::warning("empty-clipping", "the clipping is empty")
            .in_file(file)
            .help("paste the article into it, or remove the file")
    }

    pub(super) fn guessed(file: &str, encoding: &str) -> Diagnostic {
        Diagnostic::note(
            "encoding-guessed",
            format!("read as {encoding}, guessed from its letters"),
        )
        .in_file(file)
        .help("save it as UTF-8 if a letter looks wrong")
    }

    pub(super) fn declared(file: &str, declared: &str, encoding: &str) -> Diagnostic {
        let message = format!("the page says that it is in {declared}; it is in {encoding}");
        Diagnostic::note("encoding-declared", message)
            .in_file(file)
            .help("nothing needs to be done, unless a letter looks wrong")
    }

    pub(super) fn replaced(file: &str, text: &str, encoding: &str) -> Diagnostic {
        const MARK: char = char::REPLACEMENT_CHARACTER;
        let message = format!("some bytes mean nothing in {encoding}; `{MARK}` stands for them");
        let diagnostic = Diagnostic::warning("bytes-replaced", message);
        let at = text.find(MARK).unwrap_or(0);
        diagnostic
            .at(file, text, at..at + MARK.len_utf8(), "the first of them")
            .help("copy the passage again from where it was clipped, and save it as UTF-8")
    }

    pub(super) fn odd_sidecar(file: &str) -> Diagnostic {
        let message = "the sidecar is not text or is over 64 KiB, so its clipping is not published";
        Diagnostic::warning("sidecar-unreadable", message)
            .in_file(file)
            .help("a sidecar holds a few lines, such as `title = \"…\"`")
    }

    pub(super) fn sidecar_syntax(file: &str, text: &str, problem: &Problem) -> Diagnostic {
        let message =
            format!("the sidecar is not TOML ({}): it is read line by line", problem.message);
        at(Diagnostic::warning("sidecar-syntax", message), file, text, problem.line)
            .help("write `key = \"value\"` on each line")
    }

    pub(super) fn open(file: &str, text: &str, language: Language) -> Diagnostic {
        let message = "the front matter that begins here does not end, so it is read as text";
        at(Diagnostic::warning("front-matter-open", message), file, text, 1)
            .help(format!("end it with a line that holds only `{}`", language.fence()))
    }

    pub(super) fn read_by_line(
        file: &str,
        text: &str,
        language: Language,
        problem: &Problem,
    ) -> Diagnostic {
        let message = format!(
            "the front matter is not {} ({}): it is read line by line",
            language.name(),
            problem.message
        );
        at(Diagnostic::note("front-matter-by-line", message), file, text, problem.line + 1)
            .help("put the value in double quotes")
    }

    pub(super) fn unreadable(
        file: &str,
        text: &str,
        language: Language,
        problem: &Problem,
    ) -> Diagnostic {
        let message = format!(
            "the front matter is not {} ({}), so it is read as text",
            language.name(),
            problem.message
        );
        at(Diagnostic::warning("front-matter-syntax", message), file, text, problem.line + 1)
            .help("write one `key: value` on each line between the fences")
    }

    fn at(diagnostic: Diagnostic, file: &str, text: &str, line: u32) -> Diagnostic {
        let said = text.split('\n').nth(line as usize - 1).unwrap_or("");
        diagnostic.at_line(file, line, said, "")
    }
}

#[cfg(test)]
mod tests;
