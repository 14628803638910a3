//! A text into its bracketed passages: places where a stop ends no sentence.

use crate::span::Span;

/// The longest passage, in bytes, that is believed to be one: some 200 Chinese characters or 100 English words. Beyond
/// it a bracket counts as one that nobody closed, and the text behind it is cut as if it were not there.
const LONGEST: usize = 600;

/// How many brackets may stand open at once; of more, the outermost are forgotten.
const DEEPEST: usize = 8;

const PAIRS: [(char, char); 13] = [
    ('（', '）'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('〔', '〕'),
    ('〖', '〗'),
    ('［', '］'),
    ('｛', '｝'),
    ('＜', '＞'),
    ('«', '»'),
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
];

/// The outermost bracketed passages of a text, brackets included, handed out from the left.
pub(super) struct Brackets(std::iter::Peekable<std::vec::IntoIter<Span>>);

impl Brackets {
    pub(super) fn of(text: &str) -> Self {
        let mut passages: Vec<Span> = Vec::new();
        let mut open: Vec<(usize, char)> = Vec::new();
        for (at, c) in text.char_indices().filter(|&(_, c)| may_be_bracket(c)) {
            if let Some(&(_, close)) = PAIRS.iter().find(|&&(o, _)| o == c) {
                if open.len() == DEEPEST {
                    open.remove(0);
                }
                open.push((at, close));
            } else if let Some(depth) = open.iter().rposition(|&(_, close)| close == c) {
                let start = open[depth].0;
                open.truncate(depth);
                let end = at + c.len_utf8();
                if end - start <= LONGEST {
                    while passages.last().is_some_and(|inner| inner.start() > start) {
                        passages.pop();
                    }
                    passages.push(Span::new(start, end));
                }
            }
        }
        Brackets(passages.into_iter().peekable())
    }

    /// The passage that starts at `at`; to be asked from left to right.
    pub(super) fn at(&mut self, at: usize) -> Option<Span> {
        while self.0.next_if(|passage| passage.start() < at).is_some() {}
        self.0.next_if(|passage| passage.start() == at)
    }
}

/// Whether `c` is worth a look in the table: most characters are not, and text is long.
fn may_be_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '«' | '»' | '\u{3008}'..='\u{3017}' | '\u{FF08}'..='\u{FF5D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        Brackets::of(text).0.map(|passage| passage.of(text)).collect()
    }

    #[test]
    fn only_the_outermost_of_nested_brackets_count() {
        assert_eq!(found("a (b [c] d) e《f（g）》"), ["(b [c] d)", "《f（g）》"]);
    }

    #[test]
    fn a_bracket_nobody_closes_hides_nothing() {
        assert_eq!(found("a (b [c] d"), ["[c]"]);
        assert_eq!(found("a) b] 《c）"), [""; 0]);
        let far = format!("（{}）", "远".repeat(LONGEST));
        assert_eq!(found(&far), [""; 0]);
    }

    #[test]
    fn more_open_brackets_than_can_be_kept_forget_the_outermost() {
        let deep = format!("{}x{}", "(".repeat(20), ")".repeat(20));
        assert_eq!(found(&deep), [&deep[20 - DEEPEST..][..2 * DEEPEST + 1]]);
    }
}
