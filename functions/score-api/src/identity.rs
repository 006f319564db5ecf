//! Who asks, on AWS? The authoriser of the gateway has checked the token or the signature; here its word becomes a [`Principal`].

use crate::access::{Principal, Role, Roles};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use lambda_http::aws_lambda_events::apigw::ApiGatewayRequestAuthorizer;
use lambda_http::request::RequestContext;
use std::sync::Arc;

/// How callers are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    roles_claim: String,
    roles_prefix: String,
    /// Role and ARN, or the beginning of one.
    iam: Vec<(Role, Arn)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Arn {
    Exactly(String),
    BeginsWith(String),
}

impl Arn {
    fn is(&self, arn: &str) -> bool {
        match self {
            Self::Exactly(exact) => arn == exact,
            Self::BeginsWith(beginning) => arn.starts_with(beginning),
        }
    }
}

impl Identity {
    /// `roles_claim` lists the roles of a token, each after `roles_prefix`. `iam` has `role=ARN` pairs separated by spaces.
    ///
    /// # Errors
    /// Says which pair makes no sense.
    pub fn new(roles_claim: &str, roles_prefix: &str, iam: &str) -> Result<Self, String> {
        let pair = |text: &str| {
            let (role, arn) = text.split_once('=').filter(|(_, arn)| arn.starts_with("arn:"))?;
            let role = Role::ALL.into_iter().find(|known| known.name() == role)?;
            let arn = match arn.strip_suffix('*') {
                Some(beginning) => Arn::BeginsWith(beginning.to_owned()),
                None => Arn::Exactly(arn.to_owned()),
            };
            Some((role, arn))
        };
        let pairs =
            iam.split_whitespace().map(|text| pair(text).ok_or_else(|| format!("has '{text}' and should have role=ARN pairs")));
        let iam = pairs.collect::<Result<_, _>>()?;
        Ok(Self { roles_claim: roles_claim.to_owned(), roles_prefix: roles_prefix.to_owned(), iam })
    }

    /// The caller; nobody when the gateway let somebody through without checking.
    #[must_use]
    pub fn principal(&self, authorizer: &ApiGatewayRequestAuthorizer) -> Option<Principal> {
        if let Some(jwt) = &authorizer.jwt {
            let subject = jwt.claims.get("sub")?.clone();
            let listed = jwt.claims.get(&self.roles_claim).map(String::as_str).unwrap_or_default();
            let name = ["email", "name", "username"].into_iter().find_map(|claim| jwt.claims.get(claim));
            let name = name.unwrap_or(&subject).clone();
            let scopes = jwt.scopes.iter().flatten().map(String::as_str);
            return Some(Principal { roles: self.roles(listed, scopes), subject, name });
        }
        let arn = authorizer.iam.as_ref()?.user_arn.clone()?;
        let held = self.iam.iter().filter(|(_, known)| known.is(&arn));
        let roles = held.fold(Roles::default(), |roles, (role, _)| roles.with(*role));
        let name = arn.rsplit(['/', ':']).next().unwrap_or(&arn).to_owned();
        Some(Principal { subject: arn, name, roles })
    }

    /// The gateway writes a list claim as `[a b]`; identity providers write `a b`, `a,b` or JSON.
    fn roles<'a>(&self, listed: &'a str, scopes: impl Iterator<Item = &'a str>) -> Roles {
        let listed = listed.split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '"'));
        let names = listed.chain(scopes).filter_map(|name| name.strip_prefix(self.roles_prefix.as_str()));
        let roles = names.filter_map(|name| Role::ALL.into_iter().find(|role| role.name() == name));
        roles.fold(Roles::default(), Roles::with)
    }
}

/// Puts the caller that the gateway's authoriser vouches for into the request.
pub async fn from_gateway(identity: Arc<Identity>, mut request: Request, next: Next) -> Response {
    let authorizer = match request.extensions().get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.authorizer.as_ref(),
        _ => None,
    };
    if let Some(principal) = authorizer.and_then(|authorizer| identity.principal(authorizer)) {
        request.extensions_mut().insert(Arc::new(principal));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn check(identity: &Identity, authorizer: Value, expected: Option<(&str, &str, &[Role])>) {
        let authorizer: ApiGatewayRequestAuthorizer = serde_json::from_value(authorizer).unwrap();
        let expected = expected.map(|(subject, name, roles)| Principal {
            subject: subject.to_owned(),
            name: name.to_owned(),
            roles: Roles::of(roles),
        });
        assert_eq!(identity.principal(&authorizer), expected);
    }

    #[test]
    fn a_token_says_its_roles_in_a_claim_or_as_scopes() {
        let plain = Identity::new("roles", "", "").unwrap();
        for listed in ["review score", "[review score]", "review,score", r#"["review","score"]"#] {
            let claims = json!({"jwt": {"claims": {"sub": "u-1", "roles": listed}, "scopes": null}});
            check(&plain, claims, Some(("u-1", "u-1", &[Role::Review, Role::Score])));
        }
        let claims = json!({"jwt": {"claims": {"sub": "u-1", "email": "kim@desk.example"}, "scopes": ["score"]}});
        check(&plain, claims, Some(("u-1", "kim@desk.example", &[Role::Score])));
        check(&plain, json!({"jwt": {"claims": {"roles": "admin"}}}), None);
        let prefixed = Identity::new("cognito:groups", "touchstone-", "").unwrap();
        let claims = json!({"jwt": {"claims": {"sub": "u", "cognito:groups": "[admin touchstone-review touchstone-boss]"}}});
        check(&prefixed, claims, Some(("u", "u", &[Role::Review])));
    }

    #[test]
    fn a_signature_says_its_roles_by_its_arn() {
        let iam = "score=arn:aws:sts::1:assumed-role/shop/* admin=arn:aws:iam::1:user/op";
        let identity = Identity::new("roles", "", iam).unwrap();
        let arn = |arn: &str| json!({"iam": {"userArn": arn}});
        check(
            &identity,
            arn("arn:aws:sts::1:assumed-role/shop/i-1"),
            Some(("arn:aws:sts::1:assumed-role/shop/i-1", "i-1", &[Role::Score])),
        );
        check(&identity, arn("arn:aws:iam::1:user/op"), Some(("arn:aws:iam::1:user/op", "op", &[Role::Admin])));
        check(&identity, arn("arn:aws:iam::1:user/op2"), Some(("arn:aws:iam::1:user/op2", "op2", &[])));
        check(&identity, json!({}), None);
        for wrong in ["score", "score=role/x", "boss=arn:aws:iam::1:user/op"] {
            assert!(Identity::new("roles", "", wrong).unwrap_err().contains(wrong));
        }
    }
}
