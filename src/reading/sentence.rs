//! Sentences of prose.
//!
//! Prose and its grains come in, the spans of its sentences go out, in order and without
//! the space between them. A full stop ends a sentence unless something says that it
//! does not: an abbreviation, an initial, a lower-case word after it. Where an
//! abbreviation may stand at the end ("in the U.S. The talks"), the next word
//! decides, and only a word that often begins a sentence ends this one: two
//! sentences taken as one do less harm to a reading than one torn in two.
//!
//! Entry point: [`split`].

use memchr::{memchr, memchr_iter};

use super::grain::{Grain, Grains, Sort};
use super::{Prose, Zone};
use crate::text::Span;

/// How far back a word before a full stop is read, in bytes. Longer words are no
/// abbreviations, and a limit keeps the whole linear.
const LONGEST_ABBREVIATION: usize = 16;

/// Words that often begin a sentence and seldom follow an abbreviation.
const OPENERS: &str = "A About According After All Also Although Among An And Another Any As At Because Before Both \
    But By Despite During Each Earlier Every Following For From Had He Her Here His How However \
    I If In Instead Is It Its Last Later Many Meanwhile Most My Neither No Nor Not Nothing Now \
    Of On Once One Only Or Other Others Our Over Police Several She Since So Some Still Such \
    That The Their Then There These They This Those Though Three Thus To Two Under Until Was We \
    Were What When Where Whether Which While Who Why With Yet You";

/// A line that leaves this much room, in bytes, was not broken for want of it.
const ROOM: usize = 8;

/// Text with longer lines, in bytes, is not broken to fit a page.
const WIDEST_PAGE: usize = 160;

/// The sentences of every block of `prose`, which `grains` are of, in order. A sentence
/// never crosses a block, and a block of code has none.
///
/// Closing quotation marks and brackets after the full stop belong to the
/// sentence. A quotation that ends in `?` or `!` does not end the sentence that
/// says who spoke: `“Why now?” she asked.` is one.
pub fn split(prose: &Prose, grains: &Grains) -> Vec<Span> {
    let mut sentences = Vec::with_capacity(prose.text.len() / 96 + prose.blocks.len());
    for (index, block) in prose.blocks.iter().enumerate() {
        if block.zone == Zone::Code {
            continue;
        }
        let range = block.span.range();
        let text = &prose.text[..range.end];
        let mut grains = grains.of_block(index);
        let mut start = range.start;
        for end in line_breaks(text, start) {
            split_stretch(&text[..end], start, &mut grains, &mut sentences);
            start = end;
        }
        split_stretch(text, start, &mut grains, &mut sentences);
    }
    sentences
}

/// Where lines of a block end on purpose: a heading above its paragraph, the items
/// of a list. A line that ends because the next word had no room does not count.
fn line_breaks(text: &str, from: usize) -> impl Iterator<Item = usize> {
    let block = &text[from..];
    // Most blocks are one line.
    let first = memchr(b'\n', block.as_bytes());
    let (lines, widest) = match first {
        Some(_) => (block, block.split('\n').map(str::len).max().unwrap_or(0)),
        None => ("", 0),
    };
    let mut start = from;
    memchr_iter(b'\n', lines.as_bytes()).filter_map(move |at| {
        let end = from + at;
        let line = text[start..end].trim_end().len();
        start = end + 1;
        let next = text[start..].trim_start_matches([' ', '\t']);
        let word = next.find(char::is_whitespace).unwrap_or(next.len());
        let room = line + 1 + word + ROOM < widest || widest > WIDEST_PAGE;
        (room && !next.starts_with(char::is_lowercase)).then_some(end)
    })
}

/// Splits the end of `text` from byte `from`; `grains` are those that no stretch before
/// has.
fn split_stretch(text: &str, from: usize, grains: &mut &[Grain], sentences: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut start = skip_space(text, from);
    let mut at = start;
    while let Some(stop) = next_terminator(bytes, at, grains) {
        at = stop;
        while at < bytes.len() && terminator(&bytes[at..]) > 0 {
            at += terminator(&bytes[at..]);
        }
        let closed = skip_closers(text, at);
        let next = skip_space(text, closed);
        let spaced = next > closed || is_wide(&bytes[stop..]);
        if spaced && next < text.len() && ends_here(text, start, stop..at, closed, next) {
            sentences.push(Span::new(start, closed));
            start = next;
        }
        at = closed;
    }
    let end = text.trim_end().len();
    if start < end {
        sentences.push(Span::new(start, end));
    }
}

