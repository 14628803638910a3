//! A termbase in TBX into the terms that audits go by, and back: ISO 30042, as of 2008 (`martif`) and of 2019 (`tbx`).

use super::glossary::{Status, Term};
use crate::corpus::xml::{Piece, Xml, legal};
use crate::error::{Error, Result};
use crate::language::Side;
use crate::script::fold_text;
use std::io::{self, Write};

/// The terms of all entries that have Chinese and English, each Chinese term with each English one.
///
/// A preferred English term is required, an admitted one allowed, a deprecated or superseded one forbidden where the
/// Chinese stands. One without a status is required, unless its entry prefers another: then it is allowed. A deprecated
/// Chinese term is forbidden. Entries with one of the languages alone say nothing of the other and are passed over.
pub(super) fn read(name: &str, text: &str) -> Result<Vec<Term>> {
    let mut xml = Xml::new(name, text.as_bytes())?;
    let mut terms = Vec::new();
    let mut begun = false;
    loop {
        match xml.next()? {
            Piece::Start(element) if !begun => {
                begun = true;
                if !matches!(&*element.name, "martif" | "tbx") {
                    let cause = format!("<{}> is no termbase", element.name);
                    return Err(xml.malformed(cause, "give TBX, or a table in TSV or CSV"));
                }
            }
            Piece::Start(element) if matches!(&*element.name, "termEntry" | "conceptEntry") => {
                entry(&mut xml, &element.name, &mut terms)?;
                xml.next_unit();
            }
            Piece::Eof if terms.is_empty() => return Err(none(&xml)),
            Piece::Eof => return Ok(terms),
            _ => {}
        }
    }
}

fn none(xml: &Xml<&[u8]>) -> Error {
    xml.malformed(
        "no entry has both a Chinese and an English term",
        "xml:lang says which language a term is in: zh, zh-Hans, en, en-US, ...",
    )
}

/// A term of one language, as it stands in an entry.
struct Own {
    side: Side,
    text: String,
    status: Option<Status>,
    note: String,
}

/// What the text of an element is.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Term,
    Status,
    Note,
}

fn entry(xml: &mut Xml<&[u8]>, name: &str, terms: &mut Vec<Term>) -> Result<()> {
    let mut found: Vec<Own> = Vec::new();
    let mut side = None;
    let mut field: Option<(Field, String)> = None;
    loop {
        match xml.next()? {
            Piece::Start(element) => match &*element.name {
                "langSet" | "langSec" => side = element.get("lang").and_then(side_of),
                "tig" | "ntig" | "termSec" => found.extend(side.map(|side| Own {
                    side,
                    text: String::new(),
                    status: None,
                    note: String::new(),
                })),
                "term" => field = Some((Field::Term, String::new())),
                "administrativeStatus" => field = Some((Field::Status, String::new())),
                "termNote" if element.get("type") == Some("administrativeStatus") => {
                    field = Some((Field::Status, String::new()));
                }
                "note" | "usageNote" => field = Some((Field::Note, String::new())),
                "termNote" | "descrip" if element.get("type") == Some("usageNote") => {
                    field = Some((Field::Note, String::new()));
                }
                _ => {}
            },
            Piece::Text(text) => {
                if let Some((_, held)) = &mut field {
                    held.push_str(&text);
                }
            }
            Piece::End(end) if end == name => break,
            // What a highlight inside a term ends is not the term.
            Piece::End(end) if matches!(&*end, "hi" | "foreign") => {}
            Piece::End(end) => {
                if matches!(&*end, "langSet" | "langSec") {
                    side = None;
                }
                let (Some((field, text)), Some(_)) = (field.take(), side) else {
                    continue;
                };
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if let Some(own) = found.last_mut() {
                    match field {
                        Field::Term => own.text = text,
                        Field::Status => own.status = Some(status(xml, &text)?),
                        Field::Note => own.note = text,
                    }
                }
            }
            Piece::Eof => return Ok(()),
        }
    }
    found.retain(|own| !own.text.is_empty());
    pair(&found, terms);
    Ok(())
}

