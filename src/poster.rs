//! A picture of a page, for where a link to it is shared: 1200 × 630, as PNG.
//!
//! In come a few lines of text and colours, out come bytes, always the same ones for
//! the same words. The picture is set like the pages: a kicker, a title in bold serif,
//! a line below, much paper.
//!
//! Letters are drawn from two typefaces that the program carries (Noto Serif, SIL Open
//! Font License 1.1, beside this file; cut to the Latin, Greek and Cyrillic letters):
//! what a machine has installed would draw other pictures elsewhere. A title in letters
//! that they lack, or that runs from right to left, has no picture: better none than
//! boxes. `ab_glyph` draws outlines and nothing else; `resvg` would shape any script, at
//! twenty times the code.
//!
//! Start at [`Poster::png`].

use std::sync::LazyLock;

use ab_glyph::{Font as _, FontRef, PxScaleFont, ScaleFont as _, point};

/// Width and height in pixels: what the OpenGraph readers crop least.
pub const SIZE: (u32, u32) = (1200, 630);

/// What stands on a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Poster<'a> {
    /// Above the title, small; may be empty.
    pub kicker: &'a str,
    /// What it is about.
    pub title: &'a str,
    /// At the foot; may be empty.
    pub line: &'a str,
    /// Its colours.
    pub inks: Inks,
}

/// The colours of a picture: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inks {
    /// The ground.
    pub paper: [u8; 3],
    /// The title.
    pub ink: [u8; 3],
    /// The line at the foot.
    pub soft: [u8; 3],
    /// The kicker and the bar at the top.
    pub accent: [u8; 3],
}

static BOLD: &[u8] = include_bytes!("poster/bold.ttf");
static REGULAR: &[u8] = include_bytes!("poster/regular.ttf");