/// The first byte from `at` on where a terminator stands, among marks of `grains`; those
/// before it are passed over.
fn next_terminator(bytes: &[u8], at: usize, grains: &mut &[Grain]) -> Option<usize> {
    let ends =
        |start: usize| start >= bytes.len() || start >= at && terminator(&bytes[start..]) > 0;
    let is_wanted = |grain: &Grain| grain.sort == Sort::Mark && ends(grain.start as usize);
    let found = grains.iter().position(is_wanted);
    *grains = &grains[found.unwrap_or(grains.len())..];
    grains.first().map(|grain| grain.start as usize).filter(|start| *start < bytes.len())
}

/// Length of the full stop, question mark, exclamation mark or ellipsis at the
/// head of `bytes`; 0 when there is none.
fn terminator(bytes: &[u8]) -> usize {
    match bytes {
        [b'.' | b'!' | b'?', ..] => 1,
        [0xD8, 0x9F, ..] => 2, // ؟
        [0xE2, 0x80, 0xA6, ..] // …
        | [0xE3, 0x80, 0x82, ..] // 。
        | [0xEF, 0xBC, 0x81 | 0x9F, ..] // ！？
        | [0xE0, 0xA5, 0xA4, ..] => 3, // ।
        _ => 0,
    }
}

/// Whether the terminator at the head of `bytes` is one of those that no space
/// follows.
fn is_wide(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE3 | 0xEF, ..])
}

/// Whether the sentence from `start` ends at `closed`, after the terminators at
/// `stops` and what closes behind them, when the next word begins at `next`.
fn ends_here(
    text: &str,
    start: usize,
    stops: std::ops::Range<usize>,
    closed: usize,
    next: usize,
) -> bool {
    let rest = &text[next..];
    let mut following = rest.chars();
    let first = following.next().unwrap_or(' ');
    let inner = if matches!(first, '(' | '[') { following.next().unwrap_or(' ') } else { first };
    if inner.is_lowercase() || matches!(first, '–' | '—' | '―' | '-' | ',' | ';' | ':') {
        return false;
    }
    let mark = &text[stops.clone()];
    if text[..stops.start].ends_with(['[', '(']) {
        return false; // an ellipsis in brackets stands for words left out
    }
    if mark != "." {
        let quoted = text[stops.end..closed].contains(is_quotation_mark);
        return !(quoted && mark.ends_with(['?', '!']) && cue_follows(rest));
    }
    if closed > stops.end {
        return true;
    }
    let word = word_before(text, start, stops.start);
    let opens = word.len() + start == stops.start;
    match abbreviation(word, opens) {
        Abbreviation::No => true,
        Abbreviation::Never => false,
        Abbreviation::BeforeNumber => !first.is_ascii_digit(),
        Abbreviation::Perhaps => !first.is_ascii_digit() && often_begins(rest),
    }
}

/// What a word says about the full stop behind it.
enum Abbreviation {
    /// It is a word like any other.
    No,
    /// The sentence goes on.
    Never,
    /// The sentence goes on before a number.
    BeforeNumber,
    /// The next word decides.
    Perhaps,
}

/// Judges the word before a full stop; `opens` says that the sentence begins
/// with it.
fn abbreviation(word: &str, opens: bool) -> Abbreviation {
    let mut letters = word.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else {
        return Abbreviation::No;
    };
    if second.is_none() && first.is_alphabetic() {
        // an initial, or the last letter of a name that a sentence may end with
        return if first.is_uppercase() || opens {
            Abbreviation::Perhaps
        } else {
            Abbreviation::No
        };
    }
    if opens && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Abbreviation::Never; // the number of a list item
    }
    if word.contains('.') {
        let short = word.split('.').all(|part| part.chars().count() <= 2);
        return match word {
            "e.g" | "i.e" | "E.g" | "I.e" => Abbreviation::Never,
            _ if short => Abbreviation::Perhaps,
            _ => Abbreviation::No,
        };
    }
    match word {
        "Mr" | "Mrs" | "Ms" | "Mx" | "Dr" | "Prof" | "Gen" | "Lt" | "Col" | "Sgt" | "Capt"
        | "Maj" | "Cmdr" | "Cdr" | "Adm" | "Brig" | "Cpl" | "Pvt" | "Rev" | "Hon" | "Gov"
        | "Sen" | "Sens" | "Rep" | "Reps" | "Messrs" | "Mme" | "Mlle" | "Supt" | "Insp" | "Det"
        | "vs" | "cf" | "viz" | "approx" => Abbreviation::Never,
        "No" | "Nos" | "no" | "nos" | "Art" | "art" | "Sec" | "Fig" | "fig" | "Figs" | "pp"
        | "Vol" | "vol" | "Ch" | "Op" | "op" | "ca" | "para" | "Para" => Abbreviation::BeforeNumber,
        "Jan" | "Feb" | "Mar" | "Apr" | "Jun" | "Jul" | "Aug" | "Sep" | "Sept" | "Oct" | "Nov"
        | "Dec" | "Mon" | "Tue" | "Tues" | "Wed" | "Thu" | "Thurs" | "Fri" | "St" | "Ste"
        | "Mt" | "Ft" | "Ave" | "Blvd" | "Rd" | "Jr" | "Sr" | "Inc" | "Corp" | "Ltd" | "Co"
        | "Cos" | "Bros" | "LLC" | "Ph" | "etc" | "al" | "Dept" | "Univ" | "Assn" | "est"
        | "Est" | "am" | "pm" => Abbreviation::Perhaps,
        _ => Abbreviation::No,
    }
}

