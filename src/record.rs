//! The stable records of `annals clean` and `annals read`, as JSON.
//!
//! Programs outside this repository read them: a key is never renamed and never
//! changes its type. Absent values are null. Offsets count Unicode code points.

use serde::{Deserialize, Serialize, Serializer};

use crate::actor::Kind;
use crate::article::{
    Article, Basis, BlockKind, Fate, Field, LedgerEntry, LedgerRepair, Original, Passage, Published,
};
use crate::briefing::Briefing;
use crate::reading::{EventKind, Origin, Prose, Reading, Speech, TimeKind};
use crate::text::{CodePoints, Short, Span};
use crate::when::{Clock, When};

mod block;
mod json;

use block::BlockText;
pub use json::{JsonList, to_json, to_json_list, write_json};

/// A cleaned clipping: one object a line of `annals clean --format json`.
#[derive(Debug, Serialize)]
pub struct CleanRecord<'a> {
    #[serde(flatten)]
    fields: FieldsRecord<'a>,
    blocks: BlockRecords<'a>,
    markdown: &'a str,
    lines: LineRecords<'a>,
    /// Of a saved page: the texts that were taken out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed: Vec<PassageRecord<'a>>,
    /// What a saved page is that is no article.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<&'a str>,
}

/// A text of a saved page that is not the article's.
#[derive(Debug, Serialize)]
struct PassageRecord<'a> {
    text: &'a str,
    lines: (u32, u32),
    rule: &'a str,
}

/// What stands around the body.
#[derive(Debug, Serialize)]
struct FieldsRecord<'a> {
    file: &'a str,
    title: &'a str,
    kicker: Option<&'a str>,
    standfirst: Option<&'a str>,
    byline: Vec<&'a str>,
    outlet: Option<&'a str>,
    agency: Option<&'a str>,
    dateline: Option<DatelineRecord<'a>>,
    url: Option<&'a str>,
    published: PublishedRecord<'a>,
    updated: Option<UpdatedRecord<'a>>,
    language: Option<&'a str>,
    tags: Vec<&'a str>,
    notes: Vec<&'a str>,
    captions: Vec<&'a str>,
    credits: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct DatelineRecord<'a> {
    place: &'a str,
    agency: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct PublishedRecord<'a> {
    edtf: Option<&'a When>,
    time: Option<String>,
    basis: &'static str,
    clues: &'a [String],
}

#[derive(Debug, Serialize)]
struct UpdatedRecord<'a> {
    edtf: &'a When,
    time: Option<String>,
    basis: &'static str,
}

#[derive(Debug, Serialize)]
struct BlockRecord<'a> {
    kind: BlockKind,
    text: BlockText<'a>,
    lines: (u32, u32),
}

#[derive(Debug, Serialize)]
struct LineRecord<'a> {
    line: u32,
    fate: Fate,
    rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    repairs: Vec<RepairRecord<'a>>,
}

/// The body's blocks, each made when it is written.
#[derive(Debug)]
struct BlockRecords<'a>(&'a Article);

impl Serialize for BlockRecords<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.blocks.iter().map(|block| BlockRecord {
            kind: block.kind,
            text: BlockText::of(block.kind, block.span.of(&self.0.body)),
            lines: block.lines,
        }))
    }
}

/// The ledger of an article and what is left of its text, each line made when it is
/// written.
#[derive(Debug)]
struct LineRecords<'a>(&'a Article, &'a Original);

impl Serialize for LineRecords<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.1 {
            Original::Text(text) => serializer.collect_seq(lines(self.0, text.lines().map(Some))),
            Original::Repairs(points) => serializer.collect_seq(counted(self.0, points)),
        }
    }
}

/// A part of the line, as code points of the original, and what stands there now.
#[derive(Debug, Serialize)]
struct RepairRecord<'a> {
    start: u32,
    end: u32,
    now: &'a str,
    rule: &'a str,
}

