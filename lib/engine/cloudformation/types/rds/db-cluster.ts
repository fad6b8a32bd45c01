import { clusterAttributes, database } from "./database";

/** Source: CloudFormation Template Reference, AWS::RDS::DBCluster. */
export const dbCluster = database({
  type: "AWS::RDS::DBCluster",
  noun: "DBCluster",
  properties: {
    AvailabilityZones: "List", BackupRetentionPeriod: "Number", CopyTagsToSnapshot: "Boolean", DBClusterIdentifier: "String", DBSubnetGroupName: "String", DatabaseName: "String", DeletionProtection: "Boolean",
    EnableHttpEndpoint: "Boolean", EnableIAMDatabaseAuthentication: "Boolean", Engine: "String", EngineMode: "String", EngineVersion: "String", KmsKeyId: "String", ManageMasterUserPassword: "Boolean", MasterUserPassword: "String",
    MasterUserSecret: "Object", MasterUsername: "String", Port: "Number", ServerlessV2ScalingConfiguration: "Object", StorageEncrypted: "Boolean", Tags: "List", VpcSecurityGroupIds: "List",
  },
  createOnly: ["AvailabilityZones", "DBClusterIdentifier", "DBSubnetGroupName", "DatabaseName", "EngineMode", "KmsKeyId", "MasterUsername", "StorageEncrypted"],
  modify: ["BackupRetentionPeriod", "CopyTagsToSnapshot", "DeletionProtection", "EnableHttpEndpoint", "EnableIAMDatabaseAuthentication", "EngineVersion", "ManageMasterUserPassword", "MasterUserPassword", "Port"],
  secure: true,
  attributes: clusterAttributes,
  read: () => ({}),
});
