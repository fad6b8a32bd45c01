import { expect, test } from "vitest";
import { runInLab, testRecorded, testVectors } from "../recorded-cases.test-helper";
import lifecycle from "./vectors/lifecycle.json";

testRecorded("kms", [
  ...["aliases", "dry_run", "grants", "import", "keys", "multi_region", "pagination", "policy", "rotation", "states", "tags", "usage"],
  ...["encrypt", "data_keys", "mac", "sign", "random"],
]);
testVectors("vectors/lifecycle.json", lifecycle);

test("a case that does not hold fails, and says where", async () => {
  const wrong = {
    id: "wrong",
    service: "kms",
    topic: "",
    title: "",
    evidence: "",
    source: "",
    steps: [{ call: "kms.CreateKey" }, { call: "kms.ListKeys", expect: { len: { Keys: 2 } } }],
  };
  await expect(runInLab(wrong)).rejects.toThrow("wrong, step 2 (kms.ListKeys): length of Keys is not 2");
});
