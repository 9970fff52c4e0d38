//! A story as it happened to be written: who, what, when, in sentences.

use std::fmt::Write as _;

use annals::when::Day;

use super::World;
use super::draw::Draw;
use super::words::{
    ADJECTIVES, AGENCIES, CAPTIONS, CLAIMS, DEEDS, HEADLINES, MONTHS, OUTLETS, QUOTES, REFUSES,
    SECTORS, SPEECH, SPOKEN, STANDFIRSTS, STATES, SUBHEADINGS, SYLLABLES, THINGS, TOLD, WEEKDAYS,
};

/// A story, before any page prints it.
pub(super) struct Story {
    /// The day it was written.
    pub(super) day: Day,
    /// The name at the head of it.
    pub(super) byline: String,
    pub(super) headline: String,
    pub(super) standfirst: String,
    /// The place of the dateline.
    pub(super) town: String,
    pub(super) state: &'static str,
    /// Subheadings begin with `## `.
    pub(super) paragraphs: Vec<String>,
    pub(super) captions: Vec<String>,
    pub(super) tags: Vec<String>,
}

/// The story that `draw` tells.
pub(super) fn tell(world: &World, draw: &mut Draw) -> Story {
    let days = i64::from(draw.below(3652));
    let first_day = Day::new(2015, 1, 1).expect("a day of the calendar");
    let day = first_day.plus(days).expect("a day of the calendar");
    let mut teller = Teller::new(world, day, draw);
    let headline = capitalised(teller.phrase(HEADLINES));
    let standfirst = teller.sentence(STANDFIRSTS);
    // What stands above the text introduces nobody: the body names them in full.
    teller.introduced = [false; 4];
    let mut paragraphs = Vec::new();
    for index in 0..teller.draw.between(10, 27) {
        if index > 2 && teller.draw.chance(9) {
            paragraphs.push(format!("## {}", teller.sentence(SUBHEADINGS)));
        }
        paragraphs.push(teller.paragraph(index));
    }
    let captions = (0..teller.draw.below(3)).map(|_| teller.sentence(CAPTIONS)).collect();
    Story {
        day,
        byline: world.people[teller.draw.index(world.people.len())].name.clone(),
        headline,
        standfirst,
        town: teller.town.to_owned(),
        state: teller.states[0],
        paragraphs,
        captions,
        tags: vec![teller.sector.to_owned(), teller.states[0].to_lowercase()],
    }
}

/// Different indices below `length`, small ones more often.
fn several<const N: usize>(draw: &mut Draw, length: usize) -> [usize; N] {
    let mut several = [0; N];
    for at in 0..N {
        let mut index = draw.ranked(length);
        while several[..at].contains(&index) {
            index = (index + 1) % length;
        }
        several[at] = index;
    }
    several
}

/// Only the headline of the story that `draw` would tell.
pub(super) fn headline(world: &World, draw: &mut Draw) -> String {
    let day = Day::new(2020, 1, 1).expect("a day of the calendar");
    capitalised(Teller::new(world, day, draw).phrase(HEADLINES))
}

/// Fills the slots of sentences, and remembers who was introduced.
struct Teller<'a> {
    world: &'a World,
    draw: &'a mut Draw,
    day: Day,
    people: [usize; 3],
    bodies: [usize; 2],
    states: [&'static str; 2],
    town: &'a str,
    sector: &'static str,
    village: String,
    firm: String,
    vessel: String,
    /// The three people and the first body: whether they were named in full.
    introduced: [bool; 4],
    /// How many sentences there are; forms come in turn, not by chance.
    turn: usize,
}

impl<'a> Teller<'a> {
    fn new(world: &'a World, day: Day, draw: &'a mut Draw) -> Self {
        let states = several(draw, STATES.len());
        Self {
            people: several(draw, world.people.len()),
            bodies: several(draw, world.bodies.len()),
            states: states.map(|state: usize| STATES[state]),
            town: &world.towns[draw.ranked(world.towns.len())],
            sector: draw.pick(SECTORS),
            village: coined(draw),
            firm: format!(
                "{} {}",
                coined(draw),
                draw.pick(&["Lines", "Holding", "Works", "Group"])
            ),
            vessel: coined(draw),
            introduced: [false; 4],
            turn: draw.index(SPOKEN.len() * TOLD.len()),
            world,
            draw,
            day,
        }
    }