/// Both typefaces, bold first; `None` only if the files beside this one were no fonts.
static FACES: LazyLock<Option<[FontRef<'static>; 2]>> =
    LazyLock::new(|| Some([face(BOLD)?, face(REGULAR)?]));

fn face(bytes: &'static [u8]) -> Option<FontRef<'static>> {
    FontRef::try_from_slice(bytes).ok()
}

/// From the edge of the picture to the text.
const MARGIN: f32 = 80.0;
/// Sizes of the title in pixels, the largest that fits is taken.
const TITLES: [f32; 4] = [92.0, 78.0, 66.0, 56.0];
/// The lowest point of the title, and most of its lines.
const TITLE_FOOT: f32 = 500.0;
const TITLE_LINES: usize = 4;
/// Size of kicker and line.
const SMALL: f32 = 32.0;
/// Shades of each colour between the paper and itself.
const SHADES: u8 = 63;

impl Poster<'_> {
    /// The picture; `None` where the typefaces lack letters of the title.
    pub fn png(&self) -> Option<Vec<u8>> {
        let [bold, regular] = FACES.as_ref()?;
        if !has_all(bold, self.title) {
            return None;
        }
        let mut canvas = Canvas::new();
        canvas.bar(0, 14, Colour::Accent);
        let mut top = 76.0;
        if has_all(regular, self.kicker) && !self.kicker.trim().is_empty() {
            let kicker = wrap(&regular.as_scaled(SMALL), self.kicker, 1);
            canvas.lines(&regular.as_scaled(SMALL), &kicker, top, Colour::Accent);
            top += 62.0;
        }
        let fitting = TITLES.iter().map(|size| {
            let scaled = bold.as_scaled(*size);
            let lines = wrap(&scaled, self.title, usize::MAX);
            (scaled, lines)
        });
        let room = |(scaled, lines): &(PxScaleFont<&FontRef<'static>>, Vec<String>)| {
            lines.len() <= TITLE_LINES && top + height(scaled, lines.len()) <= TITLE_FOOT
        };
        let mut smallest = None;
        let mut chosen = None;
        for candidate in fitting {
            if room(&candidate) {
                chosen = Some(candidate);
                break;
            }
            smallest = Some(candidate);
        }
        let (scaled, lines) = match (chosen, smallest) {
            (Some(chosen), _) => chosen,
            (None, Some((scaled, _))) => {
                let lines = wrap(&scaled, self.title, TITLE_LINES);
                (scaled, lines)
            }
            (None, None) => return None,
        };
        canvas.lines(&scaled, &lines, top, Colour::Ink);
        canvas.bar(516, 2, Colour::Ink);
        if has_all(regular, self.line) {
            let scaled = regular.as_scaled(SMALL);
            canvas.lines(&scaled, &wrap(&scaled, self.line, 2), 532.0, Colour::Soft);
        }
        canvas.png(self.inks)
    }
}

/// Whether a picture of this title can be drawn.
pub fn can_show(title: &str) -> bool {
    FACES.as_ref().is_some_and(|[bold, _]| has_all(bold, title)) && !title.trim().is_empty()
}

fn has_all(face: &FontRef<'_>, text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || face.glyph_id(c).0 != 0)
}

type Scaled<'a, 'b> = PxScaleFont<&'a FontRef<'b>>;

fn width(scaled: &Scaled<'_, '_>, text: &str) -> f32 {
    text.chars().map(|c| scaled.h_advance(scaled.glyph_id(c))).sum()
}

/// From one line to the next.
fn leading(scaled: &Scaled<'_, '_>) -> f32 {
    scaled.scale().y * 0.98
}

fn height(scaled: &Scaled<'_, '_>, n_lines: usize) -> f32 {
    let n = u16::try_from(n_lines).unwrap_or(u16::MAX);
    f32::from(n) * leading(scaled)
}

/// `text` in lines that fit between the margins, `most` of them; what does not fit ends
/// with an ellipsis. A word that is wider than a line is cut.
fn wrap(scaled: &Scaled<'_, '_>, text: &str, most: usize) -> Vec<String> {
    #[expect(clippy::cast_precision_loss, reason = "a width of four digits")]
    let room = SIZE.0 as f32 - 2.0 * MARGIN;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut filled = 0.0;
    let space = width(scaled, " ");
    for word in text.split_whitespace() {
        let wide = width(scaled, word);
        if filled > 0.0 && filled + space + wide > room {
            lines.push(std::mem::take(&mut line));
            filled = 0.0;
        }
        if filled > 0.0 {
            line.push(' ');
            filled += space;
        }
        for c in word.chars() {
            let own = scaled.h_advance(scaled.glyph_id(c));
            if filled > 0.0 && filled + own > room {
                lines.push(std::mem::take(&mut line));
                filled = 0.0;
            }
            line.push(c);
            filled += own;
        }
    }
    lines.push(line);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let dots = width(scaled, "…");
            while width(scaled, last) + dots > room && last.pop().is_some() {}
            last.truncate(last.trim_end().len());
            last.push('…');
        }
    }
    lines
}

/// What a pixel is drawn with.
#[derive(Debug, Clone, Copy)]
enum Colour {
    Ink,
    Soft,
    Accent,
}

/// A picture as numbers of its palette: 0 is paper, each colour has [`SHADES`] behind it.
struct Canvas {
    pixels: Vec<u8>,
}

impl Canvas {
    fn new() -> Self {
        Self { pixels: vec![0; SIZE.0 as usize * SIZE.1 as usize] }
    }

