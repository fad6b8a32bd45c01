/** The heart of a program that reads a secret, in the five languages of the console. Words and code are ours. */
export interface Sample {
  id: string;
  name: string;
  /** Where it can be run here: the Code tab, a Lambda function. */
  runs?: string;
  code: string;
}

/** `name` and `region` stand in the code as texts of their language; all five take a JSON text's escapes. */
export function samplesOf(name: string, region: string): Sample[] {
  const secret = JSON.stringify(name);
  const place = JSON.stringify(region);
  return [
    {
      id: "python3", name: "Python 3", runs: "in a Lambda function",
      code: `import boto3
from botocore.exceptions import ClientError

client = boto3.client("secretsmanager", region_name=${place})


def get_secret():
    try:
        answer = client.get_secret_value(SecretId=${secret})
    except ClientError as error:
        # The code says why: ResourceNotFoundException, AccessDeniedException, DecryptionFailure...
        raise error
    return answer["SecretString"]
`,
    },
    {
      id: "javascript", name: "JavaScript", runs: "in the Code tab and in a Lambda function",
      code: `import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

const client = new SecretsManagerClient({ region: ${place} });

export async function getSecret() {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: ${secret} }));
  return SecretString;
}
`,
    },
    {
      id: "java", name: "Java",
      code: `import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

final class Secrets {
    private static final SecretsManagerClient client =
            SecretsManagerClient.builder().region(Region.of(${place})).build();

    static String read() {
        return client.getSecretValue(request -> request.secretId(${secret})).secretString();
    }
}
`,
    },
    {
      id: "csharp", name: "C#",
      code: `using Amazon;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;

static async Task<string> ReadSecret()
{
    using var client = new AmazonSecretsManagerClient(RegionEndpoint.GetBySystemName(${place}));
    var answer = await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = ${secret} });
    return answer.SecretString;
}
`,
    },
    {
      id: "go", name: "Go",
      code: `package secrets

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

func Read(ctx context.Context) (string, error) {
	settings, err := config.LoadDefaultConfig(ctx, config.WithRegion(${place}))
	if err != nil {
		return "", err
	}
	answer, err := secretsmanager.NewFromConfig(settings).GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: aws.String(${secret})})
	if err != nil {
		return "", err
	}
	return *answer.SecretString, nil
}
`,
    },
  ];
}
