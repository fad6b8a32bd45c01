import { type Aws, differs, pick, type Properties, type ResourceType, tagChanges } from "../type";

const settings = ["AllowVersionUpgrade", "AutomatedSnapshotRetentionPeriod", "ClusterType", "ClusterVersion", "EnhancedVpcRouting", "ManageMasterPassword", "MasterPasswordSecretKmsKeyId", "MasterUserPassword", "NodeType", "NumberOfNodes", "PubliclyAccessible"];

const describe = (aws: Aws, ClusterIdentifier: string): Properties | undefined => aws.find("redshift", "DescribeClusters", { ClusterIdentifier })?.Clusters?.[0];

const attributes = ({ Endpoint, MasterPasswordSecretArn, ClusterNamespaceArn }: Properties): Properties => ({
  "Endpoint.Address": Endpoint?.Address,
  "Endpoint.Port": Endpoint?.Port === undefined ? undefined : String(Endpoint.Port),
  MasterPasswordSecretArn,
  ClusterNamespaceArn,
});

/** Source: CloudFormation Template Reference, AWS::Redshift::Cluster. */
export const redshiftCluster: ResourceType = {
  type: "AWS::Redshift::Cluster",
  properties: {
    AllowVersionUpgrade: "Boolean", AutomatedSnapshotRetentionPeriod: "Number", AvailabilityZone: "String", ClusterIdentifier: "String", ClusterSubnetGroupName: "String", ClusterType: "String!", ClusterVersion: "String", DBName: "String!",
    Encrypted: "Boolean", EnhancedVpcRouting: "Boolean", KmsKeyId: "String", ManageMasterPassword: "Boolean", MasterPasswordSecretKmsKeyId: "String", MasterUserPassword: "String", MasterUsername: "String!", NodeType: "String!",
    NumberOfNodes: "Number", Port: "Number", PubliclyAccessible: "Boolean", Tags: "List", VpcSecurityGroupIds: "List",
  },
  createOnly: ["ClusterIdentifier", "ClusterSubnetGroupName", "DBName", "MasterUsername"],
  attributes: Object.keys(attributes({})),
  name: { property: "ClusterIdentifier", max: 63, lower: true },
  tags: "list",
  secure: ["/MasterUserPassword"],
  writeOnly: ["ClusterType", "ManageMasterPassword", "MasterUserPassword"],
  create(aws, properties) {
    const id = String(properties.ClusterIdentifier ?? aws.name(63)).toLowerCase();
    aws.call("redshift", "CreateCluster", { ...pick(properties, ...Object.keys(redshiftCluster.properties)), ClusterIdentifier: id });
    return { id };
  },
  ready(aws, id) {
    const found = describe(aws, id);
    return found?.ClusterStatus === "available" ? attributes(found) : false;
  },
  update(aws, id, next, previous) {
    const changed = settings.filter((name) => differs(next[name], previous[name]) && next[name] !== undefined);
    if (changed.length) aws.call("redshift", "ModifyCluster", { ClusterIdentifier: id, ...pick(next, ...changed) });
    const { add, remove } = tagChanges(next.Tags, previous.Tags);
    const ResourceName = `arn:aws:redshift:${aws.region}:${aws.account}:cluster:${id}`;
    if (remove.length) aws.call("redshift", "DeleteTags", { ResourceName, TagKeys: remove });
    if (add.length) aws.call("redshift", "CreateTags", { ResourceName, Tags: add as never });
    const found = describe(aws, id);
    return found && attributes(found);
  },
  remove(aws, id) {
    const found = describe(aws, id);
    if (!found || found.ClusterStatus === "deleting") return;
    aws.remove("redshift", "DeleteCluster", { ClusterIdentifier: id, ...(aws.deletionPolicy === "Snapshot" && found.ClusterStatus === "available" ? { FinalClusterSnapshotIdentifier: `${id}-snapshot-${aws.suffix(12).toLowerCase()}`, SkipFinalClusterSnapshot: false } : { SkipFinalClusterSnapshot: true }) });
  },
  gone: (aws, id) => describe(aws, id) === undefined,
  read(aws, id, { KmsKeyId }) {
    const found = describe(aws, id);
    const { Tags: tags, Endpoint, VpcSecurityGroups = [] } = found ?? {};
    return found && {
      ...pick(found, ...Object.keys(redshiftCluster.properties).filter((name) => name !== "Tags")),
      ...(tags?.length ? { Tags: tags } : {}),
      ...(Endpoint?.Port === undefined ? {} : { Port: Endpoint.Port }),
      ...(VpcSecurityGroups.length ? { VpcSecurityGroupIds: VpcSecurityGroups.map(({ VpcSecurityGroupId }: Properties) => VpcSecurityGroupId) } : {}),
      ...(typeof KmsKeyId === "string" && (KmsKeyId.startsWith("alias/") || String(found.KmsKeyId).endsWith(`/${KmsKeyId}`)) ? { KmsKeyId } : {}),
    };
  },
};
