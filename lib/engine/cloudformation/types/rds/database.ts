import { type Aws, differs, pick, type Properties, type ResourceType, tagChanges } from "../type";

/** What RDS's and DocumentDB's instances and clusters have in common: the same service answers for all of them. */
interface Kind {
  type: string;
  /** `DBInstance`, `DBCluster`. */
  noun: "DBInstance" | "DBCluster";
  properties: ResourceType["properties"];
  createOnly: string[];
  /** Properties that a change may set. */
  modify: string[];
  notSimulated?: string[];
  /** Members of every creation. */
  always?: Properties;
  secure: boolean;
  attributes(found: Properties): Properties;
  read(found: Properties): Properties;
}

export function database(kind: Kind): ResourceType {
  const { noun } = kind;
  const idName = `${noun}Identifier`;
  const describe = (aws: Aws, id: string): Properties | undefined => aws.find("rds", `Describe${noun}s`, { [idName]: id })?.[`${noun}s`]?.[0];
  return {
    type: kind.type,
    properties: kind.properties,
    createOnly: kind.createOnly,
    notSimulated: kind.notSimulated,
    attributes: Object.keys(kind.attributes({})),
    name: { property: idName, max: 63, lower: true },
    tags: "list",
    writeOnly: ["MasterUserPassword", "ManageMasterUserPassword", "MasterUserSecret", "DeleteAutomatedBackups", "AllowMajorVersionUpgrade"],
    // Of RDS alone. Source: CloudFormation Template Reference, "DeletionPolicy attribute".
    ...(kind.secure ? { secure: ["/MasterUserPassword"], deletionPolicy: "Snapshot" as const } : {}),
    create(aws, properties) {
      const id = String(properties[idName] ?? aws.name(63)).toLowerCase();
      const { MasterUserSecret, VPCSecurityGroups, VpcSecurityGroupIds = VPCSecurityGroups, ...rest } = properties;
      aws.call("rds", `Create${noun}`, { ...kind.always, ...pick(rest, ...Object.keys(kind.properties).filter((name) => name !== "DeleteAutomatedBackups")), [idName]: id, ...(VpcSecurityGroupIds ? { VpcSecurityGroupIds } : {}), ...(MasterUserSecret?.KmsKeyId ? { MasterUserSecretKmsKeyId: MasterUserSecret.KmsKeyId } : {}) });
      return { id };
    },
    ready(aws, id) {
      const found = describe(aws, id);
      const status = found?.[noun === "DBInstance" ? "DBInstanceStatus" : "Status"];
      return found && status === "available" ? kind.attributes(found) : false;
    },
    update(aws, id, next, previous) {
      const changed = kind.modify.filter((name) => differs(next[name], previous[name]) && next[name] !== undefined);
      if (changed.length) aws.call("rds", `Modify${noun}`, { [idName]: id, ...pick(next, ...changed), ApplyImmediately: true });
      const { add, remove } = tagChanges(next.Tags, previous.Tags);
      const found = describe(aws, id);
      const ResourceName = found?.[`${noun}Arn`];
      if (remove.length) aws.call("rds", "RemoveTagsFromResource", { ResourceName, TagKeys: remove });
      if (add.length) aws.call("rds", "AddTagsToResource", { ResourceName, Tags: add as never });
      return found && kind.attributes(found);
    },
    remove(aws, id, { DBClusterIdentifier }) {
      const found = describe(aws, id);
      if (!found || found[noun === "DBInstance" ? "DBInstanceStatus" : "Status"] === "deleting") return;
      // Members of a cluster have no snapshots of their own, and what never came up has nothing in it.
      const snapshot = aws.deletionPolicy === "Snapshot" && found[noun === "DBInstance" ? "DBInstanceStatus" : "Status"] === "available" && !(noun === "DBInstance" && (DBClusterIdentifier || found.DBClusterIdentifier));
      aws.remove("rds", `Delete${noun}`, { [idName]: id, ...(snapshot ? { FinalDBSnapshotIdentifier: `${id}-snapshot-${aws.suffix(12).toLowerCase()}`, SkipFinalSnapshot: false } : { SkipFinalSnapshot: true }) });
    },
    gone: (aws, id) => describe(aws, id) === undefined,
    read(aws, id, properties) {
      const found = describe(aws, id);
      return found && asWritten(properties, { ...pick(found, ...Object.keys(kind.properties)), ...surroundings(found), [idName]: id, ...(found.TagList?.length ? { Tags: found.TagList } : {}), ...kind.read(found) }, kind.properties);
    },
  };
}

/** What the API shows in another form than templates have it. */
function surroundings({ VpcSecurityGroups = [], DBSubnetGroup, DBParameterGroups, IAMDatabaseAuthenticationEnabled }: Properties): Properties {
  const groups = VpcSecurityGroups.map(({ VpcSecurityGroupId }: Properties) => VpcSecurityGroupId);
  return {
    ...(groups.length ? { VPCSecurityGroups: groups, VpcSecurityGroupIds: groups } : {}),
    ...(DBSubnetGroup ? { DBSubnetGroupName: DBSubnetGroup.DBSubnetGroupName ?? DBSubnetGroup } : {}),
    ...(DBParameterGroups?.length ? { DBParameterGroupName: DBParameterGroups[0].DBParameterGroupName } : {}),
    ...(IAMDatabaseAuthenticationEnabled === undefined ? {} : { EnableIAMDatabaseAuthentication: IAMDatabaseAuthenticationEnabled }),
  };
}

/** Values that mean the same as the template's are as the template writes them: `8.4` for `8.4.7`, a key's id for its ARN, a name in capitals. */
function asWritten(template: Properties, found: Properties, kinds: Kind["properties"]): Properties {
  const out: Properties = {};
  for (const [name, value] of Object.entries(found)) {
    if (!Object.hasOwn(kinds, name)) continue;
    const wanted = template[name];
    const text = kinds[name].startsWith("String") && typeof value === "number" ? String(value) : value;
    const same =
      (name === "EngineVersion" && String(text).startsWith(`${wanted}.`)) || (name === "KmsKeyId" && typeof wanted === "string" && (wanted.startsWith("alias/") || String(text).endsWith(`/${wanted}`))) ||
      (/(Identifier|Window)$/.test(name) && String(wanted).toLowerCase() === text);
    out[name] = same ? wanted : text;
  }
  return out;
}

/** Attributes of an instance, those that it has by now. */
export const instanceAttributes = ({ Endpoint, DBInstanceArn, DbiResourceId, MasterUserSecret }: Properties): Properties => ({
  "Endpoint.Address": Endpoint?.Address,
  "Endpoint.Port": Endpoint?.Port === undefined ? undefined : String(Endpoint.Port),
  DBInstanceArn,
  DbiResourceId,
  "MasterUserSecret.SecretArn": MasterUserSecret?.SecretArn,
});

export const clusterAttributes = ({ Endpoint, ReaderEndpoint, Port, DBClusterArn, DbClusterResourceId, MasterUserSecret }: Properties): Properties => ({
  "Endpoint.Address": Endpoint,
  "Endpoint.Port": Port === undefined ? undefined : String(Port),
  "ReadEndpoint.Address": ReaderEndpoint,
  DBClusterArn,
  DBClusterResourceId: DbClusterResourceId,
  "MasterUserSecret.SecretArn": MasterUserSecret?.SecretArn,
});