fn side_of(language: &str) -> Option<Side> {
    let primary = language.split(['-', '_']).next()?;
    match &*primary.to_ascii_lowercase() {
        "zh" | "cmn" | "zho" | "chi" => Some(Side::Zh),
        "en" | "eng" => Some(Side::En),
        _ => None,
    }
}

/// TBX-Basic has `preferredTerm-admn-sts` and its like; TBX-Min `preferred`.
fn status(xml: &Xml<&[u8]>, said: &str) -> Result<Status> {
    match said.split("Term").next().unwrap_or(said) {
        "preferred" | "standardized" | "legal" | "regulated" => Ok(Status::Required),
        "admitted" => Ok(Status::Allowed),
        "deprecated" | "superseded" | "obsolete" | "notRecommended" => Ok(Status::Forbidden),
        _ => Err(xml.malformed(
            format!("{said:?} is no status of a term"),
            "write preferredTerm-admn-sts, admittedTerm-admn-sts or deprecatedTerm-admn-sts",
        )),
    }
}

fn pair(found: &[Own], terms: &mut Vec<Term>) {
    let of = |side: Side| found.iter().filter(move |own| own.side == side);
    let prefers = of(Side::En).any(|own| own.status == Some(Status::Required));
    let unsaid = if prefers {
        Status::Allowed
    } else {
        Status::Required
    };
    for zh in of(Side::Zh).filter(|_| of(Side::En).next().is_some()) {
        let zh_text = fold_text(&zh.text).into_owned();
        if zh.status == Some(Status::Forbidden) {
            terms.push(Term {
                zh: zh_text,
                en: String::new(),
                status: Status::Forbidden,
                note: zh.note.clone(),
            });
            continue;
        }
        terms.extend(of(Side::En).map(|en| Term {
            zh: zh_text.clone(),
            en: en.text.clone(),
            status: en.status.unwrap_or(unsaid),
            note: en.note.clone(),
        }));
    }
}

/// The edition of 2008, which more programs read than that of 2019. Chinese is simplified, as terms are held.
pub(super) fn write(out: &mut dyn Write, terms: &[Term]) -> io::Result<()> {
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<martif type=\"TBX-Basic\" xml:lang=\"en\">\n<martifHeader>\
         <fileDesc><sourceDesc><p>duizhao {}</p></sourceDesc></fileDesc><encodingDesc>\
         <p type=\"XCSURI\">http://www.ttt.org/oscarstandards/tbx/TBXBasicXCSV02.xcs</p></encodingDesc></martifHeader>\n\
         <text><body>",
        env!("CARGO_PKG_VERSION")
    )?;
    let paired: Vec<&Term> = terms
        .iter()
        .filter(|term| !term.zh.is_empty() && !term.en.is_empty())
        .collect();
    for (number, entry) in paired.chunk_by(|one, next| one.zh == next.zh).enumerate() {
        writeln!(
            out,
            "<termEntry id=\"t{}\">\n<langSet xml:lang=\"zh-Hans\"><tig><term>{}</term></tig></langSet>\n\
             <langSet xml:lang=\"en\">",
            number + 1,
            legal(&entry[0].zh).0
        )?;
        for term in entry {
            write!(
                out,
                "<tig><term>{}</term><termNote type=\"administrativeStatus\">{}</termNote>",
                legal(&term.en).0,
                name_of(term.status)
            )?;
            if !term.note.is_empty() {
                write!(out, "<note>{}</note>", legal(&term.note).0)?;
            }
            writeln!(out, "</tig>")?;
        }
        writeln!(out, "</langSet>\n</termEntry>")?;
    }
    writeln!(out, "</body></text>\n</martif>")
}

