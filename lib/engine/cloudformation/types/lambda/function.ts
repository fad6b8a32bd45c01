import { zipSync } from "fflate";
import { toBase64, utf8 } from "../../../crypto/bytes";
import { type Aws, differs, pick, type Properties, refuse, type ResourceType, tagChanges } from "../type";

const configuration = ["Description", "Environment", "Handler", "KmsKeyArn", "MemorySize", "Role", "Runtime", "Timeout"];

/** Source: CloudFormation Template Reference, AWS::Lambda::Function; its property Code (ZipFile: the source text of a file `index`). */
export const lambdaFunction: ResourceType = {
  type: "AWS::Lambda::Function",
  properties: {
    Architectures: "List", Code: "Object!", Description: "String", Environment: "Object", FunctionName: "String", Handler: "String", KmsKeyArn: "String", MemorySize: "Number", PackageType: "String",
    ReservedConcurrentExecutions: "Number", Role: "String!", Runtime: "String", Tags: "List", Timeout: "Number",
  },
  notSimulated: ["CapacityProviderConfig", "CodeSigningConfigArn", "DeadLetterConfig", "DurableConfig", "EphemeralStorage", "FileSystemConfigs", "FunctionScalingConfig", "ImageConfig", "Layers", "LoggingConfig", "RecursiveLoop", "RuntimeManagementConfig", "SnapStart", "TenancyConfig", "TracingConfig", "VpcConfig"],
  createOnly: ["FunctionName", "PackageType"],
  attributes: ["Arn"],
  name: { property: "FunctionName", max: 64 },
  tags: "list",
  writeOnly: ["Code"],
  create(aws, properties) {
    const { FunctionName, FunctionArn } = aws.call("lambda", "CreateFunction", {
      FunctionName: properties.FunctionName ?? aws.name(64),
      Code: { ZipFile: packageOf(aws, properties) },
      ...pick(properties, ...configuration.filter((name) => name !== "KmsKeyArn"), "Architectures", "PackageType"),
      ...(properties.KmsKeyArn === undefined ? {} : { KMSKeyArn: properties.KmsKeyArn }),
      ...(properties.Tags?.length ? { Tags: tagMap(properties.Tags) } : {}),
    });
    aws.created(FunctionName);
    concurrency(aws, FunctionName, properties, {});
    return { id: FunctionName, attributes: { Arn: FunctionArn } };
  },
  ready(aws, id) {
    const { State = "Active", LastUpdateStatus = "Successful", StateReason, LastUpdateStatusReason } = aws.call("lambda", "GetFunctionConfiguration", { FunctionName: id }) as Properties;
    if (State === "Failed" || LastUpdateStatus === "Failed") refuse(aws, StateReason ?? LastUpdateStatusReason ?? "The function failed.", "NotStabilized");
    return State !== "Pending" && LastUpdateStatus !== "InProgress";
  },
  update(aws, id, next, previous) {
    if (differs(next.Code, previous.Code) || differs(next.Runtime, previous.Runtime) || differs(next.Architectures, previous.Architectures)) aws.call("lambda", "UpdateFunctionCode", { FunctionName: id, ZipFile: packageOf(aws, next), ...pick(next, "Architectures") });
    const changed = configuration.filter((name) => differs(next[name], previous[name]));
    if (changed.length) aws.call("lambda", "UpdateFunctionConfiguration", { FunctionName: id, ...settings(changed, next) });
    concurrency(aws, id, next, previous);
    const { add, remove } = tagChanges(next.Tags, previous.Tags);
    const Resource = `arn:aws:lambda:${aws.region}:${aws.account}:function:${id}`;
    if (remove.length) aws.call("lambda", "UntagResource", { Resource, TagKeys: remove });
    if (add.length) aws.call("lambda", "TagResource", { Resource, Tags: tagMap(add) });
  },
  remove(aws, id) {
    aws.remove("lambda", "DeleteFunction", { FunctionName: id });
  },
  read(aws, id) {
    const found = aws.find("lambda", "GetFunction", { FunctionName: id });
    if (!found) return undefined;
    const { KMSKeyArn, ...rest } = found.Configuration as Properties;
    const tags = Object.entries((found.Tags ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
    return {
      ...pick(rest, ...configuration, "Architectures", "FunctionName", "PackageType"),
      ...(KMSKeyArn === undefined ? {} : { KmsKeyArn: KMSKeyArn }),
      ...(found.Concurrency ? { ReservedConcurrentExecutions: found.Concurrency.ReservedConcurrentExecutions } : {}),
      ...(tags.length ? { Tags: tags } : {}),
    };
  },
};

/** What a setting that the template does not name any more goes back to. */
const defaults: Properties = { Description: "", Environment: { Variables: {} }, KmsKeyArn: "", MemorySize: 128, Timeout: 3 };

const settings = (names: string[], next: Properties): Properties =>
  Object.fromEntries(names.flatMap((name) => {
    const value = next[name] ?? defaults[name];
    return value === undefined ? [] : [[name === "KmsKeyArn" ? "KMSKeyArn" : name, value]];
  }));

const tagMap = (tags: { Key: string; Value: string }[]): Record<string, string> => Object.fromEntries(tags.map(({ Key, Value }) => [Key, String(Value)]));

/** The inline source in a package: one file, named for the runtime. */
function packageOf(aws: Aws, { Code, Runtime = "" }: Properties): string {
  if (Code.ZipFile === undefined) return refuse(aws, "Keyhole does not simulate code in Amazon S3 or in images: give the source as ZipFile.", "NotSimulated");
  const extension = String(Runtime).startsWith("python") ? "py" : String(Runtime).startsWith("nodejs") ? "js" : refuse(aws, `ZipFile can only be used with Node.js and Python runtimes, not with ${Runtime}.`);
  // The earliest time that a zip file can have, so that the same source is the same package.
  return toBase64(zipSync({ [`index.${extension}`]: utf8(String(Code.ZipFile)) }, { level: 0, mtime: new Date(1980, 0, 1) }));
}

function concurrency(aws: Aws, FunctionName: string, next: Properties, previous: Properties): void {
  if (next.ReservedConcurrentExecutions === previous.ReservedConcurrentExecutions) return;
  if (next.ReservedConcurrentExecutions === undefined) aws.call("lambda", "DeleteFunctionConcurrency", { FunctionName });
  else aws.call("lambda", "PutFunctionConcurrency", { FunctionName, ReservedConcurrentExecutions: next.ReservedConcurrentExecutions });
}
