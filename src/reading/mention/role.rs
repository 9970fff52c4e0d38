//! Offices that an article gives to the people it names.
//!
//! In come the prose with its people and bodies; out comes an [`OfficeSeen`] for every
//! office that stands right before a name ("the alliance's envoy Ann Okoro", "Minister
//! of Trade Ann Okoro") or beside it between commas ("Ann Okoro, the minister of
//! trade,"). Only what touches a name is read: "the president" alone is nobody here.
//!
//! One may ask why an office is read again that `statement` knows as a title. There it
//! only has to find who "the minister" is; here it is shown to readers, dated, as a
//! claim of the article, so it must be whole and must not be guessed.
//!
//! Start at [`find`].

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashSet;

use super::lexicon::{self, Classes};
use crate::actor::{Kind, Register};
use crate::reading::{ActorSeen, Mention, OfficeBody, OfficeSeen, Prose};
use crate::text::{Span, fold};
use crate::vocabulary::Vocabulary;

/// Most words on one side of a name that are looked at: longer offices are lists.
const REACH: usize = 12;

/// Titles that say nothing of an office.
static COURTESY: LazyLock<Vocabulary<bool>> = LazyLock::new(|| {
    const WORDS: &str = "comrade dame dr fr frau hajji herr highness hon lady lord madam madame \
                         majesty master messrs miss mister mme monsieur mr mrs ms prof rev sir \
                         sister father his her";
    let mut courtesy = Vocabulary::default();
    for word in WORDS.split(' ') {
        *courtesy.slot(word) = true;
    }
    courtesy
});

/// Words that end an office's time, or have not begun it.
const FORMER: &[&str] = &["ex", "former", "late", "then", "onetime", "ousted"];

/// The offices in `prose`, in the order of the names they are given to. Each is told
/// once for a person, whatever the number of its places.
pub fn find(
    prose: &Prose,
    sentences: &[Span],
    actors: &[ActorSeen],
    mentions: &[Mention],
    register: &Register,
) -> Vec<OfficeSeen> {
    let mut found: Vec<OfficeSeen> = Vec::new();
    let mut told = FxHashSet::default();
    let mut sentence = 0;
    for (index, mention) in mentions.iter().enumerate() {
        let person = |mention: &Mention| {
            actors.get(mention.actor as usize).is_some_and(|actor| actor.kind == Kind::Person)
        };
        if !person(mention) {
            continue;
        }
        while sentences.get(sentence + 1).is_some_and(|next| next.start <= mention.span.start) {
            sentence += 1;
        }
        let Some(bounds) = sentences.get(sentence).copied() else { break };
        let place = Place { text: &prose.text, bounds, actors, mentions, register };
        let mut tell = |office: Office| {
            let Office { title, span, of, former } = office;
            let seen =
                OfficeSeen { actor: mention.actor, title, of, former, span, sentence: bounds };
            let of = seen.of.as_ref().map(|body| body.id.clone());
            if told.insert((seen.actor, seen.key(&prose.text), of, former)) {
                found.push(seen);
            }
        };
        place.before(index).into_iter().for_each(&mut tell);
        place.after(mention.span.end).into_iter().for_each(&mut tell);
        place.apposed(mention.span.start).into_iter().for_each(&mut tell);
    }
    found
}

/// An office beside a name.
struct Office {
    title: Span,
    span: Span,
    of: Option<OfficeBody>,
    former: bool,
}

/// A word with its bytes, without possessive.
#[derive(Clone, Copy)]
struct Word {
    span: Span,
    possessive: bool,
}

impl Word {
    /// The word `spelling` at byte `at`.
    fn new(at: usize, spelling: &str) -> Self {
        let bare = spelling.strip_suffix("'s").or_else(|| spelling.strip_suffix("\u{2019}s"));
        let plural = bare.or_else(|| spelling.strip_suffix(['\'', '\u{2019}']));
        let possessive = plural.is_some();
        let bare = plural.unwrap_or(spelling);
        Self { span: Span::new(at, at + bare.len()), possessive }
    }
}

struct Place<'a> {
    text: &'a str,
    /// The sentence.
    bounds: Span,
    actors: &'a [ActorSeen],
    mentions: &'a [Mention],
    register: &'a Register,
}

