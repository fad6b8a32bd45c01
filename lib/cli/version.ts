/** The AWS CLI whose behaviour is followed, as `aws --version` and CloudTrail name it. */
export const cliVersion = "aws-cli/2.34.0";
