"""What does CloudFormation get to see? The SAM template, expanded offline to plain CloudFormation.

cfn-lint and checkov look past most mistakes in a SAM file: they know the resources that SAM makes of it, not its shorthand.
"""

import copy
import json
import logging
import os
from pathlib import Path

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")  # the translator names partitions by it and calls nobody

from samcli.yamlhelper import yaml_parse  # noqa: E402
from samtranslator.public.translator import ManagedPolicyLoader  # noqa: E402
from samtranslator.translator.transform import transform  # noqa: E402

logging.getLogger("samtranslator").setLevel(logging.ERROR)  # it warns of metrics that it would have sent


class NoManagedPolicies(ManagedPolicyLoader):
    """Every role here is written out, so no list of AWS's own policies is fetched."""

    def __init__(self):
        super().__init__(iam_client=None)

    def load(self):
        return {}


def load(template: Path) -> dict:
    """The template as it is written, with its intrinsic functions in their long form."""
    return json.loads(json.dumps(yaml_parse(template.read_text(encoding="utf-8"))))


def expand(template: Path) -> dict:
    """The template as plain CloudFormation. Local code becomes a place in a bucket, as packaging would make it; the definition of the
    state machine is put in, so that it is checked along."""
    source = load(template)
    machines = {}
    for name, resource in source["Resources"].items():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function":
            properties["CodeUri"] = {"Bucket": "packages", "Key": "package.zip"}
        if resource["Type"] == "AWS::Serverless::StateMachine":
            definition = template.parent / properties.pop("DefinitionUri")
            properties["Definition"] = machines[name] = json.loads(definition.read_text(encoding="utf-8"))
    expanded = json.loads(json.dumps(transform(source, {}, NoManagedPolicies())))
    for name, definition in machines.items():
        # The translator writes it as a joined text, into which no linter looks.
        properties = expanded["Resources"][name]["Properties"]
        del properties["DefinitionString"]
        properties["Definition"] = definition
    return expanded


def with_defaults(expanded: dict) -> dict:
    """The same with the default of each parameter where it is referred to, for rules that compare values."""
    defaults = {name: parameter["Default"] for name, parameter in expanded["Parameters"].items() if "Default" in parameter}

    def filled(value):
        if isinstance(value, list):
            return [filled(item) for item in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"Ref"} and value["Ref"] in defaults:
            return defaults[value["Ref"]]
        return {key: filled(item) for key, item in value.items()}

    result = copy.deepcopy(expanded)
    for name, resource in expanded["Resources"].items():
        result["Resources"][name] = filled(resource)
    return result