/// The record of `article`, which was read from `file`.
pub fn clean<'a>(file: &'a str, article: &'a Article, original: &'a Original) -> CleanRecord<'a> {
    CleanRecord {
        fields: fields(file, article),
        blocks: BlockRecords(article),
        markdown: &article.body,
        lines: LineRecords(article, original),
        removed: removed(article),
        instead: article.instead.as_deref(),
    }
}

fn removed<'a>(article: &'a Article) -> Vec<PassageRecord<'a>> {
    let record = |passage: &'a Passage| PassageRecord {
        text: &passage.text,
        lines: passage.lines,
        rule: &passage.rule,
    };
    article.removed.iter().map(record).collect()
}

fn fields<'a>(file: &'a str, article: &'a Article) -> FieldsRecord<'a> {
    let text = |field: &'a Option<Field<String>>| field.as_ref().map(|field| field.value.as_str());
    let texts =
        |fields: &'a [Field<String>]| fields.iter().map(|field| field.value.as_str()).collect();
    FieldsRecord {
        file,
        title: &article.headline.value,
        kicker: text(&article.kicker),
        standfirst: text(&article.standfirst),
        byline: texts(&article.byline),
        outlet: text(&article.outlet),
        agency: text(&article.agency),
        dateline: article.dateline.as_ref().map(|dateline| DatelineRecord {
            place: &dateline.place,
            agency: dateline.agency.as_deref(),
        }),
        url: text(&article.url),
        published: published(&article.published),
        updated: article.updated.as_ref().map(|field| UpdatedRecord {
            edtf: &field.value.0,
            time: field.value.1.as_ref().map(Clock::to_string),
            basis: if field.basis == Basis::Inferred { "inferred" } else { "stated" },
        }),
        language: text(&article.language),
        tags: texts(&article.tags),
        notes: texts(&article.notes),
        captions: texts(&article.captions),
        credits: texts(&article.credits),
    }
}

/// The ledger. `originals` gives the text of each line in turn, where it was kept;
/// repairs of a line whose text is private are left out.
fn lines<'a, 'b>(
    article: &'a Article,
    originals: impl Iterator<Item = Option<&'b str>>,
) -> impl Iterator<Item = LineRecord<'a>> {
    article.ledger.entries().zip(originals.chain(std::iter::repeat(None))).map(
        |(line, original)| LineRecord {
            line: line.line,
            fate: line.fate,
            rule: line.rule,
            repairs: original.map_or_else(Vec::new, |original| repairs(line, original)),
        },
    )
}

/// The ledger, where the places of its repairs were counted before: `points` has those of
/// all lines.
fn counted<'a>(
    article: &'a Article,
    mut points: &'a [Span],
) -> impl Iterator<Item = LineRecord<'a>> {
    article.ledger.entries().map(move |line| {
        let (own, rest) = points.split_at(line.repairs().len().min(points.len()));
        points = rest;
        let record = |(repair, span): (LedgerRepair<'a>, &Span)| RepairRecord {
            start: span.start,
            end: span.end,
            now: repair.now,
            rule: repair.rule,
        };
        let repairs = line.repairs().zip(own).map(record).collect();
        LineRecord { line: line.line, fate: line.fate, rule: line.rule, repairs }
    })
}

fn repairs<'a>(line: LedgerEntry<'a>, original: &str) -> Vec<RepairRecord<'a>> {
    if line.repairs().len() == 0 {
        return Vec::new();
    }
    let points = CodePoints::new(original);
    let record = |repair: LedgerRepair<'a>| RepairRecord {
        start: points.at(repair.span.start),
        end: points.at(repair.span.end),
        now: repair.now,
        rule: repair.rule,
    };
    line.repairs().map(record).collect()
}

fn published(published: &Published) -> PublishedRecord<'_> {
    PublishedRecord {
        edtf: published.when.as_ref(),
        time: published.time.as_ref().map(Clock::to_string),
        basis: published.basis_word(),
        clues: &published.clues,
    }
}

/// A line of input of `annals read --jsonl`.
#[derive(Debug, Deserialize)]
pub struct ReadRequest {
    /// Given back as it is: a string or a number.
    pub id: serde_json::Value,
    /// Read as it is, without cleaning.
    pub text: String,
    /// The publication date in EDTF; absent or null: unknown.
    #[serde(default)]
    pub date: Option<String>,
}

