//! What does the document of the API say, and does an answer keep it? The document as the function serves it.

use crate::endpoint::Answer;
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The document.
#[derive(Debug)]
pub struct Document(Value);

/// One method of one path.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'d> {
    /// In small letters, as the document writes it.
    pub method: &'d str,
    /// With the names of its variable parts in braces.
    pub path: &'d str,
    /// All that is said of it.
    pub value: &'d Value,
    of_path: &'d Value,
}

impl<'d> Operation<'d> {
    /// Its name.
    #[must_use]
    pub fn id(self) -> &'d str {
        self.value["operationId"].as_str().unwrap_or_default()
    }

    /// The roles that it is open to; none when it is open to everybody.
    #[must_use]
    pub fn roles(self) -> Vec<&'d str> {
        list(&self.value["x-touchstone-roles"]).filter_map(Value::as_str).collect()
    }

    /// Its parameters, those of its path first.
    #[must_use]
    pub fn parameters(self, document: &'d Document) -> Vec<&'d Value> {
        let all = list(&self.of_path["parameters"]).chain(list(&self.value["parameters"]));
        all.map(|parameter| document.resolved(parameter)).collect()
    }

    /// Its answers by status.
    #[must_use]
    pub fn answers(self, document: &'d Document) -> BTreeMap<&'d str, &'d Value> {
        entries(&self.value["responses"]).map(|(status, answer)| (status.as_str(), document.resolved(answer))).collect()
    }

    /// The examples of its body by name.
    pub fn bodies(self) -> impl Iterator<Item = (&'d str, &'d Value)> {
        let examples = &self.value["requestBody"]["content"]["application/json"]["examples"];
        entries(examples).map(|(name, example)| (name.as_str(), &example["value"]))
    }
}

impl Document {
    /// As it is served.
    ///
    /// # Panics
    /// When it is no JSON.
    #[must_use]
    #[allow(clippy::unwrap_used)] // a document that cannot be read fails every test
    pub fn served() -> Self {
        Self(serde_json::from_str(score_api::OPENAPI).unwrap())
    }

