/** Templates to begin with, in the CloudFormation console. They and their words are ours. */
export interface SampleTemplate {
  id: string;
  name: string;
  /** What it makes, and what it needs. */
  what: string;
  text: string;
}

const parameters = `AWSTemplateFormatVersion: 2010-09-09
Description: What an application reads from Parameter Store, for one stage.

Parameters:
  Stage:
    Type: String
    AllowedValues: [dev, prod]
    Default: dev
    Description: Part of every name, so that both stages can stand side by side.
  DatabaseUrl:
    Type: String
    Default: dev.database.example.com:3306

Resources:
  Url:
    Type: AWS::SSM::Parameter
    Properties:
      Name: !Sub /my-app/\${Stage}/db-url
      Type: String
      Value: !Ref DatabaseUrl
      Description: Where the database is

Outputs:
  Name:
    Description: Ask Parameter Store for this
    Value: !Ref Url
`;

const stored = `AWSTemplateFormatVersion: 2010-09-09
Description: Reads a value from Parameter Store, once as a parameter of the stack and once by a dynamic reference.

Parameters:
  DatabaseUrl:
    Type: AWS::SSM::Parameter::Value<String>
    Default: /my-app/dev/db-url
    Description: The name of a parameter. CloudFormation puts its value here, each time the stack is created or updated.

Resources:
  Connection:
    Type: AWS::SSM::Parameter
    Properties:
      Name: /my-app/dev/connection
      Type: String
      Value: !Sub mysql://\${DatabaseUrl}/shop
  Copy:
    Type: AWS::SSM::Parameter
    Properties:
      Name: /my-app/dev/copy-of-url
      Type: String
      Value: "{{resolve:ssm:/my-app/dev/db-url}}"

Outputs:
  Connection:
    Value: !GetAtt Connection.Value
`;

const key = `AWSTemplateFormatVersion: 2010-09-09
Description: A customer managed key with an alias, that rotates every year.

Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      Description: Parameters and secrets of my-app
      EnableKeyRotation: true
      PendingWindowInDays: 7
      KeyPolicy:
        Version: 2012-10-17
        Statement:
          - Sid: AccountDecidesByIAM
            Effect: Allow
            Principal: { AWS: !Sub "arn:aws:iam::\${AWS::AccountId}:root" }
            Action: kms:*
            Resource: "*"
  Alias:
    Type: AWS::KMS::Alias
    Properties:
      AliasName: alias/my-app
      TargetKeyId: !Ref Key

Outputs:
  KeyArn:
    Value: !GetAtt Key.Arn
    Export: { Name: my-app-key }
`;

const secret = `AWSTemplateFormatVersion: 2010-09-09
Description: A secret whose password nobody has chosen. CloudFormation cannot make a SecureString parameter; this it can.

Resources:
  Database:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    Properties:
      Name: my-app/db
      Description: The application's login
      GenerateSecretString:
        SecretStringTemplate: '{"username": "app"}'
        GenerateStringKey: password
        PasswordLength: 32
        ExcludeCharacters: "\\"@/\\\\"

Outputs:
  Arn:
    Description: Ask Secrets Manager for this
    Value: !Ref Database
`;

const reader = `AWSTemplateFormatVersion: 2010-09-09
Description: The notes' function, with a role that may read the parameters of my-app and nothing else.

Parameters:
  Stage:
    Type: String
    AllowedValues: [dev, prod]
    Default: dev

Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: { Service: lambda.amazonaws.com }
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
      Policies:
        - PolicyName: read-my-app
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - Effect: Allow
                Action: ssm:GetParameters
                Resource: !Sub "arn:aws:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/my-app/*"
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.lambda_handler
      Role: !GetAtt Role.Arn
      Environment:
        Variables: { DEV_OR_PROD: !Ref Stage }
      Code:
        ZipFile: |
          import os
          import boto3

          ssm = boto3.client("ssm")

          def lambda_handler(event, context):
              stage = os.environ["DEV_OR_PROD"]
              answer = ssm.get_parameters(Names=[f"/my-app/{stage}/db-url"])
              return [parameter["Value"] for parameter in answer["Parameters"]]

Outputs:
  FunctionName:
    Value: !Ref Function
`;

const broken = `AWSTemplateFormatVersion: 2010-09-09
Description: Two parameters of which the second cannot be made. The stack rolls back, and takes the first with it.

Resources:
  First:
    Type: AWS::SSM::Parameter
    Properties:
      Name: /rollback/first
      Type: String
      Value: made, and taken back
  Second:
    Type: AWS::SSM::Parameter
    DependsOn: First
    Properties:
      # Names that begin with aws belong to AWS.
      Name: /aws/second
      Type: String
      Value: refused
`;

export const sampleTemplates: readonly SampleTemplate[] = [
  { id: "parameters", name: "Parameters of an application", what: "One parameter in Parameter Store, for dev or for prod.", text: parameters },
  { id: "stored", name: "Values from Parameter Store", what: "Reads /my-app/dev/db-url, which must be there: make it with the sample above, or by hand.", text: stored },
  { id: "key", name: "A KMS key and its alias", what: "A customer managed key with a policy that leaves the rest to IAM.", text: key },
  { id: "secret", name: "A secret with a generated password", what: "A secret in Secrets Manager that stays when the stack goes.", text: secret },
  { id: "reader", name: "The function that reads parameters", what: "A role, and a function in Python that reads what the first sample makes.", text: reader },
  { id: "rollback", name: "A stack that rolls back", what: "Its second resource is refused, so that you see what becomes of the first.", text: broken },
];
