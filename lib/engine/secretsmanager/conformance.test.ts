import { testRecorded, testVectors } from "../recorded-cases.test-helper";
import own from "./vectors/life.json";

testRecorded("secretsmanager", ["batch", "create", "delete", "list", "policy", "random", "read", "rotation", "tags", "tokens", "versions"]);
testVectors("vectors/life.json", own);
