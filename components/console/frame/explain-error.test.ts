import { expect, test } from "vitest";
import { explainError } from "./explain-error";

test.each([
  [
    "AccessDeniedException",
    "User: x is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
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
  ["AccessDeniedException", "You don't have permissions to access this resource.", /management account/],
  ["MalformedPolicyDocumentException", "The provided policy document does not meet the requirements of the specified policy type.", /Organizations/],
  ["MalformedPolicyDocument", 'Invalid principal in policy: "AWS":"x"', /does not exist/],
  ["MalformedPolicyDocument", "Syntax errors in policy.", /IAM takes/],
  ["NoSuchEntity", "The user with name x cannot be found.", /no such thing/],
  ["DeleteConflict", "Cannot delete entity, must detach all policies first.", /still hangs/],
  ["SomethingElse", "", /AWS refused PutKeyPolicy/],
])("%s: %s", (code, message, meaning) => {
  const said = explainError("kms", "PutKeyPolicy", code, message);
  expect(said.meaning).toMatch(meaning);
  expect(said.remedy).not.toBe("");
});
