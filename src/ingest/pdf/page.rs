//! A page of a PDF into its lines, in the order in which they were drawn.

use super::font::{Font, Glyph, float};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;

/// A line of text, or a part of one that stands apart, as the cells of a table do. Lengths are in points, `y` upwards.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub text: String,
    pub left: f64,
    pub right: f64,
    /// Of the line that the characters stand on.
    pub y: f64,
    pub size: f64,
    /// Of the word it begins with.
    pub first_word: f64,
}

#[derive(Debug, Default)]
pub(super) struct Page {
    pub lines: Vec<Line>,
    pub pictures: usize,
    /// Characters that no font says.
    pub unknown: usize,
    /// Characters of lines that do not run from left to right: stamps across the page, mostly.
    pub turned: usize,
    /// Characters of the raised marks of notes.
    pub marks: usize,
    /// Of content that was read for it.
    pub bytes: usize,
}

/// Bytes of a page's content, unpacked.
const MOST: usize = 64 << 20;
/// Pictures of pages inside each other.
const DEEPEST: usize = 8;
/// Pictures that one page may draw: each may draw others, and so on.
const MOST_FORMS: usize = 10_000;

/// Reads a page; content that cannot be read ends it.
pub(super) fn read<'a>(document: &'a Document, page: ObjectId, fonts: &mut Fonts<'a>) -> Page {
    let mut content = Vec::new();
    for part in document.get_page_contents(page) {
        let stream = document.get_object(part).and_then(Object::as_stream);
        if let Ok(bytes) = stream.and_then(|stream| stream.decompressed_content_with_limit(MOST)) {
            content.extend(bytes);
            content.push(b'\n');
        }
        if content.len() > MOST {
            break;
        }
    }
    let mut resources = Vec::new();
    if let Ok((inline, shared)) = document.get_page_resources(page) {
        resources.extend(inline);
        resources.extend(shared.iter().filter_map(|&id| document.get_dictionary(id).ok()));
    }
    let mut reader = Reader {
        document,
        fonts,
        page: Page::default(),
        open: None,
        runs: Vec::new(),
        forms: 0,
    };
    reader.content(&content, &resources, State::default(), 0);
    reader.flush();
    for run in reader.runs {
        let (line, marks) = run.line();
        reader
            .page
            .lines
            .extend(Some(line).filter(|line| !line.text.trim().is_empty()));
        reader.page.marks += marks;
    }
    reader.page
}

/// Fonts that were read, by the dictionaries that describe them.
pub(super) type Fonts<'a> = HashMap<*const Dictionary, Font<'a>>;

/// `[a b c d e f]`, as PDF writes it: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Debug, Clone, Copy)]
struct Matrix([f64; 6]);

const UNIT: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

impl Matrix {
    /// First this one, then the other.
    fn then(self, other: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, other.0);
        Matrix([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }
}

#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<*const Dictionary>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

impl Default for State {
    fn default() -> Self {
        State {
            page: UNIT,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

struct Reader<'a, 'b> {
    document: &'a Document,
    fonts: &'b mut Fonts<'a>,
    page: Page,
    open: Option<Run>,
    runs: Vec<Run>,
    forms: usize,
}

impl<'a> Reader<'a, '_> {
    fn content(&mut self, content: &[u8], resources: &[&'a Dictionary], start: State, depth: usize) {
        self.page.bytes += content.len();
        let mut state = start;
        let (mut kept, mut text, mut line) = (Vec::new(), UNIT, UNIT);
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else { return };
            let operands = &operation.operands;
            let number = |at: usize| {
                operands
                    .get(at)
                    .and_then(|object| float(self.document, object))
                    .unwrap_or(0.0)
            };
            match operation.operator.as_str() {
                "q" => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => state.page = matrix(number).then(state.page),
                "BT" => (text, line) = (UNIT, UNIT),
                "Tf" => {
                    let name = operands
                        .first()
                        .and_then(|name| name.as_name().ok())
                        .unwrap_or_default();
                    state.font = self.font(resources, name);
                    state.size = number(1);
                }
                "Tc" => state.spacing = number(0),
                "Tw" => state.word_spacing = number(0),
                "Tz" => state.scale = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                "Tm" => {
                    line = matrix(number);
                    text = line;
                }
                "Td" | "TD" => {
                    if operation.operator == "TD" {
                        state.leading = -number(1);
                    }
                    line = Matrix([1.0, 0.0, 0.0, 1.0, number(0), number(1)]).then(line);
                    text = line;
                }
                "T*" | "'" | "\"" => {
                    if operation.operator == "\"" {
                        state.word_spacing = number(0);
                        state.spacing = number(1);
                    }
                    line = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading]).then(line);
                    text = line;
                    operands
                        .iter()
                        .for_each(|operand| self.show(operand, &state, &mut text));
                }
                "Tj" => operands
                    .iter()
                    .for_each(|operand| self.show(operand, &state, &mut text)),
                "TJ" => {
                    for operand in operands
                        .iter()
                        .filter_map(|operand| operand.as_array().ok())
                        .flatten()
                    {
                        self.show(operand, &state, &mut text);
                    }
                }
                "BI" => self.page.pictures += 1,
                "Do" => {
                    let name = operands
                        .first()
                        .and_then(|name| name.as_name().ok())
                        .unwrap_or_default();
                    self.picture(resources, name, &state, depth);
                }
                _ => {}
            }
        }
    }

