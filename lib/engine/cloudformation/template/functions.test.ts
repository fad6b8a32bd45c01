import { describe, expect, test } from "vitest";
import { attempt } from "../errors";
import type { Json } from "../../types";
import { evaluate, printed, unknownFrom, unknownIn } from "./functions";
import { baseScope } from "./prepare";
import { readTemplate } from "./read";
import { sectionsOf } from "./sections";
import { conditionValues } from "./conditions";

/** Intrinsic functions, by CloudFormation's Template Reference, in YAML's short form, its long form and JSON. */

const head = `
Parameters:
  Env: {Type: String, Default: dev}
  Subnets: {Type: CommaDelimitedList, Default: "s-1, s-2,s-3"}
  Ports: {Type: List<Number>, Default: "80,443"}
Mappings:
  Sizes:
    us-east-1: {Size: small, Zones: [a, b]}
    eu-west-2: {Size: large, Zones: [c]}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsDev: !Not [!Condition IsProd]
  Either: !Or [!Condition IsProd, !Condition IsDev]
  Both: !And [!Condition IsProd, !Condition IsDev]
  East: !Equals [!FindInMap [Sizes, !Ref "AWS::Region", Size], small]
Resources:
  Key: {Type: AWS::KMS::Key}
`;

const place = { account: "111122223333", region: "us-east-1", StackName: "app", StackId: "arn:aws:cloudformation:us-east-1:111122223333:stack/app/1" };

function valueOf(yaml: string, { extensions = false, env = "dev", json = false } = {}): Json | undefined | string {
  const text = `${extensions ? "Transform: AWS::LanguageExtensions\n" : ""}${head}Outputs:\n  Out:\n    Value: ${yaml}\n`;
  const done = attempt(() => {
    const raw = readTemplate(text);
    const template = sectionsOf(json ? readTemplate(JSON.stringify(raw)) : raw);
    const values = [{ key: "Env", value: env }, { key: "Subnets", value: "s-1, s-2,s-3" }, { key: "Ports", value: "80,443" }];
    const base = { ...baseScope(template, values, place), ref: (id: string) => (id === "Key" ? "key-1" : undefined), attribute: (id: string, name: string): Json => (id === "Later" ? unknownFrom(`${id}.${name}`) : `${id}/${name}`), importValue: (name: string) => `imported ${name}` };
    return evaluate(template.Outputs.Out.Value, { ...base, conditions: conditionValues(template, base) });
  });
  return done.ok ? done.value : `${done.error.code}: ${done.error.message}`;
}

const rows: [written: string, value: Json | undefined][] = [
  ["!Ref Env", "dev"],
  ["{Ref: Env}", "dev"],
  ["!Ref Key", "key-1"],
  ["!Ref Subnets", ["s-1", "s-2", "s-3"]],
  ["!Ref Ports", ["80", "443"]],
  ['!Ref "AWS::Region"', "us-east-1"],
  ['!Ref "AWS::AccountId"', "111122223333"],
  ['!Ref "AWS::Partition"', "aws"],
  ['!Ref "AWS::URLSuffix"', "amazonaws.com"],
  ['!Ref "AWS::StackName"', "app"],
  ['!Ref "AWS::StackId"', place.StackId],
  ['!Ref "AWS::NotificationARNs"', []],
  ['!Ref "AWS::NoValue"', undefined],
  ['[a, !Ref "AWS::NoValue", b]', ["a", "b"]],
  ['{keep: 1, drop: !Ref "AWS::NoValue"}', { keep: 1 }],
  ["!GetAtt Key.Arn", "Key/Arn"],
  ["!GetAtt [Key, Arn]", "Key/Arn"],
  ["{Fn::GetAtt: [Db, Endpoint.Address]}", "Db/Endpoint.Address"],
  ["!GetAtt Db.Endpoint.Address", "Db/Endpoint.Address"],
  ["{Fn::GetAtt: [Key, !Ref Env]}", "Key/dev"],
  ["!Sub '${Env}-${AWS::Region}'", "dev-us-east-1"],
  ["!Sub 'arn ${Key.Arn} ${Key}'", "arn Key/Arn key-1"],
  ["!Sub '${!Env} $ ${ Env }'", "${Env} $ dev"],
  ["!Sub ['${A}/${Env}', {A: !Ref Env}]", "dev/dev"],
  ["!Sub ['${Env}', {Env: mine}]", "mine"],
  ["!Sub 'none'", "none"],
  ["!Join ['-', [a, !Ref Env, 3, true]]", "a-dev-3-true"],
  ["!Join ['|', !Ref Subnets]", "s-1|s-2|s-3"],
  ["!Join ['', []]", ""],
  ["!Select [1, [a, b]]", "b"],
  ["!Select ['2', !Ref Subnets]", "s-3"],
  ["!Select [0, !GetAZs '']", "us-east-1a"],
  ["!GetAZs eu-west-2", ["eu-west-2a", "eu-west-2b", "eu-west-2c"]],
  ["{Fn::GetAZs: !Ref 'AWS::Region'}", ["us-east-1a", "us-east-1b", "us-east-1c"]],
  ["!Split [',', 'a,b,,c']", ["a", "b", "", "c"]],
  ["!Select [1, !Split ['.', 'db.example.com']]", "example"],
  ["!If [IsProd, yes please, no]", false],
  ["!If [IsDev, little, large]", "little"],
  ['!If [IsProd, x, !Ref "AWS::NoValue"]', undefined],
  ["!If [Either, !If [Both, a, b], c]", "b"],
  ["!If [East, east, west]", "east"],
  ["!FindInMap [Sizes, !Ref 'AWS::Region', Size]", "small"],
  ["!FindInMap [Sizes, eu-west-2, Zones]", ["c"]],
  ["!Base64 'hello world'", "aGVsbG8gd29ybGQ="],
  ["{Fn::Base64: !Sub '${Env}-ü'}", "ZGV2LcO8"],
  ["!ImportValue vpc", "imported vpc"],
  ["{Fn::ImportValue: !Sub '${Env}-vpc'}", "imported dev-vpc"],
  ["!Cidr ['192.168.0.0/24', 6, 5]", ["192.168.0.0/27", "192.168.0.32/27", "192.168.0.64/27", "192.168.0.96/27", "192.168.0.128/27", "192.168.0.160/27"]],
  ["!Cidr ['10.0.7.9/16', '2', '8']", ["10.0.0.0/24", "10.0.1.0/24"]],
  ["!Cidr ['10.0.0.0/16', 1]", ["10.0.0.0/24"]],
  ["!Cidr ['2600:1f18:abc:de00::/56', 2, 64]", ["2600:1f18:abc:de00::/64", "2600:1f18:abc:de01::/64"]],
  ["{Version: 2012-10-17, Statement: [{Condition: {StringEquals: {a: !Ref Env}}}]}", { Version: "2012-10-17", Statement: [{ Condition: { StringEquals: { a: "dev" } } }] }],
  ["{Condition: IsProd}", { Condition: "IsProd" }],
];

