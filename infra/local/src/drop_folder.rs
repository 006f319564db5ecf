//! How does a file that somebody puts into a folder become an upload?
//!
//! A file is taken when it did not change between two looks, uploaded under a name made of its age, size and name, and moved to `done`
//! or `failed` when its job has ended. Because of that name a file that was uploaded before a crash is recognised after it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use aws_sdk_s3::operation::head_object::HeadObjectError;
use jiff::Timestamp;
use storage::jobs::{Job, State};

use crate::error::LocalError;
use crate::limits::DROP_POLL;
use crate::pipeline::{Pipeline, Submitted};
use crate::stack::UPLOADS_BUCKET;
use crate::transfer;

/// The folder with its places for files that are through.
#[derive(Debug)]
pub(crate) struct DropFolder {
    path: PathBuf,
    /// Files of the last look, to see what has stopped changing.
    seen: BTreeMap<PathBuf, Stamp>,
}

/// What changes while a file is still being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: SystemTime,
}

/// What became of one file.
#[derive(Debug)]
pub(crate) struct Through {
    /// Where the file is now.
    pub(crate) path: PathBuf,
    /// Its job, or why there is none.
    pub(crate) job: Result<Job, LocalError>,
}

impl DropFolder {
    /// The folder `path`, made with its places when it is missing.
    pub(crate) fn open(path: PathBuf) -> Result<Self, LocalError> {
        for place in [DONE, FAILED] {
            let place = path.join(place);
            fs::create_dir_all(&place).map_err(LocalError::path(&place))?;
        }
        Ok(Self { path, seen: BTreeMap::new() })
    }

    /// Looks until there is a file that is whole, then brings it through. Cut off, it takes the same file up again.
    pub(crate) async fn next(&mut self, pipeline: &Pipeline) -> Result<Through, LocalError> {
        let mut looks = tokio::time::interval(DROP_POLL);
        looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            looks.tick().await;
            if let Some((path, stamp)) = self.look()? {
                let job = bring_through(pipeline, &path, stamp).await;
                let place = if job.as_ref().is_ok_and(|job| job.state == State::Done) { DONE } else { FAILED };
                let path = self.put_away(&path, place)?;
                return Ok(Through { path, job });
            }
        }
    }

    /// The first file that has not changed since the last look.
    fn look(&mut self) -> Result<Option<(PathBuf, Stamp)>, LocalError> {
        let mut now = BTreeMap::new();
        for entry in fs::read_dir(&self.path).map_err(LocalError::path(&self.path))? {
            let path = entry.map_err(LocalError::path(&self.path))?.path();
            // A file may vanish between two calls; then somebody took it back.
            let Ok(metadata) = fs::metadata(&path) else { continue };
            if metadata.is_file() && !is_unfinished(&path) {
                let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                now.insert(path, Stamp { bytes: metadata.len(), modified });
            }
        }
        let whole =
            now.iter().find(|(path, stamp)| self.seen.get(*path) == Some(stamp)).map(|(path, &stamp)| (path.clone(), stamp));
        self.seen = now;
        Ok(whole)
    }

    /// Moves a file out of sight, under a name that is free there.
    fn put_away(&mut self, path: &Path, place: &str) -> Result<PathBuf, LocalError> {
        self.seen.remove(path);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let place = self.path.join(place);
        let names = std::iter::once(name.clone()).chain((2_u64..).map(|n| format!("{n}-{name}")));
        // The numbers do not end, so there is a free one.
        let target = names.map(|name| place.join(name)).find(|target| !target.exists()).unwrap_or_else(|| place.join(&name));
        fs::rename(path, &target).map_err(LocalError::path(path))?;
        Ok(target)
    }
}

const DONE: &str = "done";
const FAILED: &str = "failed";

/// Names that copying programs and editors give to files they are still writing.
fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    name.starts_with('.') || name.ends_with('~') || ["part", "tmp", "crdownload", "swp"].contains(&extension.as_str())
}

async fn bring_through(pipeline: &Pipeline, path: &Path, stamp: Stamp) -> Result<Job, LocalError> {
    let age = stamp.modified.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
    let name = format!("drop/{age}-{}/{}", stamp.bytes, transfer::object_name(path));
    let key = format!("exports/{name}");
    let head = pipeline.stack.s3().head_object().bucket(UPLOADS_BUCKET).key(&key).send().await;
    let submitted = match head {
        Ok(head) => {
            let uploaded = head.last_modified().and_then(|time| Timestamp::from_second(time.secs()).ok());
            Submitted { key, since: uploaded.unwrap_or(Timestamp::UNIX_EPOCH) }
        }
        Err(error) if error.as_service_error().is_some_and(HeadObjectError::is_not_found) => pipeline.submit(path, &name).await?,
        Err(error) => return Err(LocalError::call("head object", &error)),
    };
    pipeline.finished(&submitted).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_when_it_did_not_change_between_two_looks() {
        let home = tempfile::tempdir().unwrap();
        let mut folder = DropFolder::open(home.path().join("drop")).unwrap();
        let path = home.path().join("drop/a.csv");
        fs::write(&path, "id,title\n").unwrap();
        assert_eq!(folder.look().unwrap(), None);
        fs::write(&path, "id,title\n1,bag\n").unwrap();
        assert_eq!(folder.look().unwrap(), None);
        let (whole, stamp) = folder.look().unwrap().unwrap();
        assert_eq!((whole, stamp.bytes), (path.clone(), 15));

        for place in ["done/a.csv", "done/2-a.csv"] {
            fs::write(&path, "").unwrap();
            assert_eq!(folder.put_away(&path, DONE).unwrap(), home.path().join("drop").join(place));
        }
    }

    #[test]
    fn unfinished_files_are_left_alone() {
        let check = |name: &str, expected: bool| assert_eq!(is_unfinished(Path::new(name)), expected, "{name}");
        check("a.csv", false);
        check("a.csv.gz", false);
        check(".a.csv", true);
        check("a.csv~", true);
        check("a.csv.part", true);
        check("a.CRDOWNLOAD", true);
    }
}
