//! Tables of named numbers, read and written: `name<TAB>number<TAB>what it says`, a line each.

use crate::error::{Error, Kind, Result};
use std::fmt;

/// Reads the numbers of these names, in this order, one line each; `#` begins a remark. `source` names the table in errors.
///
/// # Errors
/// [`Kind::Malformed`] for a name out of its place, a line too many or too few, or what is no number.
pub(crate) fn read(source: &str, table: &str, names: &[String]) -> Result<Vec<f32>> {
    let mut numbers = Vec::with_capacity(names.len());
    for (index, line) in table
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#'))
    {
        let fail = |cause: String| Error::new(Kind::Malformed, source, cause).line(index + 1);
        let Some(name) = names.get(numbers.len()) else {
            return Err(fail("a line more than there are names".into()));
        };
        let mut columns = line.split('\t');
        if columns.next() != Some(name) {
            return Err(fail(format!("the number of {name} is due here")));
        }
        let number = columns.next().and_then(|column| column.parse().ok());
        numbers.push(number.ok_or_else(|| fail("no number in the second column".into()))?);
    }
    match names.get(numbers.len()) {
        None => Ok(numbers),
        Some(missing) => Err(Error::new(
            Kind::Malformed,
            source,
            format!("it ends before the number of {missing}"),
        )),
    }
}

/// Writes a line as [`read`] takes it.
pub(crate) fn write(f: &mut fmt::Formatter, name: &str, number: f32, says: &str) -> fmt::Result {
    writeln!(f, "{name}\t{number:.4}\t{says}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(table: &str) -> std::result::Result<Vec<f32>, String> {
        read("t.tsv", table, &["One".into(), "Two".into()]).map_err(|error| error.to_string())
    }

    #[test]
    fn numbers_are_read_by_their_names_in_order() {
        assert_eq!(
            numbers("# learned\nOne\t1.5\tthe first\nTwo\t-2\n"),
            Ok(vec![1.5, -2.0])
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let wrong = [
            ("One\t1\n", "t.tsv: it ends before the number of Two"),
            ("Two\t2\nOne\t1\n", "t.tsv: line 1: the number of One is due here"),
            (
                "One\t1\nTwo\tx\n",
                "t.tsv: line 2: no number in the second column",
            ),
            (
                "One\t1\nTwo\t2\nSix\t6\n",
                "t.tsv: line 3: a line more than there are names",
            ),
        ];
        for (table, error) in wrong {
            assert_eq!(numbers(table), Err(error.into()));
        }
    }
}