    /// One to three sentences; the first paragraph tells, later ones also quote.
    fn paragraph(&mut self, index: u32) -> String {
        let mut paragraph = String::new();
        for _ in 0..self.draw.between(1, 3) {
            let spoken = index > 0 && self.draw.chance(40);
            let forms = if spoken { SPOKEN } else { TOLD };
            // A step without a common divisor visits every form before the first again.
            self.turn += 7;
            let sentence = capitalised(self.fill_all(forms[self.turn % forms.len()]));
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(&sentence);
        }
        paragraph
    }

    fn sentence(&mut self, forms: &[&str]) -> String {
        capitalised(self.phrase(forms))
    }

    fn phrase(&mut self, forms: &[&str]) -> String {
        let form = self.draw.pick(forms);
        self.fill_all(form)
    }

    fn fill_all(&mut self, form: &str) -> String {
        let mut phrase = String::with_capacity(form.len() * 2);
        for part in form.split('}') {
            let (text, slot) = part.split_once('{').unwrap_or((part, ""));
            phrase.push_str(text);
            if !slot.is_empty() {
                let words = self.fill(slot);
                let vowel = words.starts_with(['a', 'e', 'i', 'u']);
                if vowel && phrase.ends_with(" a ") {
                    phrase.insert(phrase.len() - 1, 'n');
                }
                phrase.push_str(&words);
            }
        }
        phrase
    }

    /// The words for a slot.
    fn fill(&mut self, slot: &str) -> String {
        match slot {
            "who" => self.person(0),
            "other" => self.person(1),
            "third" => self.person(2),
            "other_name" => self.world.people[self.people[1]].name.clone(),
            "third_name" => self.world.people[self.people[2]].last.to_owned(),
            "photographer" => {
                self.world.people[self.draw.index(self.world.people.len())].name.clone()
            }
            "she" => (if self.people[0].is_multiple_of(2) { "she" } else { "he" }).to_owned(),
            "body" => self.body(),
            "body_name" => self.world.bodies[self.bodies[0]].name.clone(),
            "state" => self.states[0].to_owned(),
            "other_state" => self.states[1].to_owned(),
            "town" => self.town.to_owned(),
            "sector" => self.sector.to_owned(),
            "village" => self.village.clone(),
            "firm" => self.firm.clone(),
            "vessel" => self.vessel.clone(),
            "outlet" => self.draw.pick(OUTLETS).to_owned(),
            "agency" => AGENCIES[self.draw.index(AGENCIES.len())].0.to_owned(),
            "thing" => self.draw.pick(THINGS).to_owned(),
            "adjective" => self.draw.pick(ADJECTIVES).to_owned(),
            "deed" => self.draw.pick(DEEDS).to_owned(),
            "refuses" => self.draw.pick(REFUSES).to_owned(),
            "said" => self.draw.pick(SPEECH).to_owned(),
            "said_plain" => "said".to_owned(),
            "quote" => self.phrase(QUOTES),
            "claim" => self.phrase(CLAIMS),
            "headline" => self.sentence(HEADLINES),
            "few" => self.draw.between(2, 19).to_string(),
            "nth" => self.draw.pick(&["second", "third", "fourth", "fifth", "ninth"]).to_owned(),
            "percent" => format!("{}.{}", self.draw.between(1, 48), self.draw.below(10)),
            "n" => thousands(self.draw.between(30, 90_000)),
            "money" => format!("{} million euros", thousands(self.draw.between(2, 2400))),
            "time" => format!("{:02}:{:02}", self.draw.below(24), self.draw.below(60)),
            "year" => self.draw.between(1991, 2012).to_string(),
            "weekday" => format!("on {}", self.weekday(0)),
            "stamp" => long_date(self.day),
            "deadline" => {
                let ahead = self.draw_days(20, 200);
                long_date(self.moved(ahead))
            }
            "recent" => self.recent(),
            "past" => self.past(),
            "span" => self.span(),
            "future" => self.future(),
            _ => unreachable!("no words for the slot `{slot}`"),
        }
    }

    /// A person of the cast: title and full name first, the last name later.
    fn person(&mut self, role: usize) -> String {
        let person = &self.world.people[self.people[role]];
        if std::mem::replace(&mut self.introduced[role], true) {
            return person.last.to_owned();
        }
        format!("{} {}", person.title, person.name)
    }

    /// The first body by both its names first and the short one later, or the
    /// second one.
    fn body(&mut self) -> String {
        if self.draw.chance(35) {
            return self.world.bodies[self.bodies[1]].name.clone();
        }
        let body = &self.world.bodies[self.bodies[0]];
        if std::mem::replace(&mut self.introduced[3], true) {
            return body.short.clone();
        }
        let short = body.short.trim_start_matches("the ");
        if body.name == short { body.name.clone() } else { format!("{} ({short})", body.name) }
    }

