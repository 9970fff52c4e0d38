//! Words of prose, each with what its letters and its place say.

use unicode_normalization::char::is_combining_mark;

use super::lexicon::{self, Classes};
use crate::reading::Prose;
use crate::reading::grain::{Grain, Grains, Sort};
use crate::reading::lexicon::{Listed, lexicon};
use crate::text::Span;
use crate::vocabulary::Spelling;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Begins in lower case.
    Lower,
    /// Begins with a capital.
    Capital,
    /// Capitals only, at least two.
    Upper,
    /// A capital first and a word in lower case after a hyphen: `NATO-led`.
    Compound,
    /// Begins with a digit.
    Number,
    /// Any other character.
    Mark(char),
}

/// What a capital says at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// That the word is a name.
    Inside,
    /// Little: a sentence, quotation or line begins with it.
    Start,
    /// Nothing: the whole line is in capitals or title case.
    Shouted,
    /// Nothing, and no name counts here: a dateline or a picture credit.
    Credit,
}

/// A word, number or mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Its bytes, without possessive.
    pub(super) span: Span,
    /// How it is written.
    pub(super) shape: Shape,
    /// What the word says, if it begins with a capital: most words do not.
    pub(super) classes: Classes,
    /// What its capital is worth.
    pub(super) position: Position,
    /// Whether one space, or nothing, parts it from the token before.
    pub(super) follows: bool,
    /// Whether `'s` stands after it.
    pub(super) possessive: bool,
    /// Whether it is letters of one run, and no mark stands inside.
    pub(super) plain: bool,
    /// What is listed of it, if it is.
    listed: Listed,
    /// How its first letters are spelt, whatever their capitals.
    pub(super) spelling: Spelling,
}

impl Token {
    /// The word.
    #[inline]
    pub(super) fn of<'a>(&self, text: &'a str) -> &'a str {
        self.span.of(text)
    }

    /// What the word says, whatever its capitals.
    #[inline]
    pub(super) fn every_class(&self, text: &str) -> Classes {
        if self.plain {
            lexicon().at(self.listed).classes
        } else if self.is_capital() {
            self.classes
        } else {
            lexicon::classes(self.of(text))
        }
    }

    /// How many bytes it has.
    #[inline]
    pub(super) fn length(&self) -> u32 {
        self.span.end - self.span.start
    }

    /// Whether it is written like (part of) a name.
    #[inline]
    pub(super) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }

    /// Whether it is a word.
    #[inline]
    pub(super) fn is_word(&self) -> bool {
        !matches!(self.shape, Shape::Mark(_) | Shape::Number)
    }
}

/// The tokens of `prose`, which `grains` are of, in order; and the bytes of those that are
/// words or numbers.
pub(super) fn tokens(
    prose: &Prose,
    grains: &Grains,
    sentences: &[Span],
) -> (Vec<Token>, Vec<Span>) {
    let text = prose.text.as_str();
    let lexicon = lexicon();
    let mut tokens = Vec::with_capacity(grains.all().len());
    let mut words = Vec::with_capacity(grains.all().len());
    let mut sentences = sentences.iter().map(|sentence| sentence.start);
    let mut sentence = sentences.next().unwrap_or(u32::MAX);
    for (index, block) in prose.blocks.iter().enumerate() {
        let mut rest = grains.of_block(index);
        // The first token of the line, and whether the block may have a bracket or a sign of
        // who took a picture: most have neither.
        let first = tokens.len();
        let mut line = first;
        let mut credits = false;
        let mut starts = true;
        loop {
            if !starts {
                // Most tokens are words within a sentence, of one grain and written small.
                let small = |grain: &&Grain| grain.is_small_word() && grain.start < sentence;
                let (small, more) = rest.split_at(rest.iter().take_while(small).count());
                tokens.extend(small.iter().map(|grain| plain(grain, Position::Inside)));
                words.extend(small.iter().map(Grain::span));
                rest = more;
            }
            let [grain, more @ ..] = rest else { break };
            rest = more;
            while sentence < grain.start {
                sentence = sentences.next().unwrap_or(u32::MAX);
            }
            if sentence == grain.start {
                starts = true;
                sentence = sentences.next().unwrap_or(u32::MAX);
            }
            if !grain.follows() {
                starts |= grain.begins_line();
                if starts && tokens.len() > line {
                    mark_title_case(&mut tokens[line..]);
                    line = tokens.len();
                }
            }
            let position = if starts { Position::Start } else { Position::Inside };
            starts = false;
            let mut token = Token { follows: grain.follows(), ..plain(grain, position) };
            if grain.sort == Sort::Plain && grain.ends_name() {
                if grain.is_capital() {
                    token.shape = Shape::Capital;
                    token.classes = lexicon.at(grain.listed).classes;
                }
            } else {
                let end = block.span.end as usize;
                token.read(&text[..end], grain);
                let mut read = token.span.end;
                if token.possessive {
                    read += possessive_length(&text[read as usize..end]);
                }
                // A hyphen, and what it joins, is part of the word.
                while let [grain, more @ ..] = rest
                    && grain.start < read
                {
                    rest = more;
                }
                if !token.is_word() {
                    credits |= matches!(token.shape, Shape::Mark('(' | '/' | '©'));
                    let begun = position == Position::Start;
                    starts = starts_after(text, &token, tokens.last(), begun);
                }
            }
            if !matches!(token.shape, Shape::Mark(_)) {
                words.push(token.span);
            }
            tokens.push(token);
        }
        mark_title_case(&mut tokens[line..]);
        if credits {
            mark_credits(text, &mut tokens[first..]);
            mark_glosses(text, &mut tokens[first..]);
        }
    }
    (tokens, words)
}