impl Place<'_> {
    /// The office right before the name of the mention at `index`.
    fn before(&self, index: usize) -> Option<Office> {
        let mut end = self.mentions[index].span.start;
        // "Minister for the Northern Isles Ann Okoro": the body stands between.
        let mut of = None;
        let between = index.checked_sub(1).map(|before| &self.mentions[before]).filter(|body| {
            body.span.end < end && self.text[body.span.end as usize..end as usize] == *" "
        });
        if let Some((at, body)) = between.and_then(|body| {
            let joint = self.joint_before(body.span.start)?;
            Some((joint, self.body(body)?))
        }) {
            (end, of) = (at, Some(body));
        }
        let mut words_before = self.words_before(end);
        let nearest = words_before.find(|word| !is_courtesy(self.of(word)))?;
        let is_of_field =
            |word: &Word| self.is_field(word) || matches!(self.of(word), "and" | "the");
        // Most names stand beside no title.
        let mut words = vec![nearest];
        let mut inner = 0;
        if !self.is_title(&nearest) {
            if of.is_some() || !is_of_field(&nearest) {
                return None;
            }
            // "Minister of Trade": what joins the fields to a title.
            let joint = words_before.find(|word| {
                words.push(*word);
                !is_of_field(word)
            })?;
            if !matches!(self.of(&joint), "of" | "for") {
                return None;
            }
            inner = words.len();
        }
        words.extend(words_before);
        let mut length = inner;
        while words.get(length).is_some_and(|word| {
            !word.possessive
                && !self.is_former(word)
                && (self.is_title(word) || length > inner && self.is_field(word))
                && self.mention_at(word.span).is_none()
        }) {
            length += 1;
        }
        // The title's first and last word, and what stands before it.
        let (last, first) = (words.first()?, words.get(length.checked_sub(1)?)?);
        if length == inner {
            return None;
        }
        let title = Span { start: first.span.start, end: last.span.end };
        let mut start = title.start;
        let mut rest = words.get(length..).unwrap_or_default();
        if let (Some(owner), None) = (rest.first(), &of) {
            let owned = self.mention_at(owner.span).filter(|body| {
                self.text
                    .get(body.span.end as usize..title.start as usize)
                    .is_some_and(|between| between.len() <= 4)
            });
            if let Some(body) = owned {
                let further = rest.iter().find(|word| word.span.end <= body.span.start);
                if owner.possessive || further.is_none_or(|word| !self.is_part_of_name(word)) {
                    of = Some(self.body(body)?);
                    start = body.span.start;
                }
            } else if let Some(body) = self.by_demonym(owner) {
                of = Some(body);
                start = owner.span.start;
            }
            if of.is_some() {
                let past = rest.iter().take_while(|word| word.span.start >= start).count();
                rest = &rest[past..];
            }
        }
        let former = rest.first().filter(|word| self.is_former(word));
        let start = former.map_or(start, |word| word.span.start);
        Some(self.office(title, Span { start, end: title.end.max(end) }, of, former.is_some()))
    }

    /// Whether a word before the name of a body makes it another one: the Statistics of
    /// "Statistics Norway chief Ann Okoro".
    fn is_part_of_name(&self, word: &Word) -> bool {
        let written = self.of(word);
        let other = Classes::CALENDAR.or(Classes::COMMON).or(Classes::FUNCTION);
        written.starts_with(char::is_uppercase)
            && !word.possessive
            && self.mention_at(word.span).is_none()
            && !self.is_title(word)
            && !self.is_former(word)
            && self.by_demonym(word).is_none()
            && (self.is_field(word) || !lexicon::classes(written).any(other))
    }

    /// The office in an apposition after the name: ", the minister of trade,".
    fn after(&self, end: u32) -> Option<Office> {
        // A name may go on in the next sentence, and so may that of a body below.
        let from = self.text.get(end as usize..self.bounds.end as usize)?.strip_prefix(", ")?;
        let from = self.bounds.end - u32::try_from(from.len()).ok()?;
        let (office, stop) = self.described(from)?;
        let rest = self.text.get(stop as usize..self.bounds.end as usize)?;
        let closed = rest.is_empty() || rest.starts_with([',', '.', ';', ')', ':', '!', '?']);
        // Beyond "of the police for the north" an apposition may go on.
        let goes_on = [" of ", " for ", " at ", " in ", " on ", " who "];
        (closed || goes_on.iter().any(|joint| rest.starts_with(joint))).then_some(office)
    }

    /// The office that the name is an apposition of: "the minister of trade, Ann Okoro".
    fn apposed(&self, start: u32) -> Option<Office> {
        let before = self.text[self.bounds.start as usize..start as usize].strip_suffix(", ")?;
        let comma = self.bounds.start + u32::try_from(before.len()).ok()?;
        let article = self
            .words_before(comma)
            .find(|word| matches!(self.of(word), "the" | "The" | "a" | "A") || word.possessive)?;
        let from = if article.possessive { article.span.start } else { article.span.end + 1 };
        let (office, stop) = self.described(from)?;
        // "the director of the police for the north, Ann Okoro": the head is the office.
        let rest = self.text.get(stop as usize..comma as usize)?;
        let goes_on = [" of ", " for ", " at ", " in "];
        (rest.is_empty() || goes_on.iter().any(|joint| rest.starts_with(joint))).then_some(office)
    }

    /// Reads "[the] [former] [owner] TITLE [of BODY]" from byte `from`; gives the office
    /// and where it ends.
    fn described(&self, from: u32) -> Option<(Office, u32)> {
        let mut words = self.words_after(from).peekable();
        let mut former = false;
        let mut of = None;
        let start = words.peek()?.span.start;
        while let Some(word) = words.peek() {
            let text = self.of(word);
            if matches!(text, "the" | "a" | "an" | "now" | "currently" | "is" | "was") {
                words.next();
            } else if self.is_former(word) {
                former = true;
                words.next();
            } else {
                break;
            }
        }
        let owner = *words.peek()?;
        if let Some(body) = self.mention_at(owner.span) {
            of = Some(self.body(body)?);
            while words.next_if(|word| word.span.start < body.span.end).is_some() {}
        } else if let Some(body) = self.by_demonym(&owner) {
            of = Some(body);
            words.next();
        }
        let mut title: Option<Span> = None;
        let mut titled = 0;
        while let Some(word) = words.next_if(|word| {
            !word.possessive
                && self.mention_at(word.span).is_none()
                && (self.is_title(word) || self.is_field(word))
        }) {
            let span = title.get_or_insert(word.span);
            span.end = word.span.end;
            if self.is_title(&word) {
                titled = span.end;
            }
        }
        let mut title = title.filter(|title| titled == title.end)?;
        let mut end = title.end;
        if let Some(joint) = words.next_if(|word| matches!(self.of(word), "of" | "for" | "at")) {
            words.next_if(|word| self.of(word) == "the");
            if let Some(body) = words.peek().and_then(|word| self.mention_at(word.span)) {
                let body_end = body.span.end;
                of = Some(self.body(body).filter(|_| of.is_none())?);
                end = body_end;
            } else {
                // "minister of trade": the field belongs to the title.
                let mut last = joint.span.end;
                while let Some(word) =
                    words.next_if(|word| self.is_field(word) || self.of(word) == "and")
                {
                    last = word.span.end;
                }
                if last > joint.span.end {
                    (title.end, end) = (last, last);
                }
            }
        }
        // "Okoro, President Ibarra and others": the office is the next one's.
        let next = self.mention_at(Span { start: end + 1, end: end + 2 });
        if next.is_some_and(|mention| mention.span.start == end + 1) {
            return None;
        }
        Some((self.office(title, Span { start, end }, of, former), end))
    }

    fn office(
        &self,
        mut title: Span,
        span: Span,
        of: Option<OfficeBody>,
        mut former: bool,
    ) -> Office {
        if fold(title.of(self.text)).starts_with("ex-") {
            title.start += 3;
            former = true;
        }
        Office { title, span, of, former }
    }

    /// Where " of ", " for ", " of the " or " for the " begins that ends at `end`.
    fn joint_before(&self, end: u32) -> Option<u32> {
        let before = self.text.get(self.bounds.start as usize..end as usize)?;
        let before = before.strip_suffix("the ").unwrap_or(before);
        let before = before.strip_suffix(" of ").or_else(|| before.strip_suffix(" for "))?;
        Some(self.bounds.start + u32::try_from(before.len()).ok()? + 1)
    }

    /// The words that end just before byte `end`, the nearest first, up to a mark or
    /// the start of the sentence.
    fn words_before(&self, end: u32) -> impl Iterator<Item = Word> {
        let start = self.bounds.start as usize;
        let before = &self.text[start..end as usize];
        let mut left = Some(before.strip_suffix(' ').unwrap_or(before));
        let next = move || {
            let rest = left.take()?;
            let at = last_break(rest);
            let word = &rest[at..];
            // A full stop belongs to an abbreviation, or ends another sentence.
            let ends =
                word.strip_suffix('.').is_some_and(|bare| bare.len() > 4 && !bare.contains('.'));
            if word.is_empty() || ends {
                return None;
            }
            left = rest[..at].strip_suffix(' ');
            Some(Word::new(start + at, word))
        };
        std::iter::from_fn(next).take(REACH)
    }

    /// The words from byte `from` up to a mark or the end of the sentence.
    fn words_after(&self, from: u32) -> impl Iterator<Item = Word> {
        let mut at = from as usize;
        let mut left = self.text.get(at..self.bounds.end as usize);
        let next = move || {
            let rest = left.take()?;
            let length = rest.find(is_break).unwrap_or(rest.len());
            if length == 0 {
                return None;
            }
            let (word, behind) = rest.split_at(length);
            let found = Word::new(at, word);
            at += length + 1;
            left = if word.ends_with('.') { None } else { behind.strip_prefix(' ') };
            Some(found)
        };
        std::iter::from_fn(next).take(REACH)
    }

    fn of(&self, word: &Word) -> &str {
        word.span.of(self.text)
    }

    fn is_title(&self, word: &Word) -> bool {
        let text = self.of(word).trim_end_matches('.');
        let whole = lexicon::classes(text);
        let stem =
            || text.split_once('-').map_or(Classes::NONE, |(stem, _)| lexicon::classes(stem));
        (whole.any(Classes::TITLE) || stem().any(Classes::TITLE)) && !is_courtesy(text)
    }

    fn is_field(&self, word: &Word) -> bool {
        lexicon::classes(self.of(word)).any(Classes::FIELD)
    }

    fn is_former(&self, word: &Word) -> bool {
        let text = self.of(word).trim_end_matches('-');
        FORMER.iter().any(|former| text.eq_ignore_ascii_case(former))
    }

    /// The mention that covers the first byte of `span`.
    fn mention_at(&self, span: Span) -> Option<&Mention> {
        let low = self.mentions.partition_point(|mention| mention.span.end <= span.start);
        self.mentions.get(low).filter(|mention| mention.span.start <= span.start)
    }

    /// The body or state that a mention names; `None` for a person.
    fn body(&self, mention: &Mention) -> Option<OfficeBody> {
        let actor = self.actors.get(mention.actor as usize)?;
        (actor.kind != Kind::Person)
            .then(|| OfficeBody { id: actor.id.clone(), name: actor.name.clone() })
    }

    /// The state of an adjective: "Freelandic". Not of a people's name, "Freelander":
    /// what someone is by descent is no office.
    fn by_demonym(&self, word: &Word) -> Option<OfficeBody> {
        let text = self.of(word);
        let actor = self.register.by_demonym(text).filter(|_| !word.possessive)?;
        let longer = |other: &Arc<str>| {
            other.strip_prefix(text).is_some_and(|more| !matches!(more, "" | "s" | "es"))
        };
        let adjective = !actor.demonyms.iter().any(longer);
        adjective.then(|| OfficeBody { id: actor.id.clone(), name: actor.name.clone() })
    }
}