/// A line of output that says why there is no reading.
#[derive(Debug, Serialize)]
pub struct ReadError<'a> {
    /// The input's id, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a serde_json::Value>,
    /// Line of the input, from 1, where the id could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// What is wrong.
    pub error: String,
}

/// A reading: one object a line of `annals read --jsonl`.
#[derive(Debug, Serialize)]
pub struct ReadRecord<'a> {
    #[serde(flatten)]
    source: Source<'a>,
    mentions: Vec<MentionRecord<'a>>,
    statements: Vec<StatementRecord<'a>>,
    dates: Vec<DateRecord<'a>>,
    events: Vec<EventRecord<'a>>,
}

/// Where the text of a reading came from.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Source<'a> {
    /// A line of the stream.
    Stream {
        /// The input's id.
        id: &'a serde_json::Value,
    },
    /// A clipping, cleaned first: offsets count in `text`.
    Clipping {
        /// The file.
        file: &'a str,
        /// Headline, standfirst, captions and body as their reader sees them.
        text: &'a str,
    },
}

#[derive(Debug, Serialize)]
struct MentionRecord<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    kind: Kind,
    actor: &'a str,
    name: &'a str,
    rule: &'a str,
}

#[derive(Debug, Serialize)]
struct StatementRecord<'a> {
    start: u32,
    end: u32,
    kind: Speech,
    quotes: Vec<SpanRecord>,
    speaker: Option<SpeakerRecord<'a>>,
    cue: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct SpanRecord {
    start: u32,
    end: u32,
}

#[derive(Debug, Serialize)]
struct SpeakerRecord<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    name: Option<&'a str>,
    actor: Option<&'a str>,
    certain: bool,
}

#[derive(Debug, Serialize)]
struct DateRecord<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    #[serde(rename = "type")]
    kind: TimeKind,
    value: &'a str,
    edtf: Option<&'a When>,
    rule: &'a str,
}

#[derive(Debug, Serialize)]
struct EventRecord<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    edtf: Option<&'a When>,
    kind: EventKind,
    actors: Vec<&'a str>,
}

/// The record of `reading`, which was read from `prose`.
pub fn read<'a>(source: Source<'a>, prose: &'a Prose, reading: &'a Reading) -> ReadRecord<'a> {
    let points = CodePoints::new(&prose.text);
    let at = |span: Span| SpanRecord { start: points.at(span.start), end: points.at(span.end) };
    let of = |span: Span| span.of(&prose.text);
    let actor = |index: u32| reading.actors.get(index as usize);
    ReadRecord {
        source,
        mentions: reading
            .mentions
            .iter()
            .filter_map(|mention| {
                let seen = reading.actors.get(mention.actor as usize)?;
                Some(MentionRecord {
                    start: points.at(mention.span.start),
                    end: points.at(mention.span.end),
                    text: mention.span.of(&prose.text),
                    kind: seen.kind,
                    actor: &seen.id,
                    name: &seen.name,
                    rule: mention.rule.text(),
                })
            })
            .collect(),
        statements: reading
            .statements
            .iter()
            .map(|statement| {
                let SpanRecord { start, end } = at(statement.span);
                StatementRecord {
                    start,
                    end,
                    kind: statement.kind,
                    quotes: statement.quotes.iter().map(|quote| at(*quote)).collect(),
                    speaker: statement.speaker.as_ref().map(|speaker| {
                        let SpanRecord { start, end } = at(speaker.span);
                        SpeakerRecord {
                            start,
                            end,
                            text: of(speaker.span),
                            name: speaker.name.as_deref(),
                            actor: speaker.actor.and_then(actor).map(|seen| &*seen.id),
                            certain: speaker.certain,
                        }
                    }),
                    cue: statement.cue.as_deref(),
                }
            })
            .collect(),
        dates: reading
            .dates
            .iter()
            .map(|date| {
                let SpanRecord { start, end } = at(date.span);
                DateRecord {
                    start,
                    end,
                    text: of(date.span),
                    kind: date.kind,
                    value: &date.value,
                    edtf: date.when.as_ref(),
                    rule: date.rule.text(),
                }
            })
            .collect(),
        events: reading
            .events
            .iter()
            .map(|event| {
                let SpanRecord { start, end } = at(event.sentence);
                let date = reading.dates.get(event.date as usize);
                EventRecord {
                    start,
                    end,
                    text: of(event.sentence),
                    edtf: date.and_then(|date| date.when.as_ref()),
                    kind: event.kind,
                    actors: event
                        .actors
                        .iter()
                        .filter_map(|index| actor(*index))
                        .map(|seen| &*seen.id)
                        .collect(),
                }
            })
            .collect(),
    }
}

