//! Bytes into a file that appears whole or not at all, compressed as its name says.

use crate::error::{Error, Result};
use flate2::{Compression, write::GzEncoder};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, TempPath};

/// A file in the making. It is written under a temporary name in its own folder, and [`Output::commit`] gives it its
/// name; dropped before that, it leaves nothing behind. (A process killed from outside may leave `.NAME.XXXXXX.part`.)
///
/// `.gz` and `.zst` at the end of the name compress. Compressed bytes hold neither time nor name: the same rows make the
/// same file. A name that stands for something else than a file (`/dev/stdout`, a pipe) is written to as it is.
///
/// ```
/// use duizhao::corpus::output::Output;
/// use std::io::Write;
///
/// let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("novel.tsv");
/// let mut output = Output::create(&path)?;
/// output.write_all("对照\tside by side\n".as_bytes()).unwrap();
/// assert!(!path.exists());
/// output.commit()?;
/// assert_eq!(std::fs::read_to_string(&path).unwrap(), "对照\tside by side\n");
/// # Ok::<(), duizhao::error::Error>(())
/// ```
#[derive(Debug)]
pub struct Output {
    path: PathBuf,
    /// None where there is nothing to rename.
    temporary: Option<TempPath>,
    encoder: Encoder,
}

/// At the end of a temporary name.
const SUFFIX: &str = ".part";

enum Encoder {
    Plain(BufWriter<File>),
    Gzip(GzEncoder<BufWriter<File>>),
    Zstd(zstd::Encoder<'static, BufWriter<File>>),
}

impl Output {
    /// # Errors
    /// [`Kind::Write`](crate::error::Kind::Write) when the folder is not there or not ours to write to.
    pub fn create(path: impl Into<PathBuf>) -> Result<Output> {
        let path = path.into();
        Output::open(&path).map_err(|cause| {
            let error = Error::write(path.display().to_string(), &cause);
            match folder(&path) {
                folder if folder.is_dir() => error,
                folder => error.remedy(format!("make the folder {} first", folder.display())),
            }
        })
    }