    /// A bar between the margins, from `top` on.
    fn bar(&mut self, top: u32, height: u32, colour: Colour) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a margin is a small whole number"
        )]
        let margin = MARGIN as u32;
        for y in top..top + height {
            for x in margin..SIZE.0 - margin {
                self.put(x, y, 1.0, colour);
            }
        }
    }

    /// Lines of text, the first with its top at `top`.
    fn lines(&mut self, scaled: &Scaled<'_, '_>, lines: &[String], top: f32, colour: Colour) {
        let mut baseline = top + scaled.ascent() * 0.86;
        for line in lines {
            let mut x = MARGIN;
            for c in line.chars() {
                let id = scaled.glyph_id(c);
                let glyph = id.with_scale_and_position(scaled.scale(), point(x, baseline));
                x += scaled.h_advance(id);
                let Some(outline) = scaled.font.outline_glyph(glyph) else { continue };
                let bounds = outline.px_bounds();
                outline.draw(|dx, dy, coverage| {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "what lies left of the picture or above it saturates"
                    )]
                    let (left, top) = (bounds.min.x as u32, bounds.min.y as u32);
                    self.put(left + dx, top + dy, coverage, colour);
                });
            }
            baseline += leading(scaled);
        }
    }

    fn put(&mut self, x: u32, y: u32, coverage: f32, colour: Colour) {
        if x >= SIZE.0 || y >= SIZE.1 {
            return;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of the shades"
        )]
        let shade = (coverage.clamp(0.0, 1.0) * f32::from(SHADES)).round() as u8;
        if shade > 0 {
            self.pixels[(y * SIZE.0 + x) as usize] = colour as u8 * SHADES + shade;
        }
    }

    fn png(&self, inks: Inks) -> Option<Vec<u8>> {
        let mut palette = inks.paper.to_vec();
        for colour in [inks.ink, inks.soft, inks.accent] {
            for shade in 1..=u16::from(SHADES) {
                let mix = |(ground, ink): (u8, u8)| {
                    let (ground, ink, all) = (u16::from(ground), u16::from(ink), u16::from(SHADES));
                    u8::try_from((ground * (all - shade) + ink * shade) / all).unwrap_or(u8::MAX)
                };
                palette.extend(inks.paper.into_iter().zip(colour).map(mix));
            }
        }
        let mut bytes = Vec::with_capacity(24 << 10);
        let mut encoder = png::Encoder::new(&mut bytes, SIZE.0, SIZE.1);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(palette);
        encoder.set_compression(png::Compression::Balanced);
        encoder.set_filter(png::Filter::NoFilter);
        // Writing to memory does not fail.
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&self.pixels).ok()?;
        writer.finish().ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INKS: Inks =
        Inks { paper: [250, 248, 240], ink: [20, 20, 20], soft: [90, 90, 90], accent: [140, 0, 0] };

    fn poster(title: &str) -> Poster<'_> {
        Poster { kicker: "The Port Alder Papers", title, line: "14 April 1998", inks: INKS }
    }

    #[test]
    fn a_picture_has_the_size_that_its_tags_say() {
        let bytes = poster("Talks on the harbour resume").png().unwrap();
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(bytes[16..24], [0, 0, 4, 176, 0, 0, 2, 118], "1200 × 630");
        assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
        assert_eq!(Some(bytes), poster("Talks on the harbour resume").png(), "always the same");
    }

    #[test]
    fn a_title_is_drawn_only_where_all_its_letters_are() {
        for (title, expected) in [
            ("Ćosić and Çelik meet in Łódź", true),
            ("Το λιμάνι παραμένει κλειστό", true),
            ("Порт остаётся закрытым", true),
            ("港口仍然关闭", false),
            ("الميناء مغلق", false),
            ("  ", false),
        ] {
            assert_eq!(can_show(title), expected, "{title}");
        }
    }

    #[test]
    fn lines_stay_between_the_margins() {
        let [bold, _] = FACES.as_ref().unwrap();
        let scaled = bold.as_scaled(56.0);
        let long = "Hafenbehördenverwaltungsratsvorsitzendenstellvertreterin".repeat(2);
        let many = "word ".repeat(200);
        for (text, most) in [(long.as_str(), 9), (many.as_str(), 4), ("", 1)] {
            let lines = wrap(&scaled, text, most);
            assert!(lines.len() <= most);
            for line in &lines {
                assert!(width(&scaled, line) <= 1040.0, "{line}");
            }
        }
        assert!(wrap(&scaled, &many, 4)[3].ends_with('…'));
    }

    #[test]
    fn any_title_gives_a_picture_or_none() {
        let long = "A very long headline that does not come to an end ".repeat(30);
        for title in ["", "\n", "a", "W", long.as_str(), "a\u{301}\u{0}\u{200f}"] {
            let _ = poster(title).png();
        }
    }
}
