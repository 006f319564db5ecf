//! How is the document of the API walked? What is not there reads as nothing, because nearly everything in it is optional.

pub(crate) use serde_yaml_ng::Value;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// One method of one path.
pub(crate) struct Operation<'d> {
    /// In capitals.
    pub(crate) method: String,
    pub(crate) path: &'d str,
    pub(crate) value: &'d Value,
    /// Those of the path first.
    pub(crate) parameters: Vec<&'d Value>,
    /// Status and answer.
    pub(crate) answers: Vec<(&'d str, &'d Value)>,
}

impl<'d> Operation<'d> {
    pub(crate) fn id(&self) -> &'d str {
        text(&self.value["operationId"])
    }

    pub(crate) fn tag(&self) -> &'d str {
        list(&self.value["tags"]).next().map(text).unwrap_or_default()
    }

    pub(crate) fn roles(&self) -> Vec<&'d str> {
        list(&self.value["x-touchstone-roles"]).map(text).collect()
    }

    pub(crate) fn body(&self) -> &'d Value {
        &self.value["requestBody"]["content"]["application/json"]
    }
}

/// Every operation, in the order of the document.
pub(crate) fn operations(document: &Value) -> Vec<Operation<'_>> {
    entries(&document["paths"])
        .flat_map(|(path, item)| {
            METHODS.into_iter().filter_map(move |method| {
                let value = item.get(method)?;
                let parameters = list(&item["parameters"]).chain(list(&value["parameters"]));
                Some(Operation {
                    method: method.to_uppercase(),
                    path,
                    value,
                    parameters: parameters.map(|parameter| resolved(document, parameter)).collect(),
                    answers: entries(&value["responses"]).map(|(status, answer)| (status, resolved(document, answer))).collect(),
                })
            })
        })
        .collect()
}

/// What a `$ref` leads to, or the value itself.
pub(crate) fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    match value.get("$ref").map(text).and_then(|reference| reference.strip_prefix("#/")) {
        Some(path) => path.split('/').fold(document, |value, name| &value[name]),
        None => value,
    }
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(crate) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_sequence().into_iter().flatten()
}

pub(crate) fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_mapping().into_iter().flatten().map(|(name, value)| (text(name), value))
}
