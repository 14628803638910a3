//! Chinese text from one script into the other, phrase by phrase, by the tables of OpenCC.

use super::Script;
use ferrous_opencc::{OpenCC, config::BuiltinConfig};

/// Writes Chinese in one script. What is in it already stays, and so does all that is not Chinese; words stay, too:
/// `软件` becomes `軟件` and not `軟體`.
///
/// A character that stands for several is told by the phrase around it (`头发` and `发展`), so texts are converted
/// whole. Traditional characters have the forms of Taiwan (`裡`, `麵`), and are read in any.
///
/// ```
/// use duizhao::script::{Script, convert::Converter};
/// assert_eq!(Converter::new(Script::Hant).convert("头发与发展"), "頭髮與發展");
/// assert_eq!(Converter::new(Script::Hans).convert("乾燥的幹部, dry"), "干燥的干部, dry");
/// ```
pub struct Converter(OpenCC);

impl Converter {
    /// Reads the tables of the script that is to be written: a few milliseconds.
    pub fn new(script: Script) -> Converter {
        let tables = match script {
            Script::Hans => BuiltinConfig::Tw2s,
            Script::Hant => BuiltinConfig::S2tw,
        };
        Converter(
            OpenCC::from_config(tables).expect("the tables are in the program, and the tests read them"),
        )
    }

    pub fn convert(&self, text: &str) -> String {
        self.0.convert(text)
    }
}