    fn open(path: &Path) -> io::Result<Output> {
        let (file, temporary) = if path.exists() && !path.is_file() {
            (File::options().write(true).open(path)?, None)
        } else {
            let (file, temporary) = temporary(path)?.into_parts();
            (file, Some(temporary))
        };
        let file = BufWriter::with_capacity(1 << 16, file);
        let encoder = match path.extension().and_then(|extension| extension.to_str()) {
            Some("gz") => Encoder::Gzip(GzEncoder::new(file, Compression::default())),
            Some("zst") => Encoder::Zstd(zstd::Encoder::new(file, zstd::DEFAULT_COMPRESSION_LEVEL)?),
            _ => Encoder::Plain(file),
        };
        Ok(Output {
            path: path.to_owned(),
            temporary,
            encoder,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Ends the file and gives it its name, in one step for whoever looks at the folder.
    pub fn commit(self) -> Result<()> {
        let Output {
            path,
            temporary,
            encoder,
        } = self;
        let error = |cause: &io::Error| Error::write(path.display().to_string(), cause);
        encoder.finish().map_err(|cause| error(&cause))?;
        match temporary {
            Some(temporary) => temporary.persist(&path).map_err(|failed| error(&failed.error)),
            None => Ok(()),
        }
    }
}

/// Writes a whole file at once.
pub fn write(path: impl Into<PathBuf>, bytes: &[u8]) -> Result<()> {
    let mut output = Output::create(path)?;
    match output.write_all(bytes) {
        Ok(()) => output.commit(),
        Err(cause) => Err(Error::write(output.path.display().to_string(), &cause)),
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Takes away what a killed process left unfinished below a folder: files named `.NAME.XXXXXX.part`.
pub fn sweep(folder: &Path) -> Result<()> {
    let failed = |cause: io::Error| Error::write(folder.display().to_string(), &cause);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if entry.file_type().map_err(failed)?.is_dir() {
            sweep(&entry.path())?;
        } else if name.starts_with('.') && name.ends_with(SUFFIX) {
            std::fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

fn temporary(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "names no file"))?;
    let prefix = format!(".{}.", name.to_string_lossy());
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX);
    // Private by default, which suits a secret and not a corpus: let the user's umask decide, as for any file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // The error would name the temporary file, which means nothing to the user.
    builder
        .tempfile_in(folder(path))
        .map_err(|cause| io::Error::from(cause.kind()))
}

impl Encoder {
    fn finish(self) -> io::Result<()> {
        let mut file = match self {
            Encoder::Plain(file) => file,
            Encoder::Gzip(gzip) => gzip.finish()?,
            Encoder::Zstd(zstd) => zstd.finish()?,
        };
        file.flush()
    }

    fn inner(&mut self) -> &mut dyn Write {
        match self {
            Encoder::Plain(file) => file,
            Encoder::Gzip(gzip) => gzip,
            Encoder::Zstd(zstd) => zstd,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.encoder.inner().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.encoder.inner().flush()
    }
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(match self {
            Encoder::Plain(_) => "Plain",
            Encoder::Gzip(_) => "Gzip",
            Encoder::Zstd(_) => "Zstd",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use std::io::Read;

    const TEXT: &str = "山高月小，水落石出。\n";

    fn names(folder: &Path) -> Vec<String> {
        let names = std::fs::read_dir(folder).unwrap();
        names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn an_output_dropped_before_its_end_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let mut output = Output::create(folder.path().join("x.tsv")).unwrap();
        output.write_all(TEXT.as_bytes()).unwrap();
        assert_eq!(
            names(folder.path()).len(),
            1,
            "the temporary file stands in the same folder"
        );
        drop(output);
        assert_eq!(names(folder.path()), Vec::<String>::new());
    }

    #[test]
    fn an_old_file_stays_whole_until_the_new_one_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.tsv");
        std::fs::write(&path, "old").unwrap();
        let mut output = Output::create(&path).unwrap();
        output.write_all(TEXT.as_bytes()).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        output.commit().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), TEXT);
    }

    #[test]
    fn the_extension_compresses_and_the_bytes_are_the_same_each_time() {
        let folder = tempfile::tempdir().unwrap();
        for extension in ["gz", "zst"] {
            let written = |name: &str| {
                let path = folder.path().join(format!("{name}.tsv.{extension}"));
                write(&path, TEXT.as_bytes()).unwrap();
                std::fs::read(path).unwrap()
            };
            let bytes = written("one");
            assert_eq!(bytes, written("another"));
            let mut text = String::new();
            match extension {
                "gz" => flate2::read::GzDecoder::new(&bytes[..])
                    .read_to_string(&mut text)
                    .unwrap(),
                _ => zstd::Decoder::new(&bytes[..])
                    .unwrap()
                    .read_to_string(&mut text)
                    .unwrap(),
            };
            assert_eq!(text, TEXT);
        }
    }

    #[test]
    fn a_missing_folder_is_named_with_its_remedy() {
        let error = Output::create("no/such/folder/x.tsv").unwrap_err();
        assert_eq!(error.kind, Kind::Write);
        assert_eq!(error.place.source, "no/such/folder/x.tsv");
        assert_eq!(
            error.remedy.as_deref(),
            Some("make the folder no/such/folder first")
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_device_is_written_to_and_never_replaced() {
        write("/dev/null", TEXT.as_bytes()).unwrap();
        use std::os::unix::fs::FileTypeExt;
        assert!(
            std::fs::metadata("/dev/null")
                .unwrap()
                .file_type()
                .is_char_device()
        );
    }

    #[test]
    #[cfg(unix)]
    fn an_output_is_as_readable_as_any_file_of_its_user() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
        let (ours, plain) = (folder.path().join("ours"), folder.path().join("plain"));
        write(&ours, b"").unwrap();
        std::fs::write(&plain, b"").unwrap();
        assert_eq!(mode(&ours), mode(&plain));
    }
}