/// The word that ends at byte `end`, full stops inside it included: `U.S` of
/// `U.S.`. Not before `start`; cut when it is longer than any abbreviation.
fn word_before(text: &str, start: usize, end: usize) -> &str {
    let plain = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'.';
    let before = &text.as_bytes()[start..end];
    let length = before.iter().rev().take(LONGEST_ABBREVIATION).take_while(plain).count();
    if before[..before.len() - length].last().is_none_or(u8::is_ascii) {
        return &text[end - length..end];
    }
    let mut begin = end;
    for (at, c) in text[start..end].char_indices().rev() {
        if !(c.is_alphanumeric() || c == '.') || end - (start + at) > LONGEST_ABBREVIATION {
            break;
        }
        begin = start + at;
    }
    &text[begin..end]
}

/// Whether `text` begins with a word that often begins a sentence and seldom
/// follows an abbreviation, or with a quotation.
fn often_begins(text: &str) -> bool {
    if text.starts_with(is_quotation_mark) {
        return true;
    }
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    OPENERS.split(' ').any(|opener| opener == &text[..end])
}

/// Whether one of the first few words of `text` says that somebody spoke, with
/// nothing but a name before it.
fn cue_follows(text: &str) -> bool {
    let near = &text[..floor(text, 120)];
    let clause = near.find(['.', ',', ';', ':', '?', '!', '"', '“', '”', '\n']);
    let clause = &near[..clause.unwrap_or(near.len())];
    let mut words = clause.split_whitespace();
    let Some(first) = words.next() else { return false };
    let named = !often_begins(first) || matches!(first, "The" | "A" | "An" | "One" | "Another");
    let cue = |word: &str| {
        matches!(
            word,
            "said"
                | "says"
                | "asked"
                | "asks"
                | "added"
                | "wrote"
                | "writes"
                | "tweeted"
                | "shouted"
                | "replied"
                | "exclaimed"
                | "wondered"
                | "demanded"
                | "told"
                | "posted"
                | "joked"
                | "quipped"
                | "cried"
                | "read"
                | "reads"
        )
    };
    // the verb ends the clause or an adjunct follows; an object would make it a
    // sentence of its own: "Why? The minister said nothing."
    named && words.take(6).any(cue) && !clause.contains(" that ")
}

/// The character boundary at or before byte `limit`.
fn floor(text: &str, limit: usize) -> usize {
    let mut at = limit.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Quotation marks of any shape and side.
fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '’' | '\'')
}

/// Passes over closing marks, brackets and reference numbers from byte `at`.
fn skip_closers(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        let mut chars = rest.chars();
        at += match chars.next() {
            Some(c @ (')' | ']')) => c.len_utf8(),
            Some('[') => match reference(rest) {
                0 => return at,
                length => length,
            },
            Some(c) if is_quotation_mark(c) => c.len_utf8(),
            // French marks stand off from their text
            Some(c @ (' ' | '\u{A0}' | '\u{202F}'))
                if chars.next() == Some('»')
                    && chars.next().is_none_or(|after| !after.is_alphanumeric()) =>
            {
                c.len_utf8() + '»'.len_utf8()
            }
            _ => return at,
        };
    }
}

/// Length of a reference number in brackets, `[12]`, at the head of `text`.
fn reference(text: &str) -> usize {
    let digits = text.bytes().skip(1).take(4).take_while(u8::is_ascii_digit).count();
    if digits > 0 && text.as_bytes().get(digits + 1) == Some(&b']') { digits + 2 } else { 0 }
}

