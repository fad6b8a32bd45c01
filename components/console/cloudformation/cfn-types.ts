/** What CloudFormation answers, as far as the console shows it. Source: CloudFormation API Reference, data types. Times are epoch seconds. */

export interface StackParameter {
  ParameterKey: string;
  ParameterValue: string;
  /** For parameters of the type AWS::SSM::Parameter::Value<…>: what stood there. */
  ResolvedValue?: string;
}

export interface Stack {
  StackId: string;
  StackName: string;
  Description?: string;
  Parameters?: StackParameter[];
  CreationTime: number;
  LastUpdatedTime?: number;
  DeletionTime?: number;
  StackStatus: string;
  StackStatusReason?: string;
  DisableRollback: boolean;
  Capabilities?: string[];
  Outputs?: { OutputKey: string; OutputValue: string; Description?: string; ExportName?: string }[];
  RoleARN?: string;
  Tags: { Key: string; Value: string }[];
  EnableTerminationProtection?: boolean;
  DriftInformation: { StackDriftStatus: string; LastCheckTimestamp?: number };
}

export interface StackSummary {
  StackId: string;
  StackName: string;
  TemplateDescription?: string;
  CreationTime: number;
  DeletionTime?: number;
  StackStatus: string;
  StackStatusReason?: string;
  DriftInformation: { StackDriftStatus: string };
}

export interface StackEvent {
  EventId: string;
  LogicalResourceId: string;
  PhysicalResourceId: string;
  ResourceType: string;
  ResourceStatus: string;
  ResourceStatusReason?: string;
  Timestamp: number;
  OperationId?: string;
}

export interface StackResource {
  LogicalResourceId: string;
  PhysicalResourceId?: string;
  ResourceType: string;
  ResourceStatus: string;
  ResourceStatusReason?: string;
  LastUpdatedTimestamp: number;
  DriftInformation: { StackResourceDriftStatus: string };
}

export interface ResourceChange {
  Action: "Add" | "Modify" | "Remove";
  LogicalResourceId: string;
  PhysicalResourceId?: string;
  ResourceType: string;
  Replacement?: "True" | "False" | "Conditional";
  Scope: string[];
  Details: {
    Target: { Attribute: string; Name?: string; RequiresRecreation: string; BeforeValue?: string; AfterValue?: string };
    ChangeSource?: string;
    CausingEntity?: string;
    Evaluation: string;
  }[];
  BeforeContext?: string;
  AfterContext?: string;
}

export interface ChangeSet {
  ChangeSetId: string;
  ChangeSetName: string;
  StackId: string;
  StackName: string;
  Status: string;
  StatusReason?: string;
  ExecutionStatus: string;
  CreationTime: number;
  Description?: string;
  Parameters?: StackParameter[];
  Changes?: { ResourceChange: ResourceChange }[];
}

export interface ResourceDrift {
  LogicalResourceId: string;
  PhysicalResourceId: string;
  ResourceType: string;
  StackResourceDriftStatus: "IN_SYNC" | "MODIFIED" | "DELETED" | "NOT_CHECKED" | "UNKNOWN";
  PropertyDifferences?: { PropertyPath: string; ExpectedValue: string; ActualValue: string; DifferenceType: string }[];
  Timestamp: number;
}

export interface TemplateSummary {
  Description?: string;
  Parameters: {
    ParameterKey: string;
    DefaultValue?: string;
    ParameterType: string;
    NoEcho: boolean;
    Description?: string;
    ParameterConstraints: { AllowedValues?: string[] };
  }[];
  Capabilities?: string[];
  CapabilitiesReason?: string;
  ResourceTypes: string[];
  ResourceIdentifierSummaries: { ResourceType: string; LogicalResourceIds: string[] }[];
}

/** The name of a parameter in Parameter Store is asked for; its value goes into the stack. */
export const isStored = (parameterType: string): boolean => parameterType.startsWith("AWS::SSM::Parameter::Value<");
