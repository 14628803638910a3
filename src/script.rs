//! Characters into scripts: which are Chinese, which simplified, which traditional; traditional ones folded for matching.

pub mod convert;

use std::borrow::Cow;
use std::sync::LazyLock;

/// A way of writing Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Simplified characters.
    Hans,
    /// Traditional characters.
    Hant,
}

/// Whether a character is Chinese, as Unicode's script `Han` has it: ideographs, radicals, `〇` and `々` too.
///
/// ```
/// use duizhao::script::is_han;
/// assert!("对對〇𠮷".chars().all(is_han));
/// assert!(!"a，かㄅ한".chars().any(is_han));
/// ```
#[inline]
pub fn is_han(character: char) -> bool {
    // Half of all text is English.
    character >= '\u{2E80}'
        && matches!(character,
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{3005}' | '\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303B}'
        | '\u{2E80}'..='\u{2FD5}'
        | '\u{F900}'..='\u{FAD9}'
        | '\u{20000}'..='\u{2FA1D}'
        | '\u{30000}'..='\u{323AF}')
}

/// As [`char::is_alphabetic`], which takes its time over Chinese characters and marks.
///
/// ```
/// use duizhao::script::is_letter;
/// assert!("对a鿿ß".chars().all(is_letter) && !"。3 ".chars().any(is_letter));
/// ```
#[inline]
pub fn is_letter(character: char) -> bool {
    match character {
        '\u{4E00}'..='\u{9FFF}' => true,
        _ => !is_usual_mark(character) && character.is_alphabetic(),
    }
}

/// As [`char::is_alphanumeric`], likewise.
///
/// ```
/// use duizhao::script::is_letter_or_number;
/// assert!("对a3½３".chars().all(is_letter_or_number) && !"。 -".chars().any(is_letter_or_number));
/// ```
#[inline]
pub fn is_letter_or_number(character: char) -> bool {
    match character {
        '\0'..='\u{7F}' => character.is_ascii_alphanumeric(),
        _ => is_letter(character) || !is_usual_mark(character) && character.is_numeric(),
    }
}

/// The marks of Chinese and the curly ones of English, none of which is a letter or a number.
fn is_usual_mark(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3002}' | '\u{3008}'..='\u{301F}' | '\u{FF01}'..='\u{FF0F}')
}

/// The simplified form of a traditional character, and every other character itself. One character for one, by the most
/// usual reading, so it serves to compare texts and never to write them.
///
/// ```
/// use duizhao::script::fold;
/// assert_eq!((fold('龍'), fold('龙'), fold('x')), ('龙', '龙', 'x'));
/// ```
#[inline]
pub fn fold(character: char) -> char {
    match u16::try_from(character) {
        // Half of all text is English and need not reach for the table.
        Ok(code) if code >= FIRST => {
            char::from_u32(TABLE[usize::from(code)].form.into()).unwrap_or(character)
        }
        _ => character,
    }
}

/// A text [`fold`]ed character by character; one that has nothing to fold is not copied.
///
/// ```
/// use duizhao::script::fold_text;
/// assert_eq!(fold_text("漢語與English"), "汉语与English");
/// ```
pub fn fold_text(text: &str) -> Cow<'_, str> {
    match text
        .char_indices()
        .find(|&(_, character)| fold(character) != character)
    {
        None => Cow::Borrowed(text),
        Some((clean, _)) => Cow::Owned(
            text[..clean]
                .chars()
                .chain(text[clean..].chars().map(fold))
                .collect(),
        ),
    }
}

/// The script of a text that has this character in it, if the character is used in one script only.
///
/// Characters of both are no evidence: `后` is an empress in traditional text, `里` a mile.
///
/// ```
/// use duizhao::script::{evidence, Script};
/// assert_eq!(evidence('们'), Some(Script::Hans));
/// assert_eq!(evidence('們'), Some(Script::Hant));
/// assert_eq!((evidence('后'), evidence('人')), (None, None));
/// ```
#[inline]
pub fn evidence(character: char) -> Option<Script> {
    match u16::try_from(character) {
        Ok(code) if code >= FIRST => TABLE[usize::from(code)].script,
        _ => None,
    }
}

/// What is known about one character of the Basic Multilingual Plane.
#[derive(Clone, Copy)]
struct Entry {
    /// As its number, which takes half of the room of a `char`.
    form: u16,
    script: Option<Script>,
}

/// No character below this one is in the table.
const FIRST: u16 = 0x2E80;

/// An array index is the whole look-up: matching asks for every character of every sentence.
static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let unlisted = |code: u16| Entry {
        form: code,
        script: None,
    };
    let mut table: Vec<Entry> = (0..=u16::MAX).map(unlisted).collect();
    for row in include_str!("script/characters.tsv")
        .lines()
        .filter(|row| !row.starts_with('#'))
    {
        let (code, entry) = entry(row).expect("the file is ours, and every test reads it whole");
        table[usize::from(code)] = entry;
    }
    table
});

/// `character TAB simplified TAB Hans|Hant|nothing`, as a place in the table and what stands there.
fn entry(row: &str) -> Option<(u16, Entry)> {
    let mut fields = row.split('\t');
    let code = u16::try_from(fields.next()?.parse::<char>().ok()?)
        .ok()
        .filter(|&code| code >= FIRST)?;
    let form = u16::try_from(fields.next()?.parse::<char>().ok()?).ok()?;
    let script = match fields.next()? {
        "Hans" => Some(Script::Hans),
        "Hant" => Some(Script::Hant),
        "" => None,
        _ => return None,
    };
    fields.next().is_none().then_some((code, Entry { form, script }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_has_both_scripts_and_a_row_for_every_line() {
        let of = |script| TABLE.iter().filter(|entry| entry.script == Some(script)).count();
        assert_eq!((of(Script::Hans), of(Script::Hant)), (2633, 2944));
    }

    #[test]
    fn characters_of_both_scripts_are_no_evidence() {
        for character in "后里干只面台群峰着著于於云谷松几万".chars() {
            assert_eq!(evidence(character), None, "{character}");
        }
    }

    #[test]
    fn everyday_characters_of_one_script_are_evidence_for_it() {
        assert!(
            "这们为国说对时来会发"
                .chars()
                .all(|c| evidence(c) == Some(Script::Hans))
        );
        assert!(
            "這們為國說對時來會發"
                .chars()
                .all(|c| evidence(c) == Some(Script::Hant))
        );
    }

    #[test]
    fn a_text_without_traditional_characters_is_not_copied() {
        assert!(matches!(fold_text("说 hello 。"), Cow::Borrowed(_)));
        assert_eq!(fold_text("我們說：「𠮷龍」"), "我们说：「𠮷龙」");
    }

    #[test]
    fn a_letter_is_what_unicode_calls_alphabetic() {
        let all = '\0'..=char::MAX;
        assert!(all.clone().all(|c| is_letter(c) == c.is_alphabetic()));
        assert!(all.clone().all(|c| is_letter_or_number(c) == c.is_alphanumeric()));
    }

    proptest! {
        #[test]
        fn folding_keeps_the_number_of_characters_and_folding_twice_changes_nothing(text in "\\PC*|[一-鿿]*") {
            let once = fold_text(&text).into_owned();
            prop_assert_eq!(once.chars().count(), text.chars().count());
            prop_assert_eq!(fold_text(&once), once.as_str());
        }
    }
}