/// The first byte at or after `at` that is not white space.
fn skip_space(text: &str, at: usize) -> usize {
    // Mostly there is none, or one space.
    if let [b' ', next, ..] | [next, ..] = &text.as_bytes()[at..]
        && next.is_ascii_graphic()
    {
        return at + usize::from(text.as_bytes()[at] == b' ');
    }
    text.len() - text[at..].trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits one paragraph; `|` in `marked` shows where.
    fn check(marked: &str) {
        let text = marked.replace('|', " ");
        let mut prose = Prose::default();
        prose.push(&text, Zone::Body);
        let sentences: Vec<&str> =
            split(&prose, &Grains::of(&prose)).iter().map(|span| span.of(&prose.text)).collect();
        let expected: Vec<&str> = marked.split('|').collect();
        assert_eq!(sentences, expected);
    }

    #[test]
    fn a_full_stop_ends_a_sentence() {
        check("The ferry left.|Nobody waved.");
        check("Who called?|The harbour did!|Ten minutes later it sank.");
        check("It sold for 3.5 million in 2008.|15 bids came in.");
    }

    #[test]
    fn abbreviations_and_initials_do_not() {
        for whole in [
            "It opened on Nov. 21 in the U.S. Senate.",
            "Gen. Ann Okoro met Lt. Col. B. K. Hale and Mr. Ito.",
            "The bell rang at 7:46 a.m. Tuesday.",
            "Tracks e.g. Norway's No. 5 line pass St. Olav's.",
            "Harbour Corp. Chairman Li Wei left.",
            "1. Close the gate.",
        ] {
            check(whole);
        }
    }

    #[test]
    fn an_abbreviation_at_the_end_gives_way_to_a_word_that_begins_sentences() {
        check("They moved to the U.S. in May.");
        check("They moved to the U.S.|The house stayed empty.");
        check("It starts at 9 p.m.|“Come early,” she said.");
    }

    #[test]
    fn what_closes_after_the_stop_belongs_to_the_sentence() {
        check("“We wait.”|“They go.”");
        check("(The pier is closed.)|Boats leave from the quay.");
        check("It fell in May.[3]|It rose in June.");
        check("« Nous partons. »|Il reste.");
    }

    #[test]
    fn a_question_in_a_quotation_is_part_of_what_introduces_it() {
        check("“Why now?” she asked.|Nobody knew.");
        check("“Why now?” Okoro asked the council.|Nobody knew.");
        check("“Stop!” – Okoro");
        check("“Why now?”|The council was silent.");
    }

    #[test]
    fn an_ellipsis_ends_a_sentence_only_before_a_new_one() {
        check("He waited … and left.");
        check("He waited...|Then he left.");
        check("The crop [...] Ozone spared is small.");
    }

    #[test]
    fn a_line_that_had_room_ends_a_sentence() {
        let lines = |text: &str| -> Vec<String> {
            let mut prose = Prose::default();
            prose.push(text, Zone::Body);
            split(&prose, &Grains::of(&prose))
                .iter()
                .map(|span| span.of(&prose.text).to_owned())
                .collect()
        };
        assert_eq!(
            lines("Harbour closed\nThe harbour of Port Alder was closed to all ships on Friday."),
            ["Harbour closed", "The harbour of Port Alder was closed to all ships on Friday."]
        );
        let wrapped =
            "The harbour was closed to all ships from\nNorway, to boats and to ferries of any kind";
        assert_eq!(lines(wrapped), [wrapped]);
    }

    #[test]
    fn other_scripts_have_other_stops() {
        let mut prose = Prose::default();
        prose.push("船は出た。誰も来ない。", Zone::Body);
        let sentences: Vec<&str> =
            split(&prose, &Grains::of(&prose)).iter().map(|span| span.of(&prose.text)).collect();
        assert_eq!(sentences, ["船は出た。", "誰も来ない。"]);
    }

    #[test]
    fn no_sentence_crosses_a_block_and_code_has_none() {
        let mut prose = Prose::default();
        prose.push("Harbour closed", Zone::Headline);
        prose.push("It is. Really.", Zone::Body);
        prose.push("let x = 1. + 2.", Zone::Code);
        let sentences: Vec<&str> =
            split(&prose, &Grains::of(&prose)).iter().map(|span| span.of(&prose.text)).collect();
        assert_eq!(sentences, ["Harbour closed", "It is.", "Really."]);
    }

    #[test]
    fn hostile_text_is_split_in_one_pass() {
        for piece in ["a. ", "\u{0}.", "“.", "... ", "[", "é.é ", "\n", "A. ", "?\" "] {
            let mut prose = Prose::default();
            prose.push(&piece.repeat(50_000), Zone::Body);
            let sentences = split(&prose, &Grains::of(&prose));
            let ordered = sentences.windows(2).all(|pair| pair[0].end <= pair[1].start);
            assert!(ordered, "{piece:?}");
        }
    }
}