/// The token of a word that is one grain, of letters of ASCII, written small.
#[inline]
fn plain(grain: &Grain, position: Position) -> Token {
    Token {
        span: grain.span(),
        shape: Shape::Lower,
        classes: Classes::NONE,
        position,
        follows: true,
        possessive: false,
        plain: true,
        listed: grain.listed,
        spelling: grain.spelling,
    }
}

impl Token {
    /// Becomes what begins with `grain`, and is no word of one plain grain; `text` ends with
    /// the block.
    fn read(&mut self, text: &str, grain: &Grain) {
        self.plain = false;
        match grain.sort {
            Sort::Mark if grain.is_mark(text) => self.shape = Shape::Mark(grain.first(text)),
            Sort::Digits if grain.ends_name() => self.shape = Shape::Number,
            _ => {
                let at = grain.start as usize;
                let (rest, c) = (&text[at..], grain.first(text));
                let (length, possessive) =
                    if c.is_alphanumeric() { word(rest) } else { (0, false) };
                let length = length.max(c.len_utf8());
                self.span = Span::new(at, at + length);
                self.shape = shape(&rest[..length], c);
                self.possessive = possessive;
                if self.is_capital() {
                    self.classes = lexicon::classes(&rest[..length]);
                }
            }
        }
    }
}

/// The length of the word at the start of `rest`, and whether a possessive
/// follows.
fn word(rest: &str) -> (usize, bool) {
    let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    // Most words are letters and no more.
    match rest.as_bytes().get(plain) {
        Some(b'-' | b'&' | b'\'' | 0x80..) => {}
        Some(b'.') if plain == 1 => {}
        _ => return (plain, false),
    }
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    // A single letter with a point goes on with the next one: U.S., J.K.
    let mut letters = 0;
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || is_combining_mark(c) {
            end = at + c.len_utf8();
            letters += 1;
            continue;
        }
        let next = chars.peek().map(|(_, next)| *next);
        let joins = match c {
            '-' | '\u{2010}' | '\u{2011}' | '&' => next.is_some_and(char::is_alphanumeric),
            '\'' | '\u{2019}' => {
                let after = &rest[at + c.len_utf8()..];
                if possessive_length(&rest[at..]) > 0 {
                    return (end, true);
                }
                after.chars().next().is_some_and(char::is_alphabetic)
            }
            '.' if letters == 1
                && rest[..end].chars().next_back().is_some_and(char::is_uppercase) =>
            {
                let after = next.is_some_and(char::is_uppercase);
                if !after && end > 1 {
                    return (at + 1, possessive_length(&rest[at + 1..]) > 0);
                }
                after
            }
            _ => false,
        };
        if !joins {
            break;
        }
        letters = 0;
    }
    (end, false)
}