    /// All of it.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// Every operation.
    #[must_use]
    pub fn operations(&self) -> Vec<Operation<'_>> {
        let paths = entries(&self.0["paths"]);
        let all = paths
            .flat_map(|(path, item)| entries(item).map(move |(method, value)| Operation { method, path, value, of_path: item }));
        all.filter(|operation| operation.method != "parameters").collect()
    }

    /// The operation of a name.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    #[allow(clippy::panic)] // a mistake in a test
    pub fn operation(&self, id: &str) -> Operation<'_> {
        let found = self.operations().into_iter().find(|operation| operation.id() == id);
        found.unwrap_or_else(|| panic!("the document has no operation {id}"))
    }

    /// What a `$ref` leads to, or the value itself.
    ///
    /// # Panics
    /// When it leads nowhere.
    #[must_use]
    #[allow(clippy::panic)] // a mistake in the document
    pub fn resolved<'d>(&'d self, value: &'d Value) -> &'d Value {
        match value["$ref"].as_str() {
            Some(reference) => self.0.pointer(&reference[1..]).unwrap_or_else(|| panic!("{reference} leads nowhere")),
            None => value,
        }
    }

    /// Where a value departs from a schema of the document.
    ///
    /// # Panics
    /// When the schema is none.
    #[must_use]
    #[allow(clippy::panic)] // a mistake in the document
    pub fn errors(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut whole = schema.as_object().cloned().unwrap_or_else(Map::new);
        whole.insert("components".into(), self.0["components"].clone());
        let built: Result<Validator, _> =
            jsonschema::draft202012::options().should_validate_formats(true).build(&Value::Object(whole));
        let validator = built.unwrap_or_else(|error| panic!("{error} in {schema}"));
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    /// The members of a value that its schema does not name: the schemas of answers are open, so that clients are ready for more,
    /// and yet all that is sent today stands in them.
    #[must_use]
    pub fn unnamed(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut found = Vec::new();
        self.collect_unnamed(&[schema], value, "", &mut found);
        found
    }

    fn collect_unnamed(&self, schemas: &[&Value], value: &Value, at: &str, found: &mut Vec<String>) {
        let mut parts = Vec::new();
        schemas.iter().for_each(|schema| self.collect_parts(schema, &mut parts));
        for (index, item) in list(value).enumerate() {
            let of_items: Vec<_> = parts.iter().map(|part| &part["items"]).filter(|items| !items.is_null()).collect();
            self.collect_unnamed(&of_items, item, &format!("{at}/{index}"), found);
        }
        // What names no members at all is open on purpose, such as a part of the document itself.
        let named: Vec<_> = parts.iter().filter(|part| part["properties"].is_object()).collect();
        for (name, member) in entries(value) {
            let at = format!("{at}/{name}");
            let of_member: Vec<_> = named.iter().filter_map(|part| part["properties"].get(name)).collect();
            if of_member.is_empty() && !named.is_empty() {
                found.push(at);
            } else {
                self.collect_unnamed(&of_member, member, &at, found);
            }
        }
    }

    /// A schema and all that it is put together from.
    fn collect_parts<'d>(&'d self, schema: &'d Value, parts: &mut Vec<&'d Value>) {
        parts.push(schema);
        if schema["$ref"].is_string() {
            self.collect_parts(self.resolved(schema), parts);
        }
        for part in ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|name| list(&schema[name])) {
            self.collect_parts(part, parts);
        }
    }

    /// What is wrong with an answer, by what the document says of an answer of its status.
    #[must_use]
    pub fn faults(&self, documented: &Value, answer: &Answer) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, header) in entries(&documented["headers"]) {
            let header = self.resolved(header);
            match answer.headers.get(name).map(|_| answer.header(name)) {
                None if header["required"] == true => faults.push(format!("the header {name} is missing")),
                None => {}
                Some(text) => {
                    let value =
                        if header["schema"]["type"] == "integer" { text.parse().unwrap_or(json!(text)) } else { json!(text) };
                    faults.extend(self.errors(&header["schema"], &value).into_iter().map(|error| format!("{name}{error}")));
                }
            }
        }
        let media_type = answer.header("content-type").split(';').next().unwrap_or_default();
        let contents = &documented["content"];
        match contents.get(media_type).or_else(|| contents.get("*/*")) {
            None if answer.body.is_empty() && contents.is_null() => {}
            None => faults.push(format!("the media type '{media_type}' is not documented")),
            Some(content) if media_type.ends_with("json") => {
                faults.extend(self.errors(&content["schema"], &answer.json()));
                let unnamed = self.unnamed(&content["schema"], &answer.json());
                faults.extend(unnamed.into_iter().map(|member| format!("{member} is not documented")));
            }
            Some(_) => {}
        }
        faults
    }
}

/// The items of a list; none of anything else.
pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The members of an object; none of anything else.
pub fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_that_no_schema_names_is_found() {
        let document = Document(json!({"components": {"schemas": {"A": {"properties": {"a": {}}}}}}));
        let check =
            |schema: Value, value: Value, expected: &[&str]| assert_eq!(document.unnamed(&schema, &value), expected, "{schema}");
        let a = json!({"$ref": "#/components/schemas/A"});
        check(a.clone(), json!({"a": 1}), &[]);
        check(a.clone(), json!({"a": 1, "b": 2}), &["/b"]);
        check(json!({"$ref": "#/components/schemas/A", "properties": {"b": {}}}), json!({"a": 1, "b": {"any": 1}}), &[]);
        check(json!({"items": {"oneOf": [a, {"type": "null"}]}}), json!([null, {"c": 1}]), &["/1/c"]);
        check(json!({"type": "object"}), json!({"b": 1}), &[]);
    }
}
