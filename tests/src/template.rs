//! What does the template of the stack say? Read as plain YAML, with the intrinsic functions in their long form.

use crate::workspace_root;
use serde_json::{Map, Value, json};
use serde_yaml_ng::Value as Yaml;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// An action and what it may be done to: `dynamodb:Query` and `JobsTable/index/jobs-by-day`.
pub type Permission = (String, String);

/// The template.
#[derive(Clone, Debug)]
pub struct Template(Value);

/// A table or an index of it, as the template has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Partition key.
    pub partition: String,
    /// Sort key, where there is one.
    pub sort: Option<String>,
    /// Attributes that an index copies; `None` for all, and for the table itself.
    pub columns: Option<Vec<String>>,
}

impl Template {
    /// `infra/aws/template.yaml`.
    ///
    /// # Panics
    /// When it is not there or no YAML: then every test fails.
    #[must_use]
    #[allow(clippy::unwrap_used)]
    pub fn read() -> Self {
        Self::parse(&fs::read_to_string(workspace_root().join("infra/aws/template.yaml")).unwrap())
    }

    /// A template as text.
    ///
    /// # Panics
    /// When it is no YAML.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self(plain(serde_yaml_ng::from_str(text).expect("the template is YAML")))
    }

    /// The resource of this name.
    #[must_use]
    pub fn resource(&self, name: &str) -> &Value {
        &self.0["Resources"][name]
    }

    /// The names of all resources of a type.
    #[must_use]
    pub fn of_type(&self, kind: &str) -> Vec<&str> {
        let resources = self.0["Resources"].as_object().into_iter().flatten();
        resources.filter(|(_, resource)| resource["Type"] == kind).map(|(name, _)| name.as_str()).collect()
    }

    /// The folders that the functions are built from, with the names of their resources: `score-api` and `ScoreApi`.
    #[must_use]
    pub fn functions(&self) -> BTreeMap<String, String> {
        let folder = |name: &str| {
            let code = self.resource(name)["Properties"]["CodeUri"].as_str().unwrap_or_default();
            code.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
        };
        self.of_type("AWS::Serverless::Function").into_iter().map(|name| (folder(name), name.to_owned())).collect()
    }

    /// The environment variables of a function, by the name of its resource. A reference to a parameter has the parameter's default.
    #[must_use]
    pub fn environment(&self, function: &str) -> BTreeMap<String, Value> {
        let variables = &self.resource(function)["Properties"]["Environment"]["Variables"];
        let value = |value: &Value| self.default_of(value).unwrap_or_else(|| value.clone());
        variables.as_object().into_iter().flatten().map(|(name, given)| (name.clone(), value(given))).collect()
    }

    /// The default of the parameter that a value refers to, as text.
    fn default_of(&self, value: &Value) -> Option<Value> {
        let default = &self.0["Parameters"][value["Ref"].as_str()?]["Default"];
        match default {
            Value::Null => None,
            Value::String(text) => Some(json!(text)),
            other => Some(json!(other.to_string())),
        }
    }

    /// What the role of a function may do.
    #[must_use]
    pub fn permissions(&self, function: &str) -> BTreeSet<Permission> {
        let role = self.resource(function)["Properties"]["Role"]["Fn::GetAtt"][0].as_str().unwrap_or_default();
        let mut permissions = BTreeSet::new();
        for policy in list(&self.resource(role)["Properties"]["Policies"]) {
            for statement in list(&policy["PolicyDocument"]["Statement"]) {
                for action in one_or_many(&statement["Action"]) {
                    for resource in one_or_many(&statement["Resource"]) {
                        permissions.insert((action.as_str().unwrap_or_default().to_owned(), named(resource)));
                    }
                }
            }
        }
        permissions
    }

    /// Keys of a table and, by name, of its indexes.
    #[must_use]
    pub fn table(&self, name: &str) -> (Keys, BTreeMap<String, Keys>) {
        let properties = &self.resource(name)["Properties"];
        let indexes = list(&properties["GlobalSecondaryIndexes"]);
        let indexes = indexes.map(|index| (index["IndexName"].as_str().unwrap_or_default().to_owned(), keys(index)));
        (keys(properties), indexes.collect())
    }

    /// Our own metrics that alarms and the dashboard show: function and name.
    #[must_use]
    pub fn metrics(&self) -> BTreeSet<(String, String)> {
        let mut metrics = BTreeSet::new();
        for name in self.of_type("AWS::CloudWatch::Alarm") {
            let alarm = &self.resource(name)["Properties"];
            let of_expression = list(&alarm["Metrics"]).map(|metric| &metric["MetricStat"]["Metric"]);
            for metric in of_expression.chain([alarm]).filter(|metric| metric["Namespace"] == "Touchstone") {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                metrics.insert((text(&metric["Dimensions"][0]["Value"]), text(&metric["MetricName"])));
            }
        }
        for name in self.of_type("AWS::CloudWatch::Dashboard") {
            let body = self.resource(name)["Properties"]["DashboardBody"]["Fn::Sub"].as_str().unwrap_or_default();
            for metric in body.split("[\"Touchstone\", ").skip(1) {
                let mut texts = metric.split('"').skip(1).step_by(2);
                if let (Some(metric), Some(_dimension), Some(function)) = (texts.next(), texts.next(), texts.next()) {
                    metrics.insert((function.to_owned(), metric.to_owned()));
                }
            }
        }
        metrics
    }

    /// The route keys that anybody may call.
    #[must_use]
    pub fn open_routes(&self) -> BTreeSet<&str> {
        let routes = self.of_type("AWS::ApiGatewayV2::Route").into_iter().map(|name| &self.resource(name)["Properties"]);
        let open = routes.filter(|route| route["AuthorizationType"] == "NONE");
        open.filter_map(|route| route["RouteKey"].as_str()).collect()
    }
}

