import { expect, test } from "vitest";
import { matchesLabel } from "./labels";

const acl = "awswaf:111122223333:webacl:T:";
const group = "awswaf:111122223333:rulegroup:G:";

test.each<["LABEL" | "NAMESPACE", string, string, string, boolean]>([
  // scope      key                       the rule's context  label                                       (DG: Label match examples)
  ["LABEL",     "header:encoding:utf8",   acl,   `${acl}header:encoding:utf8`,                 true],
  ["LABEL",     "header:encoding:utf8",   acl,   `${acl}ns1:ns2:header:encoding:utf8`,         true],
  ["LABEL",     "header:encoding:utf8",   acl,   `${acl}header:encoding2:utf8`,                false],
  ["LABEL",     "encoding:utf8",          acl,   `${acl}header:encoding:utf8`,                 true],
  ["LABEL",     "utf8",                   acl,   `${acl}header:encoding:utf8`,                 true],
  ["LABEL",     "utf8",                   acl,   `${acl}header:encoding:xutf8`,                false],
  ["LABEL",     "UTF8",                   acl,   `${acl}utf8`,                                 false],
  ["LABEL",     "utf8",                   acl,   `${group}utf8`,                               false],
  ["LABEL",     `${group}utf8`,           acl,   `${group}utf8`,                               true],
  ["LABEL",     `${group}utf8`,           acl,   `${group}ns:utf8`,                            false],
  ["LABEL",     "utf8",                   group, `${group}utf8`,                               true],
  ["NAMESPACE", "header:",                acl,   `${acl}header:encoding:utf8`,                 true],
  ["NAMESPACE", "encoding:",              acl,   `${acl}header:encoding:utf8`,                 true],
  ["NAMESPACE", "header:encoding:",       acl,   `${acl}header:encoding:utf8`,                 true],
  ["NAMESPACE", "head:",                  acl,   `${acl}header:encoding:utf8`,                 false],
  ["NAMESPACE", "eader:",                 acl,   `${acl}header:encoding:utf8`,                 false],
  ["NAMESPACE", "utf8:",                  acl,   `${acl}header:encoding:utf8`,                 false],
  ["NAMESPACE", "header:utf8:",           acl,   `${acl}header:encoding:utf8:x`,               false],
  ["NAMESPACE", "awswaf:managed:aws:",    acl,   "awswaf:managed:aws:core-rule-set:X",         true],
  ["NAMESPACE", "aws:",                   acl,   "awswaf:managed:aws:core-rule-set:X",         false],
])("%s %s in %s: %s", (Scope, Key, context, label, expected) => expect(matchesLabel({ Scope, Key }, context)(label)).toBe(expected));