/// Where the last word of `text` begins: behind the last break.
fn last_break(text: &str) -> usize {
    // Most words are letters of ASCII, or one of these marks stands before them.
    let plain = text.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let text = &text[..text.len() - plain];
    match text.as_bytes().last() {
        None | Some(b' ' | b',' | b'"') => text.len(),
        _ => text
            .rfind(is_break)
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8)),
    }
}

/// Whether a character parts words, or ends a phrase.
fn is_break(c: char) -> bool {
    if c.is_ascii_alphanumeric() {
        return false;
    }
    c.is_whitespace()
        || matches!(
            c,
            ',' | ';'
                | ':'
                | '!'
                | '?'
                | '('
                | ')'
                | '['
                | ']'
                | '"'
                | '“'
                | '”'
                | '„'
                | '«'
                | '»'
                | '…'
                | '–'
                | '—'
                | '/'
                | '|'
        )
}

fn is_courtesy(word: &str) -> bool {
    COURTESY.get(word.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::grain::Grains;
    use crate::reading::{mention, sentence};

    /// The offices in one sentence as `person: title / body`, former ones with a `†`.
    fn check(text: &str, expected: &[&str]) {
        let prose = Prose::plain(text);
        let register = Register::default();
        let sentences = sentence::split(&prose, &Grains::of(&prose));
        let (actors, mentions, _) =
            mention::find(&prose, &Grains::of(&prose), &sentences, None, &register);
        let found: Vec<String> = find(&prose, &sentences, &actors, &mentions, &register)
            .iter()
            .map(|office| {
                format!(
                    "{}: {}{} / {}",
                    actors[office.actor as usize].name,
                    if office.former { "† " } else { "" },
                    office.title.of(text),
                    office.of.as_ref().map_or("-", |body| &*body.id),
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn an_office_before_the_name() {
        for (text, expected) in [
            ("NATO Secretary-General Anna Holm spoke.", "Anna Holm: Secretary-General / nato"),
            ("Norwegian Prime Minister Anna Holm spoke.", "Anna Holm: Prime Minister / norway"),
            ("Norway's president Anna Holm spoke.", "Anna Holm: president / norway"),
            ("Norway Foreign Minister Anna Holm spoke.", "Anna Holm: Foreign Minister / norway"),
            ("It met Minister of Health Anna Holm there.", "Anna Holm: Minister of Health / -"),
            ("It met President of Norway Anna Holm there.", "Anna Holm: President / norway"),
            ("They held former police officer Anna Holm.", "Anna Holm: † police officer / -"),
            ("Former Norwegian President Anna Holm spoke.", "Anna Holm: † President / norway"),
            ("They met acting mayor Anna Holm.", "Anna Holm: acting mayor / -"),
            ("Environment Norway spokeswoman Anna Holm spoke.", "Anna Holm: spokeswoman / -"),
            ("On Monday Norway spokeswoman Anna Holm spoke.", "Anna Holm: spokeswoman / norway"),
        ] {
            check(text, &[expected]);
        }
    }

    #[test]
    fn an_office_beside_the_name() {
        for (text, expected) in [
            ("Anna Holm, the president of Norway, spoke.", "Anna Holm: president / norway"),
            ("Anna Holm, NATO's secretary general, spoke.", "Anna Holm: secretary general / nato"),
            ("Anna Holm, a former prime minister, spoke.", "Anna Holm: † prime minister / -"),
            ("The director of police, Anna Holm, spoke.", "Anna Holm: director / -"),
        ] {
            check(text, &[expected]);
        }
    }

    #[test]
    fn words_of_any_alphabet_stand_beside_a_name() {
        for before in ["Çiyayê", "Министр", "部長", "e\u{301}.", "’s", "…", "\u{2019}"]
        {
            check(&format!("Yesterday {before} Anna Holm spoke."), &[]);
            check(&format!("Anna Holm, {before}"), &[]);
        }
    }

    #[test]
    fn no_office_leaves_its_sentence_wherever_that_ends() {
        let text = "Envoy of NATO Anna Holm, director of NATO, spoke.";
        let prose = Prose::plain(text);
        let register = Register::default();
        let (actors, mentions, _) = mention::find(
            &prose,
            &Grains::of(&prose),
            &sentence::split(&prose, &Grains::of(&prose)),
            None,
            &register,
        );
        for cut in 0..text.len() {
            let sentences = [Span::new(0, cut), Span::new(cut, text.len())];
            for office in find(&prose, &sentences, &actors, &mentions, &register) {
                assert!(office.sentence.contains(office.span), "{cut}");
            }
        }
    }

    #[test]
    fn what_is_no_office_of_theirs() {
        for text in ["Mr. Anna Holm spoke.", "The president met Anna Holm.", "Anna Holm spoke."] {
            check(text, &[]);
        }
        // An office between two names belongs to the second.
        check("Anna Holm, President Boris Lund and others came.", &["Boris Lund: President / -"]);
    }
}