    fn look_up(&self, resources: &[&'a Dictionary], kind: &[u8], name: &[u8]) -> Option<&'a Object> {
        let found = |resources: &&'a Dictionary| {
            let named = resources.get_deref(kind, self.document).ok()?.as_dict().ok()?;
            named.get_deref(name, self.document).ok()
        };
        resources.iter().find_map(found)
    }

    fn font(&mut self, resources: &[&'a Dictionary], name: &[u8]) -> Option<*const Dictionary> {
        let font = self.look_up(resources, b"Font", name)?.as_dict().ok()?;
        let document = self.document;
        self.fonts
            .entry(std::ptr::from_ref(font))
            .or_insert_with(|| Font::new(document, font));
        Some(font)
    }

    fn picture(&mut self, resources: &[&'a Dictionary], name: &[u8], state: &State, depth: usize) {
        let Some(stream) = self
            .look_up(resources, b"XObject", name)
            .and_then(|object| object.as_stream().ok())
        else {
            return;
        };
        if stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|kind| kind == b"Image")
        {
            self.page.pictures += 1;
            return;
        }
        self.forms += 1;
        if depth >= DEEPEST || self.forms > MOST_FORMS {
            return;
        }
        let Ok(content) = stream.decompressed_content_with_limit(MOST) else {
            return;
        };
        let own = stream
            .dict
            .get_deref(b"Resources", self.document)
            .and_then(Object::as_dict);
        let resources: Vec<&Dictionary> = own.into_iter().chain(resources.iter().copied()).collect();
        let place = stream
            .dict
            .get_deref(b"Matrix", self.document)
            .and_then(Object::as_array);
        let place = place.map_or(UNIT, |place| {
            matrix(|at| {
                place
                    .get(at)
                    .and_then(|number| float(self.document, number))
                    .unwrap_or(0.0)
            })
        });
        let inside = State {
            page: place.then(state.page),
            ..state.clone()
        };
        self.content(&content, &resources, inside, depth + 1);
    }

    /// Shows a string, or moves on by a number.
    fn show(&mut self, operand: &Object, state: &State, text: &mut Matrix) {
        let Ok(string) = operand.as_str() else {
            let back = float(self.document, operand).unwrap_or(0.0) / 1000.0 * state.size * state.scale;
            *text = Matrix([1.0, 0.0, 0.0, 1.0, -back, 0.0]).then(*text);
            return;
        };
        let Some(font) = state.font.and_then(|font| self.fonts.get(&font)) else {
            self.page.unknown += string.len();
            return;
        };
        for glyph in font.glyphs(string) {
            let place = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, state.rise])
                .then(*text)
                .then(state.page);
            let word = if glyph.is_space { state.word_spacing } else { 0.0 };
            let move_on = (glyph.width / 1000.0 * state.size + state.spacing + word) * state.scale;
            self.glyph(glyph, place, state.size, state.scale);
            *text = Matrix([1.0, 0.0, 0.0, 1.0, move_on, 0.0]).then(*text);
        }
    }

    fn glyph(&mut self, glyph: Glyph, place: Matrix, size: f64, scale: f64) {
        let Some(said) = glyph.text else {
            self.page.unknown += 1;
            return;
        };
        let [a, b, c, d, left, y] = place.0;
        let height = size.abs() * c.hypot(d);
        let width = glyph.width / 1000.0 * size.abs() * scale.abs() * a.hypot(b);
        if b.abs() > a.abs() {
            self.page.turned += usize::from(!said.trim().is_empty());
            return;
        }
        if !(left.is_finite() && y.is_finite() && width.is_finite() && height.is_finite()) {
            return;
        }
        let piece = Piece {
            text: said,
            left,
            right: left + width,
            y,
            size: height,
        };
        self.append(piece);
    }

    /// Puts a character behind the open run, or begins another with it.
    fn append(&mut self, piece: Piece) {
        let Some(run) = &mut self.open else {
            if !piece.text.trim().is_empty() {
                self.open = Some(Run::new(piece));
            }
            return;
        };
        let gap = piece.left - run.right;
        let em = run.size.max(piece.size);
        let is_same_line = (piece.y - run.y).abs() <= em * if piece.size == run.size { 0.25 } else { 0.6 };
        if !is_same_line || gap > APART * em || gap < -em {
            self.flush();
            return self.append(piece);
        }
        if piece.size > run.size / RAISED && run.is_number() {
            // A mark in front of its note.
            run.size = piece.size;
            run.y = piece.y;
        }
        run.right = run.right.max(piece.right);
        run.pieces.push(piece);
    }

