/** A service's API as data: botocore's model, cut down (see models/NOTICE). Shared by engine, wire, CLI and forms. */
export interface ServiceModel {
  metadata: {
    apiVersion: string;
    endpointPrefix: string;
    jsonVersion?: string;
    protocol: "json" | "query" | "rest-json" | "rest-xml";
    serviceFullName: string;
    serviceId: string;
    signingName: string;
    targetPrefix?: string;
    xmlNamespace?: string;
  };
  operations: Record<string, OperationModel>;
  shapes: Record<string, Shape>;
  paginators: Record<string, Paginator>;
  /** By name (`FunctionActive`); absent where the service has none. */
  waiters?: Record<string, Waiter>;
  /** Operations that AWS has and Keyhole does not simulate. */
  notSimulated: string[];
  /** REST services only: where those operations would be found. */
  notSimulatedHttp?: Record<string, OperationModel["http"]>;
}

/** What the engine reads of a model: inputs, and the answers that CloudTrail keeps. A ServiceModel is one too. */
export interface LeanModel extends Pick<ServiceModel, "metadata" | "shapes" | "notSimulated"> {
  operations: Record<string, Pick<OperationModel, "input" | "output">>;
}

export interface OperationModel {
  http: { method: string; requestUri: string; responseCode?: number };
  input?: ShapeRef;
  output?: ShapeRef & { resultWrapper?: string };
  errors: string[];
  deprecated?: boolean;
}

export interface ShapeRef {
  shape: string;
  locationName?: string;
  /** REST services: where the member stands, if not in the body. */
  location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  flattened?: boolean;
  sensitive?: boolean;
  /** Clients fill it in with a UUID where the caller gives none. */
  idempotencyToken?: boolean;
}

export interface Shape {
  type: "structure" | "list" | "map" | "string" | "integer" | "long" | "float" | "double" | "boolean" | "blob" | "timestamp";
  required?: string[];
  members?: Record<string, ShapeRef>;
  member?: ShapeRef;
  key?: ShapeRef;
  value?: ShapeRef;
  enum?: string[];
  min?: number;
  max?: number;
  pattern?: string;
  sensitive?: boolean;
  /** REST services: the member that is the whole body. */
  payload?: string;
  flattened?: boolean;
  exception?: boolean;
  error?: { code?: string; httpStatusCode?: number; senderFault?: boolean };
  wrapper?: boolean;
}

export interface Paginator {
  input_token: string | string[];
  output_token: string | string[];
  result_key?: string | string[];
  limit_key?: string;
  more_results?: string;
  non_aggregate_keys?: string[];
}

/** Asks an operation every `delay` seconds until an acceptor ends it. Source: botocore's waiters, version 2. */
export interface Waiter {
  operation: string;
  delay: number;
  maxAttempts: number;
  acceptors: Acceptor[];
}

/** `argument` is a JMESPath expression on the answer; of `error` the code is compared, or whether there is one. */
export interface Acceptor {
  matcher: "path" | "pathAll" | "pathAny" | "status" | "error";
  argument?: string;
  expected: string | number | boolean;
  state: "success" | "failure" | "retry";
}
