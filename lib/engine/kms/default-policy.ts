/**
 * The key policy of a key that was made without one: it names the account, so that IAM policies count, and nobody else.
 * Source: KMS Developer Guide, Default key policy; the Sid as on keys made by the API.
 */
export const defaultKeyPolicy = (account: string): string =>
  JSON.stringify(
    {
      Version: "2012-10-17",
      Id: "key-default-1",
      Statement: [
        {
          Sid: "Enable IAM User Permissions",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    },
    null,
    2,
  );
