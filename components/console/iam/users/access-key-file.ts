export interface NewAccessKey {
  UserName: string;
  AccessKeyId: string;
  SecretAccessKey: string;
}

/** The file that the AWS console hands out: a byte order mark, a head and one row. `aws configure import` reads it. */
export const accessKeyCsv = ({ AccessKeyId, SecretAccessKey }: NewAccessKey): string =>
  `\uFEFFAccess key ID,Secret access key\r\n${AccessKeyId},${SecretAccessKey}\r\n`;

/** What makes the terminal call with this key, under a profile of the user's name. */
export const configureCommands = ({ UserName, AccessKeyId, SecretAccessKey }: NewAccessKey): string =>
  [
    `aws configure set aws_access_key_id ${AccessKeyId} --profile ${UserName}`,
    `aws configure set aws_secret_access_key ${SecretAccessKey} --profile ${UserName}`,
    `aws sts get-caller-identity --profile ${UserName}`,
  ].join("\n");
