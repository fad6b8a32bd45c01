import { clusterAttributes, database } from "../rds/database";

/** Source: CloudFormation Template Reference, AWS::DocDB::DBCluster. DocumentDB answers at RDS's address. */
export const docDbCluster = database({
  type: "AWS::DocDB::DBCluster",
  noun: "DBCluster",
  properties: {
    AvailabilityZones: "List", BackupRetentionPeriod: "Number", DBClusterIdentifier: "String", DBSubnetGroupName: "String", DeletionProtection: "Boolean", EngineVersion: "String", KmsKeyId: "String", ManageMasterUserPassword: "Boolean",
    MasterUserPassword: "String", MasterUsername: "String", Port: "Number", StorageEncrypted: "Boolean", Tags: "List", VpcSecurityGroupIds: "List",
  },
  always: { Engine: "docdb" },
  createOnly: ["AvailabilityZones", "DBClusterIdentifier", "DBSubnetGroupName", "KmsKeyId", "MasterUsername", "StorageEncrypted"],
  modify: ["BackupRetentionPeriod", "DeletionProtection", "EngineVersion", "ManageMasterUserPassword", "MasterUserPassword", "Port"],
  secure: false,
  attributes: clusterAttributes,
  read: () => ({}),
});
