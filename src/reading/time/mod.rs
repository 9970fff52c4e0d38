//! Time expressions of prose, resolved.
//!
//! What flows in is prose with its sentences and statements and the day of
//! publication; what comes out is every time expression with its TIMEX3 value and,
//! where it names a date of the calendar, its EDTF date. Text becomes typed tokens
//! (`token`, `lexicon`), tokens become phrases (`grammar`, `meaning`), and phrases
//! become dates (`tense`, `resolve`, `dated`). Durations, sets and times of day are
//! recognised so that they are not taken for dates.
//!
//! The decision to question: where the day of publication is only known to lie
//! between two days, every expression is resolved against both, and a date is
//! given only where they agree. Resolving never turns back as the anchor moves on,
//! so all days between agree too.
//!
//! Start at [`find`]; what happened on these dates is [`event`].

use std::ops::Range;

use super::grain::Grains;
use super::{Anchor, Prose, Speech, Statement, TimeExpression, Zone};
use crate::text::Span;
use crate::when::{Day, When};

pub mod event;

mod dated;
mod grammar;
pub(super) mod lexicon;
mod meaning;
mod resolve;
mod tense;
pub(super) mod token;

use meaning::{Calendar, Meaning, Phrase, Toward, YearOf};
use resolve::{Resolved, Resolver, Setting};
use tense::Tense;
use token::{Preposition, Token, Verb, Which, Word};

/// The words, numbers and marks of prose, as dates are made of them: made once for
/// [`find`] and [`event::find`].
#[derive(Debug)]
pub struct Tokens {
    all: Vec<Token>,
    /// One past the last token of each block, and of every block before it.
    ends: Vec<usize>,
}

impl Tokens {
    /// Those of `prose`, which `grains` are of.
    pub fn of(prose: &Prose, grains: &Grains) -> Self {
        let mut all = Vec::with_capacity(grains.all().len());
        let append = |block: usize| {
            token::append(&prose.text, grains.of_block(block), &mut all);
            all.len()
        };
        let ends = (0..prose.blocks.len()).map(append).collect();
        Self { all, ends }
    }

    /// Those of the block of this index.
    fn of_block(&self, index: usize) -> &[Token] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[index]]
    }

    /// Those that stand in `span`, which parts none.
    fn within(&self, span: Span) -> &[Token] {
        &self.all[tokens_of(&self.all, span)]
    }
}

/// The tokens that stand in `span`, wholly or in part.
fn tokens_of(tokens: &[Token], span: Span) -> Range<usize> {
    let start = tokens.partition_point(|token| token.end <= span.start);
    let end = tokens.partition_point(|token| token.start < span.end);
    start..end.max(start)
}

