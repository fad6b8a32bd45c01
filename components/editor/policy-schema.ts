/**
 * What the elements of a policy are, for the editor's hover and as a JSON schema. What is right and wrong is said by the
 * engine's own checks (`policyWarnings`), which know more than a schema can say.
 * Source: IAM User Guide, "IAM JSON policy element reference".
 */

const oneOrMore = (description: string) => ({
  description,
  anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
});

const principal = (description: string) => ({
  description,
  anyOf: [
    { const: "*" },
    {
      type: "object",
      properties: {
        AWS: oneOrMore("Accounts, users, roles and role sessions, by ARN; an account also by its 12 digits."),
        Service: oneOrMore("AWS services, by their principal name: ssm.amazonaws.com."),
        Federated: oneOrMore("Identity providers, by ARN or domain name."),
        CanonicalUser: oneOrMore("Accounts, by the canonical user ID that Amazon S3 uses."),
      },
    },
  ],
});

const statement = {
  type: "object",
  properties: {
    Sid: { type: "string", description: "A name for the statement, unique in its policy. It has no effect." },
    Effect: { enum: ["Allow", "Deny"], description: "Whether the statement allows or denies. A Deny that matches beats every Allow." },
    Principal: principal("Whom the statement is about. Only in policies that hang on a resource: key policies, trust policies."),
    NotPrincipal: principal("Everybody but these. Meant for Deny; with Allow it lets in the whole world but these."),
    Action: oneOrMore("What may or may not be done: service, colon, action; * and ? stand for any characters."),
    NotAction: oneOrMore("Every action but these."),
    Resource: oneOrMore("The resources, by ARN. In a key policy, * means this key."),
    NotResource: oneOrMore("Every resource but these."),
    Condition: {
      type: "object",
      description: "When the statement counts: operator, then condition key, then values. All operators and keys must agree; of one key's values, one must.",
      additionalProperties: { type: "object" },
    },
  },
};

export const policySchema = {
  type: "object",
  properties: {
    Version: {
      enum: ["2012-10-17", "2008-10-17"],
      description: "Version of the policy language, not of your policy. Variables need 2012-10-17.",
    },
    Id: { type: "string", description: "A name for the policy. It has no effect." },
    Statement: {
      description: "What is allowed and denied. Each statement is looked at by itself.",
      anyOf: [statement, { type: "array", items: statement }],
    },
  },
};