fn name_of(status: Status) -> &'static str {
    match status {
        Status::Required => "preferredTerm-admn-sts",
        Status::Allowed => "admittedTerm-admn-sts",
        Status::Forbidden => "deprecatedTerm-admn-sts",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, String, Status)> {
        let terms = read("terms.tbx", text).expect("a termbase");
        terms
            .into_iter()
            .map(|term| (term.zh, term.en, term.status))
            .collect()
    }

    #[test]
    fn the_termbases_of_both_editions_say_the_same() {
        let old = r#"<?xml version="1.0"?><martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="1">
            <langSet xml:lang="zh-TW"><tig><term>渡船</term></tig></langSet>
            <langSet xml:lang="en-US"><tig><term>ferry</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
            <tig><term>ferry <hi>boat</hi></term><note>old</note></tig>
            <tig><term>liner</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
            <langSet xml:lang="fr"><tig><term>bac</term></tig></langSet>
            </termEntry></body></text></martif>"#;
        let new = r#"<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
            xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body><conceptEntry id="1">
            <langSec xml:lang="zh"><termSec><term>渡船</term></termSec></langSec>
            <langSec xml:lang="en"><termSec><term>ferry</term><basic:administrativeStatus>preferredTerm-admn-sts</basic:administrativeStatus></termSec>
            <termSec><term>ferry boat</term><basic:usageNote>old</basic:usageNote></termSec>
            <termSec><term>liner</term><basic:administrativeStatus>deprecatedTerm-admn-sts</basic:administrativeStatus></termSec></langSec>
            </conceptEntry></body></text></tbx>"#;
        let of = |en: &str, status| ("渡船".to_owned(), en.to_owned(), status);
        let expected = [
            of("ferry", Status::Required),
            of("ferry boat", Status::Allowed),
            of("liner", Status::Forbidden),
        ];
        assert_eq!(shown(old), expected);
        assert_eq!(shown(new), expected);
        let notes = read("terms.tbx", old).expect("a termbase");
        assert_eq!(notes[1].note, "old");
    }

    #[test]
    fn a_deprecated_chinese_term_is_forbidden_and_one_without_status_required() {
        let terms = shown(
            r#"<tbx><text><body><conceptEntry>
            <langSec xml:lang="zh"><termSec><term>渡船</term></termSec>
            <termSec><term>摆渡船</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec></langSec>
            <langSec xml:lang="en"><termSec><term>ferry</term></termSec></langSec></conceptEntry></body></text></tbx>"#,
        );
        assert_eq!(terms[0], ("渡船".into(), "ferry".into(), Status::Required));
        assert_eq!(terms[1], ("摆渡船".into(), String::new(), Status::Forbidden));
    }

    #[test]
    fn what_is_written_is_read_back_as_it_was() {
        let term = |zh: &str, en: &str, status, note: &str| Term {
            zh: zh.into(),
            en: en.into(),
            status,
            note: note.into(),
        };
        let terms = [
            term("渡船", "ferry", Status::Required, ""),
            term(
                "渡船",
                "ferry <boat> & barge",
                Status::Allowed,
                "of old \"tales\"",
            ),
            term("渡船", "liner", Status::Forbidden, ""),
            term("灯塔", "lighthouse", Status::Required, ""),
        ];
        let mut written = Vec::new();
        write(&mut written, &terms).expect("memory takes all");
        let written = String::from_utf8(written).expect("UTF-8");
        assert_eq!(read("terms.tbx", &written).expect("a termbase"), terms);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let said = |text: &str| read("terms.tbx", text).expect_err("wrong").to_string();
        let status = "<tbx>\n<conceptEntry><langSec xml:lang=\"en\"><termSec><term>x</term>\n\
            <termNote type=\"administrativeStatus\">good</termNote></termSec></langSec></conceptEntry></tbx>";
        assert!(said(status).starts_with("terms.tbx: line 3"), "{}", said(status));
        assert!(said("<tmx></tmx>").contains("<tmx> is no termbase"));
        assert!(said("<tbx></tbx>").contains("no entry has both"));
        assert!(
            said("<tbx>\n<conceptEntry>").starts_with("terms.tbx: line 2"),
            "{}",
            said("<tbx>\n<conceptEntry>")
        );
    }
}
