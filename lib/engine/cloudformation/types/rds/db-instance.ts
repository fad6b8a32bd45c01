import { database, instanceAttributes } from "./database";

/** Source: CloudFormation Template Reference, AWS::RDS::DBInstance. */
export const dbInstance = database({
  type: "AWS::RDS::DBInstance",
  noun: "DBInstance",
  properties: {
    AllocatedStorage: "String", AllowMajorVersionUpgrade: "Boolean", AutoMinorVersionUpgrade: "Boolean", AvailabilityZone: "String", BackupRetentionPeriod: "Number", CopyTagsToSnapshot: "Boolean", DBClusterIdentifier: "String",
    DBInstanceClass: "String", DBInstanceIdentifier: "String", DBName: "String", DBParameterGroupName: "String", DBSubnetGroupName: "String", DeleteAutomatedBackups: "Boolean", DeletionProtection: "Boolean",
    EnableIAMDatabaseAuthentication: "Boolean", Engine: "String", EngineVersion: "String", KmsKeyId: "String", LicenseModel: "String", ManageMasterUserPassword: "Boolean", MasterUserPassword: "String", MasterUserSecret: "Object",
    MasterUsername: "String", MultiAZ: "Boolean", Port: "String", PubliclyAccessible: "Boolean", StorageEncrypted: "Boolean", StorageType: "String", Tags: "List", VPCSecurityGroups: "List",
  },
  createOnly: ["DBClusterIdentifier", "DBInstanceIdentifier", "DBName", "DBSubnetGroupName", "Engine", "KmsKeyId", "MasterUsername", "StorageEncrypted"],
  modify: ["AllocatedStorage", "AllowMajorVersionUpgrade", "AutoMinorVersionUpgrade", "BackupRetentionPeriod", "CopyTagsToSnapshot", "DBInstanceClass", "DeletionProtection", "EnableIAMDatabaseAuthentication", "EngineVersion", "ManageMasterUserPassword", "MasterUserPassword", "MultiAZ", "PubliclyAccessible", "StorageType"],
  secure: true,
  attributes: instanceAttributes,
  read: ({ Endpoint }) => (Endpoint?.Port === undefined ? {} : { Port: String(Endpoint.Port) }),
});