/// The time expressions of `prose`, in order, resolved against `anchor`.
///
/// `tokens` are those of the prose; `sentences` bound the search for a verb; an expression may cross one of their
/// ends. Code is not read. Without an anchor a relative expression keeps what is
/// known of its value (`XXXX-WXX-5`), and a month and day the unknown year.
pub fn find(
    prose: &Prose,
    tokens: &Tokens,
    sentences: &[Span],
    anchor: Anchor<'_>,
    statements: &[Statement],
) -> Vec<TimeExpression> {
    let mut quotes: Vec<Span> = statements
        .iter()
        .filter(|statement| statement.kind != Speech::Indirect)
        .flat_map(|statement| statement.quotes.iter().copied())
        .collect();
    quotes.sort_unstable();
    let mut found = Vec::with_capacity(prose.blocks.len());
    let mut phrases = Vec::new();
    let mut sentence = 0;
    let mut ended = 0;
    let mut quote = 0;
    for (number, block) in prose.blocks.iter().enumerate() {
        if block.zone == Zone::Code {
            continue;
        }
        let tokens = tokens.of_block(number);
        ended += 1;
        let (mut seen, mut previous) = (0, 0);
        grammar::phrases(&prose.text, tokens, &mut phrases);
        for phrase in phrases.drain(..) {
            let (Some(first), Some(last)) =
                (tokens.get(phrase.tokens.start), tokens.get(phrase.tokens.end - 1))
            else {
                continue;
            };
            if has_endless_year(tokens, &phrase) {
                continue;
            }
            let span = Span { start: first.start, end: last.end };
            while sentences.get(sentence + 1).is_some_and(|next| next.start <= span.start) {
                sentence += 1;
            }
            while quotes.get(quote).is_some_and(|quote| quote.end <= span.start) {
                quote += 1;
            }
            // Counted here, so that a sentence cut at "Nov." counts once.
            ended += (seen..)
                .zip(&tokens[seen..phrase.tokens.start])
                .filter(|(at, token)| {
                    matches!(token.word, Word::Mark(_))
                        && tense::ends_sentence(&prose.text, tokens, *at)
                })
                .count();
            let closes = closes_stretch(&prose.text, tokens, &phrase.tokens, previous);
            previous = phrase.tokens.end;
            seen = phrase.tokens.start;
            let bounds = sentences.get(sentence).copied().unwrap_or(block.span);
            let tense = match tense::tense(&prose.text, tokens, &phrase.tokens, bounds) {
                // "Figures for September will be published": of a month that is over.
                Tense::Ahead if is_of_what_will_be(tokens, &phrase.tokens) => Tense::Past,
                // "pledged to punish the September attack": of a thing, not of the verb.
                Tense::Ahead if is_attribute(tokens, &phrase.tokens) => Tense::Open,
                Tense::Past if is_set_for(tokens, &phrase) => Tense::Ahead,
                tense => tense,
            };
            let setting = Setting {
                tense,
                limit: is_limit(tokens, &phrase.tokens, tense),
                quoted: quotes.get(quote).is_some_and(|quote| quote.contains(span)),
                block: number,
                sentence: ended,
                closes,
                recalled: tense::is_recalled(&prose.text, tokens, &phrase.tokens, bounds),
                attribute: is_attribute(tokens, &phrase.tokens),
            };
            found.push((span, phrase, setting));
        }
    }
    let news = anchor.is_some() || speaks_from_one_day(&found);
    resolve_all(&found, anchor, news)
}

type Found = (Span, Phrase, Setting);

/// Resolves against both ends of `anchor`, and against no day what they disagree on.
/// What an uncertain anchor gives, and the text alone would not, is as uncertain.
fn resolve_all(found: &[Found], anchor: Anchor<'_>, news: bool) -> Vec<TimeExpression> {
    let against = |anchor: Option<Day>| -> Vec<Option<Resolved>> {
        let mut resolver = Resolver::new(anchor, news);
        found.iter().map(|(_, phrase, setting)| resolver.resolve(phrase, *setting)).collect()
    };
    let days = anchor.and_then(|anchor| Some((anchor.first()?, anchor.last()?)));
    let uncertain = anchor.is_some_and(When::is_uncertain);
    let resolved = match days {
        None => against(None),
        Some((first, last)) if first == last && !uncertain => against(Some(first)),
        Some((first, last)) => {
            let agreed = against(Some(first)).into_iter().zip(against(Some(last)));
            agreed
                .zip(against(None))
                .map(|((early, late), bare)| {
                    let means =
                        |resolved: &Resolved| (resolved.value.clone(), resolved.when.clone());
                    if early.as_ref().map(means) != late.as_ref().map(means) {
                        bare
                    } else if uncertain {
                        with_doubt(early, bare.as_ref())
                    } else {
                        early
                    }
                })
                .collect()
        }
    };
    found
        .iter()
        .zip(resolved)
        .filter_map(|((span, ..), resolved)| {
            let Resolved { kind, value, when, rule, relative } = resolved?;
            let value = value.into_boxed_str();
            Some(TimeExpression { span: *span, kind, value, when, rule, relative })
        })
        .collect()
}

/// What was resolved against an uncertain day: uncertain, unless no day gives the same.
fn with_doubt(resolved: Option<Resolved>, bare: Option<&Resolved>) -> Option<Resolved> {
    let own = bare
        .is_some_and(|bare| resolved.as_ref().is_some_and(|resolved| resolved.when == bare.when));
    let resolved = resolved?;
    let when = if own { resolved.when } else { resolved.when.map(When::uncertain) };
    Some(Resolved { when, ..resolved })
}

/// Whether an expression is what something lasts until or is done by.
fn is_limit(tokens: &[Token], date: &Range<usize>, tense: Tense) -> bool {
    let Some(before) = date.start.checked_sub(1) else { return false };
    match tokens[before].word {
        // "the siege lasted until May" looks back, "was postponed until May" ahead.
        Word::Preposition(Preposition::Until) => {
            !(before.saturating_sub(6)..before).any(|at| match tokens[at].word {
                Word::Verb(Verb::Lasted) => true,
                Word::Verb(Verb::Was) => {
                    !matches!(tokens[at + 1].word, Word::Verb(Verb::Past | Verb::Plan))
                }
                _ => false,
            })
        }
        Word::Preposition(Preposition::By) => tense != Tense::Past,
        _ => false,
    }
}