    /// A day of the past week as a journalist writes it.
    fn recent(&mut self) -> String {
        let back = self.draw_days(0, 6);
        let weekday = self.weekday(-back);
        match self.draw.below(6) {
            0 => format!("late on {weekday}"),
            1 => format!("early {weekday}"),
            2 => "yesterday".to_owned(),
            _ => format!("on {weekday}"),
        }
    }

    /// A day in the past.
    fn past(&mut self) -> String {
        match self.draw.below(12) {
            0..3 => self.recent(),
            3 | 4 => {
                let back = self.draw_days(7, 300);
                self.date(-back)
            }
            5 => {
                let back = self.draw_days(200, 4000);
                format!("on {}", long_date(self.moved(-back)))
            }
            6 => {
                let back = self.draw_days(40, 900);
                let day = self.moved(-back);
                format!("in {} {}", month(day), day.year())
            }
            7 => format!("in {}", self.draw.between(1998, 2014)),
            8 => self.draw.pick(&["last month", "last week", "a year ago", "last year"]).to_owned(),
            9 => self.draw.pick(&["two weeks ago", "three days ago"]).to_owned(),
            10 => {
                let season = self.draw.pick(&["spring", "autumn"]);
                format!("in the {season} of {}", self.draw.between(2001, 2014))
            }
            _ => {
                let back = self.draw_days(3, 90);
                let day = self.moved(-back);
                format!("on {}. {}", &month(day)[..3], day.day())
            }
        }
    }

    /// A stretch of the past.
    fn span(&mut self) -> String {
        let from = self.draw.between(1995, 2004);
        match self.draw.below(3) {
            0 => format!("between {from} and {}", from + self.draw.between(1, 9)),
            1 => format!("since {from}"),
            _ => format!("from {} {from} until last year", self.draw.pick(&MONTHS)),
        }
    }

    /// A day to come.
    fn future(&mut self) -> String {
        match self.draw.below(7) {
            0 => {
                let ahead = self.draw_days(1, 6);
                format!("on {}", self.weekday(ahead))
            }
            1 => {
                let ahead = self.draw_days(7, 120);
                self.date(ahead)
            }
            2 => {
                let ahead = self.draw_days(30, 200);
                let day = self.moved(ahead);
                format!("by the end of {}", month(day))
            }
            3 => format!("before {}", self.day.year() + 1),
            4 => {
                let ahead = self.draw_days(10, 90);
                format!("until {}", long_date(self.moved(ahead)))
            }
            5 => "tomorrow".to_owned(),
            _ => self.draw.pick(&["next week", "next month", "next year", "this week"]).to_owned(),
        }
    }

    fn draw_days(&mut self, low: u32, high: u32) -> i64 {
        i64::from(self.draw.between(low, high))
    }

    fn moved(&self, days: i64) -> Day {
        self.day.plus(days).unwrap_or(self.day)
    }

    fn weekday(&self, days: i64) -> &'static str {
        WEEKDAYS[self.moved(days).weekday() as usize]
    }

    /// `on 12 March` or `on March 12`.
    fn date(&mut self, days: i64) -> String {
        let day = self.moved(days);
        let (month, day) = (month(day), day.day());
        if self.draw.chance(50) { format!("on {day} {month}") } else { format!("on {month} {day}") }
    }
}

/// The month's English name.
fn month(day: Day) -> &'static str {
    MONTHS[(day.month() - 1) as usize]
}

/// `March 12, 2021`.
pub(super) fn long_date(day: Day) -> String {
    format!("{} {}, {}", month(day), day.day(), day.year())
}

/// A name that no list holds.
pub(super) fn coined(draw: &mut Draw) -> String {
    let mut name = String::new();
    for _ in 0..draw.between(2, 3) {
        name.push_str(draw.pick(SYLLABLES));
    }
    capitalised(name)
}

/// With a capital at the head.
pub(super) fn capitalised(text: String) -> String {
    match text.chars().next() {
        Some(first) if first.is_lowercase() => {
            let mut capitalised: String = first.to_uppercase().collect();
            capitalised.push_str(&text[first.len_utf8()..]);
            capitalised
        }
        _ => text,
    }
}

/// `12,400`.
fn thousands(n: u32) -> String {
    let mut text = String::new();
    if n >= 1000 {
        let _ = write!(text, "{},{:03}", n / 1000, n % 1000);
    } else {
        let _ = write!(text, "{n}");
    }
    text
}