    /// Ends the open run: marks in other fonts are often drawn behind the line that they stand in.
    fn flush(&mut self) {
        let Some(run) = self.open.take().filter(|run| !run.is_blank()) else {
            return;
        };
        match self
            .runs
            .iter_mut()
            .rev()
            .take(NEAR)
            .find(|other| other.takes(&run))
        {
            Some(other) => other.merge(run),
            None => self.runs.push(run),
        }
    }
}

/// A character and its place.
#[derive(Debug, Clone)]
struct Piece {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

/// Characters that stand behind each other on a line.
#[derive(Debug)]
struct Run {
    pieces: Vec<Piece>,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

/// Runs before one that it may belong to.
const NEAR: usize = 24;
/// Characters of the longest line.
const LONGEST: usize = 1000;
/// In ems: runs that are this near touch.
const TOUCH: f64 = 0.3;

impl Run {
    fn new(piece: Piece) -> Run {
        let Piece {
            left, right, y, size, ..
        } = piece;
        Run {
            pieces: vec![piece],
            left,
            right,
            y,
            size,
        }
    }

    fn is_blank(&self) -> bool {
        self.pieces.iter().all(|piece| piece.text.trim().is_empty())
    }

    fn is_number(&self) -> bool {
        let mut characters = self.pieces.iter().flat_map(|piece| piece.text.trim().chars());
        characters.all(|c| c.is_ascii_digit())
    }

    /// Whether another run stands inside this one, around it, or at one of its ends.
    fn takes(&self, other: &Run) -> bool {
        let em = self.size.max(other.size);
        let is_level = (self.y - other.y).abs() <= 0.25 * em && self.size.min(other.size) >= 0.6 * em;
        let near = TOUCH * em;
        let holds =
            |outer: &Run, inner: &Run| inner.left >= outer.left - near && inner.right <= outer.right + near;
        let touch = (self.right - other.left).abs() <= near || (other.right - self.left).abs() <= near;
        let is_line = self.pieces.len() + other.pieces.len() <= LONGEST;
        is_level && is_line && (holds(self, other) || holds(other, self) || touch)
    }

    /// Puts the characters of another run between its own; but for a shadow, which makes letters bold.
    fn merge(&mut self, other: Run) {
        let near = 0.25 * self.size;
        for piece in other.pieces {
            let is_shadow =
                |known: &Piece| known.text == piece.text && (known.left - piece.left).abs() < near;
            if !self.pieces.iter().any(is_shadow) {
                self.pieces.push(piece);
            }
        }
        self.left = self.left.min(other.left);
        self.right = self.right.max(other.right);
        self.size = self.size.max(other.size);
        self.pieces.sort_by(|one, next| one.left.total_cmp(&next.left));
    }

    /// The line that it makes, and the number of marks of notes that were left out of it.
    fn line(self) -> (Line, usize) {
        let mut line = Line {
            text: String::new(),
            left: self.left,
            right: self.left,
            y: self.y,
            size: self.size,
            first_word: 0.0,
        };
        let mut marks = 0;
        for piece in self.pieces {
            let (before, after) = (line.text.chars().next_back(), piece.text.chars().next());
            let is_raised = piece.size < RAISED * line.size && piece.y > line.y + line.size * 0.15;
            let is_mark = |c: char| c.is_ascii_digit() || "*†‡①②③④⑤⑥⑦⑧⑨[]".contains(c);
            // 10² and m² are no marks.
            let may_have_one = before.is_some_and(|c| !c.is_ascii_digit()) && !is_unit(&line.text);
            if is_raised && may_have_one && piece.text.chars().all(is_mark) {
                marks += 1;
                line.right = line.right.max(piece.right);
                continue;
            }
            let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
            let is_wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2E80}');
            let widest = match is_wide(before) || is_wide(after) {
                true => BLANK_WIDE,
                false => BLANK,
            };
            if piece.left - line.right > widest * line.size && !is_blank(before) && !is_blank(after) {
                line.text.push(' ');
            }
            if line.text.is_empty() || !line.text.contains(char::is_whitespace) && !is_wide(after) {
                line.first_word = piece.right - line.left;
            }
            line.text.push_str(&piece.text);
            line.right = line.right.max(piece.right);
        }
        (line, marks)
    }
}

/// Share of a line's size below which a character is a raised or lowered one.
const RAISED: f64 = 0.8;
/// In ems: what stands that far behind is another cell; what stands that far behind in a line is another word.
const APART: f64 = 2.0;
const BLANK: f64 = 0.15;
const BLANK_WIDE: f64 = 0.8;

/// Whether a text ends in a unit of length, behind which a raised 2 is a square.
fn is_unit(text: &str) -> bool {
    let word = text
        .rsplit(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    matches!(word, "m" | "km" | "cm" | "mm" | "x" | "y" | "n")
}

fn matrix(number: impl Fn(usize) -> f64) -> Matrix {
    Matrix(std::array::from_fn(number))
}