/// Whether it stands between an article and a noun.
fn is_attribute(tokens: &[Token], date: &Range<usize>) -> bool {
    let before = date.start.checked_sub(1).map(|at| tokens[at].word);
    let after = tokens.get(date.end);
    matches!(before, Some(Word::Article | Word::One))
        && after.is_some_and(|after| after.word == Word::Other && !after.glued)
        || after.is_some_and(|after| after.glued && after.is_mark('-'))
}

/// Whether only `to`, `until` or a dash stands between the expression that ended at
/// `previous` and `date`; or `and`, where `between` stands before the two.
fn closes_stretch(text: &str, tokens: &[Token], date: &Range<usize>, previous: usize) -> bool {
    let between = tokens.get(previous..date.start).unwrap_or_default();
    let joint = match between {
        [joint] => joint,
        [joint, article] if article.word == Word::Article => joint,
        _ => return false,
    };
    match joint.word {
        Word::Preposition(Preposition::To | Preposition::Through | Preposition::Until) => true,
        Word::And => tokens[previous.saturating_sub(4)..previous]
            .iter()
            .any(|token| token.span().of(text).eq_ignore_ascii_case("between")),
        _ => joint.is_dash(),
    }
}

/// Whether a number that no year has stands where the year of a day or a month would:
/// "3 May 99999". After a month alone it may count something, if it is not too large.
fn has_endless_year(tokens: &[Token], phrase: &Phrase) -> bool {
    let Meaning::Calendar(Calendar { day, month: Some(_), year: YearOf::Open, .. }) =
        phrase.meaning
    else {
        return false;
    };
    let shortest = if day.is_some() { 5 } else { 9 };
    tokens.get(phrase.tokens.end).is_some_and(|after| {
        matches!(after.word, Word::Number { digits, grouped: false, .. } if digits >= shortest)
    })
}

/// Whether it is a day that something was called, announced or moved for.
fn is_set_for(tokens: &[Token], phrase: &Phrase) -> bool {
    let date = &phrase.tokens;
    let day = matches!(
        phrase.meaning,
        Meaning::Calendar(Calendar { day: Some(_), .. } | Calendar { weekday: Some(_), .. })
    );
    let after_for = date
        .start
        .checked_sub(1)
        .is_some_and(|at| tokens[at].word == Word::Preposition(Preposition::For));
    let possessive = tokens
        .get(date.end)
        .is_some_and(|after| after.glued && !after.is_mark('.') && !after.is_mark(','));
    day && after_for && !possessive
}

/// Whether it stands after `for`, before the first verb of its sentence.
fn is_of_what_will_be(tokens: &[Token], date: &Range<usize>) -> bool {
    let start = date.start;
    let after_for = start
        .checked_sub(1)
        .is_some_and(|at| tokens[at].word == Word::Preposition(Preposition::For));
    after_for
        && (start.saturating_sub(8)..start)
            .rev()
            .map(|at| tokens[at].word)
            .take_while(|word| !matches!(word, Word::Mark('.' | ';' | ',')))
            .all(|word| !matches!(word, Word::Verb(_)))
}

/// Whether a text without a known date is written from one day, as news is.
fn speaks_from_one_day(found: &[Found]) -> bool {
    let deictic = found
        .iter()
        .filter(|(_, phrase, _)| match &phrase.meaning {
            Meaning::Deictic { .. } | Meaning::Distance { toward: Toward::Ago, .. } => true,
            Meaning::Unit { which, .. } | Meaning::WeekdayOf { week: which, .. } => {
                matches!(which, Which::Last | Which::This | Which::Next)
            }
            Meaning::Calendar(Calendar { weekday, which, year, month, day }) => {
                matches!(which, Some(Which::Last | Which::This | Which::Next))
                    || matches!(year, YearOf::Relative(Which::Last | Which::This | Which::Next))
                    || weekday.is_some()
                        && month.is_none()
                        && day.is_none()
                        && *year == YearOf::Open
            }
            _ => false,
        })
        .count();
    deictic * 10 > found.len()
}

#[cfg(test)]
mod tests;
