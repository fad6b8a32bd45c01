import { testRecorded, testVectors } from "../recorded-cases.test-helper";
import own from "./vectors/life.json";

testRecorded("wafv2", ["capacity", "ip_set", "locks", "managed", "rule_group", "validation", "web_acl"]);
testVectors("vectors/life.json", own);