/// An article as the site publishes it for machines, `index.json` beside its page:
/// the fields of its clean record, its text once, and everything found in it by
/// place. There are as many of these as articles, so they say nothing twice.
#[derive(Debug, Serialize)]
pub struct ArticleRecord<'a> {
    #[serde(flatten)]
    fields: FieldsRecord<'a>,
    /// Headline, standfirst, captions and body as their reader sees them.
    text: &'a str,
    /// Start, end and anchor of every block of the body.
    blocks: Vec<(u32, u32, Short)>,
    actors: Vec<ActorRecord<'a>>,
    /// Start, end, index into `actors`.
    mentions: Vec<(u32, u32, u32)>,
    /// Start, end, kind, index of the speaker in `actors`.
    statements: Vec<(u32, u32, Speech, Option<u32>)>,
    /// Start, end, EDTF.
    dates: Vec<(u32, u32, Option<&'a When>)>,
    /// Start and end of the sentence, index into `dates`, kind.
    events: Vec<(u32, u32, u32, EventKind)>,
    lines: Vec<LineRecord<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed: Vec<PassageRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct ActorRecord<'a> {
    id: &'a str,
    name: &'a str,
    kind: Kind,
    origin: Origin,
}

/// The record of `briefing` for its page.
pub fn article(briefing: &Briefing) -> ArticleRecord<'_> {
    let article = &briefing.article;
    let (prose, reading) = (&briefing.prose, &briefing.reading);
    let points = CodePoints::new(&prose.text);
    let at = |span: Span| (points.at(span.start), points.at(span.end));
    let body = prose.blocks.get(briefing.body_block..).unwrap_or_default();
    let mut originals = briefing.originals.iter().peekable();
    let kept = (1..).map(|number| {
        originals.next_if(|(line, _)| *line == number).map(|(_, text)| text.as_str())
    });
    let blocks = body.iter().zip(&briefing.anchors).map(|(block, anchor)| {
        let (start, end) = at(block.span);
        (start, end, anchor.text())
    });
    let actors = reading.actors.iter().map(|seen| ActorRecord {
        id: &seen.id,
        name: &seen.name,
        kind: seen.kind,
        origin: seen.origin,
    });
    let mentions = reading.mentions.iter().map(|mention| {
        let (start, end) = at(mention.span);
        (start, end, mention.actor)
    });
    let statements = reading.statements.iter().map(|statement| {
        let (start, end) = at(statement.span);
        let speaker = statement.speaker.as_ref().and_then(|speaker| speaker.actor);
        (start, end, statement.kind, speaker)
    });
    let dates = reading.dates.iter().map(|date| {
        let (start, end) = at(date.span);
        (start, end, date.when.as_ref())
    });
    let events = reading.events.iter().map(|event| {
        let (start, end) = at(event.sentence);
        (start, end, event.date, event.kind)
    });
    ArticleRecord {
        fields: fields(&article.path, article),
        text: &prose.text,
        blocks: blocks.collect(),
        actors: actors.collect(),
        mentions: mentions.collect(),
        statements: statements.collect(),
        dates: dates.collect(),
        events: events.collect(),
        lines: lines(article, kept).collect(),
        removed: removed(article),
    }
}
