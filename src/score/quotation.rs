//! Sentences, in order, into whether each begins inside a quotation: a translation keeps who speaks.

/// The quotation that the text read so far has left open, by the kind of its marks.
///
/// Only marks of the same kind close it: the inner quotation of “他说‘走吧’。” opens and closes nothing.
#[derive(Debug, Default)]
pub(super) struct Quotation {
    open: Option<Marks>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Marks {
    Single,
    Double,
}

impl Quotation {
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Reads on through one sentence.
    pub fn read(&mut self, sentence: &str) {
        let mut before = ' ';
        let mut rest = sentence.chars().peekable();
        while let Some(c) = rest.next() {
            // Straight marks do not show their direction, but none opens what white space follows.
            let goes_on = rest.peek().is_some_and(|after| !after.is_whitespace());
            let (marks, may_open, may_close) = match c {
                '“' | '「' | '„' | '〝' => (Marks::Double, true, false),
                '”' | '」' | '〞' => (Marks::Double, false, true),
                '"' | '＂' => (Marks::Double, goes_on, true),
                '‘' | '『' => (Marks::Single, true, false),
                '』' => (Marks::Single, false, true),
                // Behind a letter it is more often an apostrophe: the bearers' legs.
                '\'' | '’' if !before.is_alphanumeric() => (Marks::Single, goes_on, true),
                _ => {
                    before = c;
                    continue;
                }
            };
            match self.open {
                None if may_open => self.open = Some(marks),
                Some(open) if open == marks && may_close => self.open = None,
                _ => {}
            }
            before = c;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_after(sentences: &[&str]) -> Vec<bool> {
        let mut quotation = Quotation::default();
        let read = |sentence: &&str| {
            quotation.read(sentence);
            quotation.is_open()
        };
        sentences.iter().map(read).collect()
    }

    #[test]
    fn a_quotation_stays_open_until_a_mark_of_its_kind_closes_it() {
        assert_eq!(
            open_after(&["他说：“下雨了。", "‘不能走’，你听见没有？", "等等吧。”"]),
            [true, true, false]
        );
        assert_eq!(
            open_after(&["\"It's raining.", "Who said 'stay'?\"", "He left."]),
            [true, false, false]
        );
    }

    #[test]
    fn an_apostrophe_is_no_quotation_mark() {
        assert_eq!(
            open_after(&["The drivers' dogs don't bark.", "'Nobody's here,' she said."]),
            [false, false]
        );
        assert_eq!(
            open_after(&["‘Nobody’s here,’ she said, ‘and it’s late.", "Go home.’"]),
            [true, false]
        );
    }

    #[test]
    fn straight_marks_between_chinese_characters_open_and_close_in_turn() {
        assert_eq!(
            open_after(&["他说\"走吧\"。", "她说\"你先走。", "我等他。\""]),
            [false, true, false]
        );
    }
}