fn keys(of: &Value) -> Keys {
    let key = |kind: &str| {
        let element = list(&of["KeySchema"]).find(|element| element["KeyType"] == kind);
        element.and_then(|element| element["AttributeName"].as_str()).map(str::to_owned)
    };
    let columns = of["Projection"]["NonKeyAttributes"].as_array();
    let columns = columns.map(|columns| columns.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    Keys { partition: key("HASH").unwrap_or_default(), sort: key("RANGE"), columns }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn one_or_many(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |values| values.iter().collect())
}

/// An ARN by the resource that it is built from: `ResultsBucket/jobs/*`. What is built from anything else stays as it is.
fn named(arn: &Value) -> String {
    if let Some(resource) = arn["Fn::GetAtt"][0].as_str().filter(|_| arn["Fn::GetAtt"][1] == "Arn") {
        return resource.to_owned();
    }
    let text = arn["Fn::Sub"].as_str().or(arn.as_str()).map_or_else(|| arn.to_string(), str::to_owned);
    match text.strip_prefix("${").and_then(|rest| rest.split_once(".Arn}")) {
        Some((resource, rest)) => format!("{resource}{rest}"),
        None => text,
    }
}

/// YAML as JSON, with `!Sub x` as `{"Fn::Sub": "x"}`.
fn plain(yaml: Yaml) -> Value {
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => json!(value),
        Yaml::Number(number) => serde_json::to_value(number).unwrap_or_default(),
        Yaml::String(text) => json!(text),
        Yaml::Sequence(items) => items.into_iter().map(plain).collect(),
        Yaml::Mapping(entries) => {
            let entries = entries.into_iter().map(|(key, value)| (key.as_str().unwrap_or_default().to_owned(), plain(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Yaml::Tagged(tagged) => {
            let name = tagged.tag.to_string();
            let name = name.trim_start_matches('!');
            let value = plain(tagged.value);
            match name {
                "Ref" | "Condition" => json!({ name: value }),
                "GetAtt" => match value.as_str().and_then(|text| text.split_once('.')) {
                    Some((resource, attribute)) => json!({"Fn::GetAtt": [resource, attribute]}),
                    None => json!({"Fn::GetAtt": value}),
                },
                _ => json!({ format!("Fn::{name}"): value }),
            }
        }
    }
}
