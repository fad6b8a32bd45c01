import { expect, test } from "vitest";
import { explainError } from "./explain-error";

test.each([
  [
    "AccessDeniedException",
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
    /behind this ciphertext/,
  ],
  [
    "AccessDeniedException",
    "User: x is not authorized to perform: kms:Decrypt on resource: y with an explicit deny in a resource-based policy",
    /denies this outright/,
  ],
  [
    "AccessDeniedException",
    "User: x is not authorized to perform: kms:Decrypt on resource: y because no resource-based policy allows the kms:Decrypt action",
    /own policy/,
  ],
  [
    "AccessDeniedException",
    "User: x is not authorized to perform: ssm:GetParameter on resource: y because no identity-based policy allows the ssm:GetParameter action",
    /Nothing allows/,
  ],
  [
    "MalformedPolicyDocumentException",
    "The new key policy will not allow you to update the key policy in the future.",
    /never change it again/,
  ],
  ["MalformedPolicyDocumentException", "Policy contains a statement with one or more invalid principals.", /does not exist/],
  [
    "AccessDeniedException",
    "User: x is not authorized to perform: kms:Decrypt on resource: y because no identity-based policy allows the kms:Decrypt action (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: z; Proxy: null)",
    /asked KMS/,
  ],
  ["AccessDeniedException", "No access to reserved parameter name: aws/x.", /belong to AWS/],
  ["SomethingElse", "", /AWS refused PutKeyPolicy/],
])("%s: %s", (code, message, meaning) => {
  const said = explainError("kms", "PutKeyPolicy", code, message);
  expect(said.meaning).toMatch(meaning);
  expect(said.remedy).not.toBe("");
});
