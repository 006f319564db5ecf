//! Who may do what?
//!
//! Who asks is for an outer layer to find out: the gateway's authoriser on AWS, the tokens of `touchstone serve` on a laptop. It puts a
//! [`Principal`] into the request, and every route names the roles it is open to. Without a principal there is nothing to see.

use crate::problem::{AUTH_FORBIDDEN, AUTH_MISSING, Problem};
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{HeaderValue, WWW_AUTHENTICATE};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What somebody is here for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A marketplace's own program: scores listings, uploads exports, follows jobs.
    Score,
    /// A person who decides: works the queue, and all that `score` may.
    Review,
    /// May do everything, also take back what others decided.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Score, Self::Review, Self::Admin];

    /// As it stands in a token.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Review => "review",
            Self::Admin => "admin",
        }
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u8);

impl Roles {
    /// Open to everybody.
    pub const ANYBODY: Self = Self(0);

    /// Of these.
    #[must_use]
    pub const fn of(roles: &[Role]) -> Self {
        let mut set = 0;
        let mut at = 0;
        while at < roles.len() {
            set |= 1 << roles[at] as u8;
            at += 1;
        }
        Self(set)
    }

    /// With one more.
    #[must_use]
    pub fn with(self, role: Role) -> Self {
        Self(self.0 | Self::of(&[role]).0)
    }

    /// Whether this is in it.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// Whether somebody with these roles may use what is open to `required`.
    #[must_use]
    pub fn may(self, required: Self) -> bool {
        self.has(Role::Admin) || self.0 & required.0 != 0
    }

    /// The names, for people and for the document of the API.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        Role::ALL.into_iter().filter(|role| self.has(*role)).map(Role::name).collect()
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Names them for good: the subject of the token, or the ARN. Bound into cursors and idempotency keys.
    pub subject: String,
    /// What colleagues read beside a decision.
    pub name: String,
    /// What they may do.
    pub roles: Roles,
}

impl Principal {
    /// What a log may say of them: the same for the same person, and no name.
    #[must_use]
    pub fn pseudonym(&self) -> String {
        Sha256::digest(&self.subject)[..6].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Lets a request through to a route that is open to `required`.
pub(crate) async fn guard(required: Roles, request: Request, next: Next) -> Result<Response, Problem> {
    let route = || request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
    let Some(principal) = request.extensions().get::<Arc<Principal>>() else {
        tracing::warn!(code = AUTH_MISSING.name, route = route(), "request refused");
        let detail = "this needs a token: send it as 'Authorization: Bearer ...'";
        return Err(Problem::new(AUTH_MISSING, detail).header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")));
    };
    if !principal.roles.may(required) {
        tracing::warn!(code = AUTH_FORBIDDEN.name, route = route(), principal = principal.pseudonym(), "request refused");
        let names = required.names().join(" or ");
        return Err(Problem::new(AUTH_FORBIDDEN, format!("this is open to the role {names}")).member("roles", required.names()));
    }
    Ok(next.run(request).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_opens_its_own_doors_and_admin_all() {
        let check = |has: &[Role], required: &[Role], may: bool| {
            assert_eq!(Roles::of(has).may(Roles::of(required)), may, "{has:?} at {required:?}");
        };
        check(&[], &[Role::Score, Role::Review], false);
        check(&[Role::Score], &[Role::Review], false);
        check(&[Role::Score], &[Role::Score, Role::Review], true);
        check(&[Role::Review, Role::Score], &[Role::Review], true);
        check(&[Role::Review], &[Role::Admin], false);
        check(&[Role::Admin], &[Role::Review], true);
        assert_eq!(Roles::of(&[Role::Review]).with(Role::Score).names(), ["score", "review"]);
    }
}