describe.each([["YAML", false], ["JSON", true]])("%s", (_name, json) => {
  test.each(rows)("%s", (written, value) => expect(valueOf(written, { json })).toEqual(value));
});

test.each<[string, Json]>([
  ["!Length [a, b, c]", 3],
  ["{Fn::Length: !Ref Subnets}", 3],
  ["{Fn::ToJsonString: {a: !Ref Env, b: [1, true]}}", '{"a":"dev","b":[1,true]}'],
  ["!FindInMap [Sizes, nowhere, Size, {DefaultValue: !Ref Env}]", "dev"],
])("with language extensions: %s", (written, value) => expect(valueOf(written, { extensions: true })).toEqual(value));

test.each<[string, RegExp]>([
  ["!Length [a]", /Encountered unsupported function: Fn::Length/],
  ["!Select [3, [a, b]]", /^ValidationError: Template error: Fn::Select cannot select nonexistent value at index 3$/],
  ["!Select [x, [a, b]]", /Fn::Select requires a list argument with two elements: an integer index and a list$/],
  ["!Select [-1, [a]]", /Fn::Select requires/],
  ["!Join ['-', x]", /every Fn::Join object requires two parameters/],
  ["!Join [a]", /every Fn::Join object requires two parameters/],
  ["!Join ['-', [{a: b}]]", /every Fn::Join object requires two parameters/],
  ["!Split [',']", /every Fn::Split object requires two parameters/],
  ["!Split [',', [a]]", /every Fn::Split object requires two parameters/],
  ["!FindInMap [Sizes, nowhere, Size]", /^ValidationError: Template error: Unable to get mapping for Sizes::nowhere::Size$/],
  ["!FindInMap [Nope, a, b]", /Mapping named 'Nope' is not present in the 'Mappings' section of template\.$/],
  ["!FindInMap [Sizes, a]", /every Fn::FindInMap object requires three parameters/],
  ["!If [Nope, a, b]", /unresolved condition dependency Nope in Fn::If$/],
  ["!If [IsDev, a]", /Fn::If requires a list argument/],
  ["!Sub ['${A}']", /One or more Fn::Sub intrinsic functions don't specify expected arguments/],
  ["!Sub '${a b}'", /variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons$/],
  ["!GetAtt Key", /every Fn::GetAtt object requires two non-empty parameters/],
  ["!Ref [a]", /every Ref object must have a single String value\.$/],
  ["!Base64 [a]", /every Fn::Base64 object must have a String-typed value\.$/],
  ["!Cidr ['10.0.0.0/24', 9, 5]", /Fn::Cidr cannot fit 9 blocks with 5 CIDR bits in 10\.0\.0\.0\/24$/],
  ["!Cidr ['10.0.0/16', 1, 8]", /is not a valid CIDR block$/],
  ["!Cidr ['10.0.0.0/16', 0, 8]", /count must be between 1 and 256/],
  ["!Transform {Name: x}", /^NotSimulated: Keyhole does not simulate Fn::Transform\.$/],
  ["{Fn::Nonsense: 1}", /Encountered unsupported function: Fn::Nonsense$/],
  ["!Equals [a, b]", /Fn::Equals can only be used in the Conditions section/],
])("%s is refused", (written, text) => expect(valueOf(written)).toMatch(text));

test.each<[string, string[]]>([
  ["!GetAtt Later.Arn", ["Later.Arn"]],
  ["!Sub 'x ${Later.Arn} ${Later.Id}'", ["Later.Arn", "Later.Id"]],
  ["!Join ['', [a, !GetAtt Later.Arn]]", ["Later.Arn"]],
  ["!Select [0, !Split [':', !GetAtt Later.Arn]]", ["Later.Arn"]],
  ["{a: [!GetAtt Later.Arn]}", ["Later.Arn"]],
])("%s is not known before it is there", (written, from) => {
  const value = valueOf(written) as Json;
  expect(unknownIn(value)).toEqual(from);
  expect(JSON.stringify(printed(value))).toContain("{{changeSet:KNOWN_AFTER_APPLY}}");
});
