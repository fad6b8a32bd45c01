import { database, instanceAttributes } from "../rds/database";

/** Source: CloudFormation Template Reference, AWS::DocDB::DBInstance. DocumentDB answers at RDS's address. */
export const docDbInstance = database({
  type: "AWS::DocDB::DBInstance",
  noun: "DBInstance",
  properties: { AutoMinorVersionUpgrade: "Boolean", AvailabilityZone: "String", DBClusterIdentifier: "String!", DBInstanceClass: "String!", DBInstanceIdentifier: "String", Tags: "List" },
  always: { Engine: "docdb" },
  createOnly: ["AvailabilityZone", "DBClusterIdentifier", "DBInstanceIdentifier"],
  modify: ["DBInstanceClass"],
  secure: false,
  attributes: instanceAttributes,
  read: () => ({}),
});