/// The bytes of `'s` at the start of `rest`, 0 where there is none.
fn possessive_length(rest: &str) -> u32 {
    let mut chars = rest.chars();
    let Some(mark @ ('\'' | '\u{2019}')) = chars.next() else { return 0 };
    match chars.next() {
        Some('s' | 'S') if !chars.next().is_some_and(char::is_alphanumeric) => {
            if mark.is_ascii() {
                2
            } else {
                4
            }
        }
        _ => 0,
    }
}

fn shape(text: &str, first: char) -> Shape {
    if first.is_numeric() {
        return Shape::Number;
    }
    if !first.is_alphabetic() {
        return Shape::Mark(first);
    }
    if text.bytes().skip(1).all(|byte| byte.is_ascii_lowercase()) && first.is_ascii() {
        return if first.is_ascii_uppercase() { Shape::Capital } else { Shape::Lower };
    }
    if first.is_uppercase() {
        let lower = text.chars().any(char::is_lowercase);
        let compound = text.rsplit(['-', '\u{2010}', '\u{2011}']).next().is_some_and(|part| {
            part.len() < text.len() && part.chars().next().is_some_and(char::is_lowercase)
        });
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        return match (compound, lower) {
            (true, _) => Shape::Compound,
            (false, false) if letters > 1 => Shape::Upper,
            _ => Shape::Capital,
        };
    }
    match after_article(text).and_then(|name| name.chars().next()) {
        Some(c) if c.is_uppercase() => Shape::Capital,
        _ => Shape::Lower,
    }
}

/// What follows an article in lower case that is written in one with a name:
/// `al-Abadi`, `el-Sisi`, `d'Estaing`.
fn after_article(word: &str) -> Option<&str> {
    match word.as_bytes() {
        [b'a' | b'e', b'l', b'-', ..]
        | [b'a', b'd' | b'n' | b'r' | b's' | b't' | b'z', b'-', ..] => word.get(3..),
        [b'd', b'\'', ..] => word.get(2..),
        [b'd', 0xE2, 0x80, 0x99, ..] => word.get(4..),
        _ => None,
    }
}

/// Whether the word after `token` begins something.
fn starts_after(text: &str, token: &Token, before: Option<&Token>, starts: bool) -> bool {
    match token.shape {
        Shape::Mark('!' | '?' | ':' | '•' | '|' | '…' | '·' | '*' | '#' | '>') => true,
        Shape::Mark('.') => {
            // The point of an abbreviation or initial ends no sentence.
            let Some(before) = before.filter(|_| token.follows) else { return true };
            let word = before.of(text);
            let abbreviation = word.len() <= 4
                && (word.chars().count() == 1
                    || before.is_capital()
                        && before
                            .classes
                            .any(Classes::TITLE.or(Classes::CALENDAR).or(Classes::TAIL)));
            !abbreviation
        }
        Shape::Mark('"' | '“' | '”' | '„' | '«' | '‘' | '\'' | '’') => {
            // A quotation begins where a mark stands after space.
            starts
                || !token.follows
                || before.is_none_or(|before| before.span.end < token.span.start)
        }
        Shape::Mark('(' | '[' | '-' | '–' | '—' | ')') => starts,
        Shape::Number => starts && before.is_none_or(|before| !before.is_word()),
        _ => false,
    }
}

/// Marks a line in which nearly every longer word has a capital.
fn mark_title_case(line: &mut [Token]) {
    let ends = line
        .last()
        .is_some_and(|token| matches!(token.shape, Shape::Mark('.' | '!' | '?' | ':' | ',' | ';')));
    let upper = line
        .iter()
        .filter(|token| token.is_word())
        .all(|token| token.shape == Shape::Upper || token.length() == 1);
    // Most lines are sentences: nothing of them needs to be counted.
    if !upper && (ends || line.len() >= 40) {
        return;
    }
    let mut long = 0;
    let mut capital = 0;
    for token in line.iter().filter(|token| token.is_word() && token.length() > 3) {
        long += 1;
        capital += usize::from(token.shape != Shape::Lower);
    }
    let all_upper = upper && long >= 2;
    if all_upper || !ends && long >= 4 && (long - capital) * 6 <= long && line.len() < 40 {
        for token in line {
            token.position = Position::Shouted;
        }
    }
}

