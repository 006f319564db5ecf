//! Who may use the endpoint on this machine? Whoever has one of the tokens that `serve` prints: one for each role.

use crate::error::LocalError;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use score_api::{Principal, Role, Roles};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Bytes of randomness in a token.
const TOKEN_BYTES: usize = 16;

/// The file in the folder of the stack.
pub const TOKENS_FILE: &str = "tokens.json";

/// One token for each role, and the secret that seals cursors. They stay the same over restarts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// For programs that score and upload.
    pub score: String,
    /// For people who decide; the console is opened with it.
    pub review: String,
    /// For everything.
    pub admin: String,
    /// Seals cursors; no token.
    pub(crate) cursor_secret: String,
}

impl Tokens {
    /// Reads the tokens of a folder, or makes them. The file is for its owner alone.
    ///
    /// # Errors
    /// When the file cannot be read or written, or is none of ours.
    pub fn of_folder(folder: &Path) -> Result<Self, LocalError> {
        let path = folder.join(TOKENS_FILE);
        if path.exists() {
            let text = fs::read_to_string(&path).map_err(LocalError::path(&path))?;
            return serde_json::from_str(&text).map_err(|error| LocalError::path(&path)(std::io::Error::other(error)));
        }
        let tokens = Self::random()?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(LocalError::path(&path))?;
        serde_json::to_writer_pretty(&mut file, &tokens).map_err(|error| LocalError::path(&path)(error.into()))?;
        file.write_all(b"\n").map_err(LocalError::path(&path))?;
        Ok(tokens)
    }

    fn random() -> Result<Self, LocalError> {
        let random = || {
            let mut bytes = [0; TOKEN_BYTES];
            SystemRandom::new().fill(&mut bytes).map_err(|_| LocalError::NoRandomness)?;
            Ok::<_, LocalError>(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
        };
        let token = |role: &str| Ok::<_, LocalError>(format!("{role}-{}", random()?));
        Ok(Self { score: token("score")?, review: token("review")?, admin: token("admin")?, cursor_secret: random()? })
    }

    /// Whom an `Authorization` header names.
    #[must_use]
    pub fn principal(&self, authorization: &str) -> Option<Arc<Principal>> {
        let (scheme, given) = authorization.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        // Digests are compared, so that the time it takes tells nothing of the token.
        let given = digest(&SHA256, given.trim().as_bytes());
        let tokens = [(Role::Score, &self.score), (Role::Review, &self.review), (Role::Admin, &self.admin)];
        let (role, _) = tokens.into_iter().find(|(_, token)| digest(&SHA256, token.as_bytes()).as_ref() == given.as_ref())?;
        let name = format!("local-{}", role.name());
        Some(Arc::new(Principal { subject: name.clone(), name, roles: Roles::of(&[role]) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stay_over_restarts_and_open_their_own_role() {
        let folder = tempfile::tempdir().unwrap();
        let tokens = Tokens::of_folder(folder.path()).unwrap();
        assert_eq!(Tokens::of_folder(folder.path()).unwrap(), tokens);
        let check = |authorization: &str, role: Option<Role>| {
            let roles = tokens.principal(authorization).map(|principal| principal.roles);
            assert_eq!(roles, role.map(|role| Roles::of(&[role])), "{authorization}");
        };
        check(&format!("Bearer {}", tokens.score), Some(Role::Score));
        check(&format!("bearer {}", tokens.review), Some(Role::Review));
        check(&format!("Bearer {}", tokens.admin), Some(Role::Admin));
        check(&format!("Bearer {}", tokens.cursor_secret), None);
        check(&tokens.admin, None);
        check("Bearer ", None);
        check("", None);
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        Tokens::of_folder(folder.path()).unwrap();
        let mode = fs::metadata(folder.path().join(TOKENS_FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
