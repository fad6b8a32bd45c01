import { type Aws, type Properties, refuse, type ResourceType } from "../type";

/**
 * Completes a secret with where its database is, so that rotation finds it.
 * Source: CloudFormation Template Reference, AWS::SecretsManager::SecretTargetAttachment; Secrets Manager User Guide, "JSON structure of AWS Secrets Manager secrets".
 */
export const secretTargetAttachment: ResourceType = {
  type: "AWS::SecretsManager::SecretTargetAttachment",
  properties: { SecretId: "String!", TargetId: "String!", TargetType: "String!" },
  attributes: ["Id"],
  create(aws, properties) {
    const ARN = attach(aws, properties);
    return { id: ARN, attributes: { Id: ARN } };
  },
  update(aws, _id, next) {
    attach(aws, next);
  },
  remove(aws, id) {
    const known = aws.find("secretsmanager", "GetSecretValue", { SecretId: id });
    const fields = known && parse(known.SecretString);
    if (!fields) return;
    for (const name of connection) delete fields[name];
    aws.call("secretsmanager", "PutSecretValue", { SecretId: id, SecretString: JSON.stringify(fields) });
  },
  read(aws, id, properties) {
    const known = aws.find("secretsmanager", "GetSecretValue", { SecretId: id });
    return known && parse(known.SecretString)?.host !== undefined ? properties : undefined;
  },
};

const connection = ["engine", "host", "port", "dbname", "dbInstanceIdentifier", "dbClusterIdentifier"];

function parse(text: string | undefined): Properties | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Properties) : undefined;
  } catch {
    return undefined;
  }
}

function attach(aws: Aws, { SecretId, TargetId, TargetType }: Properties): string {
  const { SecretString, ARN } = aws.call("secretsmanager", "GetSecretValue", { SecretId });
  const fields = parse(SecretString) ?? refuse(aws, "The secret's value is not a JSON structure.");
  aws.call("secretsmanager", "PutSecretValue", { SecretId, SecretString: JSON.stringify({ ...fields, ...targetOf(aws, TargetType, TargetId) }) });
  return ARN;
}

/** Where the database is, by its kind. */
function targetOf(aws: Aws, type: string, id: string): Properties {
  switch (type) {
    case "AWS::RDS::DBInstance":
    case "AWS::DocDB::DBInstance": {
      const [found] = aws.call("rds", "DescribeDBInstances", { DBInstanceIdentifier: id }).DBInstances as Properties[];
      return { engine: engineOf(found.Engine), host: found.Endpoint?.Address, port: found.Endpoint?.Port, ...(found.DBName ? { dbname: found.DBName } : {}), dbInstanceIdentifier: id };
    }
    case "AWS::RDS::DBCluster":
    case "AWS::DocDB::DBCluster": {
      const [found] = aws.call("rds", "DescribeDBClusters", { DBClusterIdentifier: id }).DBClusters as Properties[];
      return { engine: engineOf(found.Engine), host: found.Endpoint, port: found.Port, ...(found.DatabaseName ? { dbname: found.DatabaseName } : {}), dbClusterIdentifier: id };
    }
    case "AWS::Redshift::Cluster": {
      const [found] = aws.call("redshift", "DescribeClusters", { ClusterIdentifier: id }).Clusters as Properties[];
      return { engine: "redshift", host: found.Endpoint?.Address, port: found.Endpoint?.Port, ...(found.DBName ? { dbname: found.DBName } : {}), dbClusterIdentifier: id };
    }
    default:
      return refuse(aws, `Target type ${type} is not supported.`);
  }
}

/** As the rotation functions know the engine. */
const engineOf = (engine: string): string => (engine === "docdb" ? "mongo" : engine.replace(/^aurora-postgresql$/, "postgres").replace(/^aurora(-mysql)?$/, "mysql").replace(/^sqlserver-.*$/, "sqlserver").replace(/^oracle-.*$/, "oracle"));