/// Marks datelines, `PORT ALDER, Freeland (Reuters) -`, and picture credits,
/// `© Jane Doe / Agency`, `(AP Photo/Jane Doe)`.
fn mark_credits(text: &str, block: &mut [Token]) {
    let mut from = 0;
    while from < block.len() {
        let line = 1 + block[from + 1..]
            .iter()
            .take_while(|token| token.follows || token.position == Position::Inside)
            .count();
        let line = &mut block[from..from + line];
        from += line.len();
        let dateline = dateline(text, line);
        for token in &mut line[..dateline] {
            token.position = Position::Credit;
        }
        if let Some(token) = line.get_mut(dateline).filter(|_| dateline > 0) {
            token.position = Position::Start;
        }
        if let Some(sign) = line.iter().position(|token| token.shape == Shape::Mark('©')) {
            for token in &mut line[sign..] {
                token.position = Position::Credit;
            }
        }
        let photo = line.windows(2).position(|pair| {
            pair[1].shape == Shape::Mark('/')
                && matches!(pair[0].of(text), "Photo" | "Image" | "Pool")
        });
        if let Some(photo) = photo {
            let open = line[..photo].iter().rposition(|token| token.shape == Shape::Mark('('));
            let close = line[photo..].iter().position(|token| token.shape == Shape::Mark(')'));
            let end = close.map_or(line.len(), |close| photo + close);
            for token in &mut line[open.unwrap_or(photo)..end] {
                token.position = Position::Credit;
            }
        }
    }
}

/// Marks what a bracket says in another language: the name just written, once more, as
/// in "the council (Alderian: Voru i Alderi)" and "(Voru i Alderi in Alderian)".
fn mark_glosses(text: &str, block: &mut [Token]) {
    /// Tokens of the longest gloss.
    const LONGEST: usize = 40;
    let mut open = None;
    for at in 0..block.len() {
        let after_language = || at > 0 && is_language(&block[at - 1], text);
        let gloss = match (block[at].shape, open) {
            (Shape::Mark(':'), Some(_)) if after_language() => {
                let end = block.len().min(at + LONGEST);
                let close = block[at..end].iter().position(|token| token.shape == Shape::Mark(')'));
                close.map(|close| at..at + close)
            }
            (Shape::Mark(')' | ';' | ','), Some(open)) if after_language() => {
                (at - open <= LONGEST && block[at - 2].of(text) == "in").then_some(open..at)
            }
            _ => None,
        };
        for token in gloss.map_or(&mut [][..], |gloss| &mut block[gloss]) {
            token.position = Position::Credit;
        }
        match block[at].shape {
            Shape::Mark('(') => open = Some(at),
            Shape::Mark(')') => open = None,
            _ => {}
        }
    }
}

/// Whether a word names a language.
fn is_language(token: &Token, text: &str) -> bool {
    let word = token.of(text);
    let looks = ["ian", "ish", "ese", "ic"].iter().any(|end| word.ends_with(end));
    token.is_capital()
        && (token.classes.any(Classes::PEOPLE)
            || looks && !token.classes.any(Classes::GIVEN.or(Classes::FAMILY)))
}

/// How many tokens at the start of a line are its dateline: a place, perhaps a
/// date, a short bracket of one to three words, and a dash.
fn dateline(text: &str, line: &[Token]) -> usize {
    const LONGEST: usize = 16;
    if !line.first().is_some_and(Token::is_capital) {
        return 0;
    }
    let head = &line[..line.len().min(LONGEST)];
    let Some(open) = head.iter().position(|token| token.shape == Shape::Mark('(')) else {
        return 0;
    };
    let Some(close) = head[open..].iter().position(|token| token.shape == Shape::Mark(')')) else {
        return 0;
    };
    let dash = open + close + 1;
    let dashed =
        head.get(dash).is_some_and(|token| matches!(token.shape, Shape::Mark('-' | '–' | '—')));
    let named =
        (2..=4).contains(&close) && head[open + 1..open + close].iter().all(Token::is_capital);
    let placed = head[..open].iter().all(|token| {
        !matches!(token.shape, Shape::Lower | Shape::Compound)
            || matches!(token.of(text), "de" | "of" | "the")
    });
    if dashed && named && placed { dash + 1 } else { 0 }
}
