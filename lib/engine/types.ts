import type { InspectionResult } from "./wafv2/inspect/result";

/**
 * The words that the whole engine shares. Everything here is plain data or a function type:
 * a value of these types survives `JSON.parse(JSON.stringify(value))`, save for functions.
 *
 * At the door, inputs and outputs have the form of AWS JSON 1.1: blobs are base64 text,
 * timestamps are epoch seconds (a number, fractional), everything else is what it looks like.
 */

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json | undefined };
export type JsonObject = { [member: string]: Json | undefined };

/** AWS's own code and words. `status` is the HTTP status (400 unless given), `fields` are further members of the error document. */
export interface AwsError {
  code: string;
  message?: string;
  status?: number;
  fields?: JsonObject;
}

export type Result<T = JsonObject> = { ok: true; output: T } | { ok: false; error: AwsError };

// ---------------------------------------------------------------- who calls

/** Who a caller says to be. The lab resolves it against its own IAM before anything else is decided. */
export type Caller =
  | { accessKeyId: string }
  | { account: string; root: true }
  | { account: string; user: string }
  | { account: string; role: string; session: string };

/** A caller that the lab has recognised. */
export interface Principal {
  type: "Root" | "User" | "AssumedRole" | "FederatedUser" | "Service";
  account: string;
  /** As `sts:GetCallerIdentity` prints it. */
  arn: string;
  /** `AIDA…` for a user, `AROA…:session` for a role session, the account id for root. */
  userId: string;
  /** The user's or role's name (of a federated user: the user who asked for it); absent for root. */
  name?: string;
  /** FederatedUser: the ARN of the user who asked for the session; absent if root did. */
  userArn?: string;
  /** The role's own ARN, for an assumed role. */
  roleArn?: string;
  accessKeyId?: string;
  /** An AWS service acting for itself (`delivery.logs.amazonaws.com`), not for a caller. */
  service?: string;
  /** What `AssumeRole` put on the session. `policies` are JSON documents. */
  session?: { name: string; issuedAt: number; expiresAt: number; policies: string[]; tags: Record<string, string>; transitiveTags?: string[]; sourceIdentity?: string; mfa?: boolean };
}

// ---------------------------------------------------------------- the door

/** Which door a call came through; the strip shows it. */
export type Door = "console" | "terminal" | "code" | "wire" | "lesson" | "figure" | "proof" | "lambda" | "clock" | "test";

export interface Call {
  /** AWS's service id as the SDK names it: `kms`, `ssm`, `iam`, `sts`, `organizations`. */
  service: string;
  /** As in the API reference: `GetParameter`. */
  operation: string;
  input?: JsonObject;
  caller: Caller;
  /** Default `us-east-1`. Services that have no Regions ignore it. */
  region?: string;
  door?: Door;
  /** The caller's address and agent, for conditions and CloudTrail. */
  sourceIp?: string;
  userAgent?: string;
  /** False only when it is known that the call came without TLS (`aws:SecureTransport`). */
  secureTransport?: boolean;
}

export type Reply = Result & { requestId: string; trace: Trace; /** Position in the journal. */ seq: number };

// ---------------------------------------------------------------- operations and services

/** What a handler may do. Everything that it reads from outside (time, chance) is written in the journal. */
export interface Context {
  /** The caller's account: the owner of what is created. */
  account: string;
  region: string;
  principal: Principal;
  /** Lab time in ms since the epoch; constant during a call. */
  now: number;
  requestId: string;
  /** Records of this account, Region (or `global`) and service. */
  db: Db;
  /** Entropy; recorded, so that replay sees the same bytes. */
  random(bytes: number): Uint8Array;
  /** A UUID v4 made of recorded entropy. */
  newId(): string;
  ciphers: Ciphers;
  /**
   * A result of work outside the engine (a generated RSA key, a function's output). The handler is left at the
   * first such request and run again from its beginning, with the same draft and entropy, when the answer is there.
   */
  outside<R extends OutsideRequest>(request: R): OutsideAnswer[R["kind"]];
  /**
   * One service asks another by the same door, for the same principal, `kms:ViaService` naming the asker.
   * Shares this call's draft: if this call fails, the other's effects go with it. `as` lets a service act for itself.
   */
  call(service: string, operation: string, input: JsonObject, options?: { region?: string; as?: Principal; context?: ConditionContext; /** A program that the lab only plays makes the call: from outside, as anybody's would come. */ program?: Pick<Call, "caller" | "sourceIp" | "userAgent"> }): Result;
  /** A further question to the policies beside `authorise` (`kms:ReEncryptTo`). The decision is put on the trace. */
  may(request: AuthRequest): Decision;
  /** Adds a step to the trace. */
  note(step: Step): void;
  /** What the call costs beside its operation's `cost`, known only when it is done (a function's running time). Jobs may too. */
  charge(line: CostLine): void;
  /** Sends an event to the default EventBridge bus of the account, or of another: the owner of what the event is about. */
  emit(event: { source: string; detailType: string; detail: JsonObject; resources?: string[]; account?: string }): void;
  /** Puts a job in the state, to run when the lab's clock gets to `due` (ms). Same `id`: replaces. */
  schedule(job: { id: string; due: number; kind: string; args?: JsonObject; /** Where it runs, if not here. */ region?: string; account?: string; service?: string; /** As `chain` below, where it is not this one’s. */ chain?: number }): void;
  unschedule(id: string, region?: string, account?: string): void;
  /** How this call came here: names of the services, outermost first; empty from outside. */
  via: string[];
  /** The call as it came, for conditions. */
  sourceIp?: string;
  userAgent?: string;
  /** How many running functions are around this call: 0 from outside, 1 for a call that a function's code makes. */
  depth: number;
  /**
   * How many events stand before this in one chain of causes: a rule that starts what sends the event that it waits for goes
   * round for ever. 0 where somebody began it.
   */
  chain: number;
  /** How far the clock is on its way, ms: `now` where it stands. What happens again and again may go there in fewer steps. Written in the journal. */
  readonly until: number;
  /** What the lab recorded before this call, oldest first; bounded. Not part of the state: for answers, never for changes. */
  journal: readonly JournalEntry[];
}

export interface Operation {
  /** As in the API reference. */
  name: string;
  /**
   * What the caller must be allowed to do. An error result ends the call before any policy is read (unknown key);
   * undefined means that AWS asks no permission (`sts:GetCallerIdentity`).
   */
  authorise(input: any, ctx: Context): AuthRequest | AuthRequest[] | { ok: false; error: AwsError } | undefined;
  /** Rules that the API's shapes cannot say; runs before `authorise`. */
  validate?(input: any, ctx: Context): { ok: false; error: AwsError } | undefined;
  handle(input: any, ctx: Context): Result<any>;
  /** What the call costs, from what is there before it; default is one request of the service. `[]` is free. */
  cost?(input: any, ctx: Context): CostLine[];
}

export interface Service {
  name: string;
  /** IAM, STS's account data, Organizations: one set of records for all Regions. */
  global?: boolean;
  operations: Operation[];
  /** Things that happen later, by `kind`. */
  jobs?: Record<string, (args: any, ctx: Context) => void>;
  /** Code of an access-denied answer: JSON services `AccessDeniedException`, Query services `AccessDenied`. */
  deniedCode: string;
  /** Code where an input breaks its shape's rules, if it is not the protocol's usual `ValidationException` or `ValidationError`. */
  invalidCode?: string;
  /** Why operations that AWS has are not here, by their names: a sentence that follows the refusal. */
  whyNot?: Record<string, string>;
}

// ---------------------------------------------------------------- records

/** A row is plain data with a schema of its service; it is never changed in place once it is committed. */
export type Row = object;

export interface Table<R extends Row = any> {
  get(id: string): Readonly<R> | undefined;
  /** A copy that may be changed; the change is part of the draft. Throws if there is none. */
  edit(id: string): R;
  put(id: string, row: R): void;
  delete(id: string): void;
  /** Ids in code-unit order; with a prefix only those that begin so; `after` leaves out ids up to and including it. */
  ids(options?: { prefix?: string; after?: string; limit?: number }): string[];
  /** Whether this draft has written or deleted the row: one that it has not stays as it is. */
  touched(id: string): boolean;
  /** Rows with this value in this member, in the order of their ids; found without looking at the others. */
  having(member: keyof R & string, value: unknown): Readonly<R>[];
  /** Rows in the order of their ids. */
  all(): Readonly<R>[];
  readonly size: number;
}

export interface Db {
  table<R extends Row>(name: string): Table<R>;
  /** The same service's records elsewhere, or another service's (read with care: prefer `ctx.call`). */
  at(place: { account?: string; region?: string; service?: string }): Db;
}

export interface Change {
  account: string;
  region: string;
  service: string;
  table: string;
  id: string;
  before?: Row;
  after?: Row;
}

// ---------------------------------------------------------------- permission

/** Values of condition keys by their full name (`kms:ViaService`). A missing key is absent; a list is multivalued. */
export type ConditionContext = Record<string, string | string[]>;

export interface PolicyStatement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, string | string[]>;
  NotPrincipal?: "*" | Record<string, string | string[]>;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | boolean | number | (string | boolean | number)[]>>;
}

/** One policy where it is kept. `document` is the JSON text as the learner wrote it. */
export interface AttachedPolicy {
  name: string;
  document: string;
  arn?: string;
  /** Where it hangs: "user alice", "group admins", "role app", "account 111122223333", "key 1234…". */
  from?: string;
}

/** A question to the policies. */
export interface AuthRequest {
  /** `kms:Decrypt`. */
  action: string;
  /** An ARN, or `*` for actions that name no resource. */
  resource: string;
  /** The account that owns the resource, if it is not the caller's. */
  resourceAccount?: string;
  /** The resource's own policy. `authority: "sole"` (KMS): IAM counts only where this policy lets the account in. */
  resourcePolicy?: AttachedPolicy & { kind: "KeyPolicy" | "ResourcePolicy" | "TrustPolicy"; authority: "sole" | "shared" };
  /** Grants that could allow it (KMS), each with the reason why it does not, where it does not. */
  grants?: { id: string; grantee: string; matched: boolean; why: string }[];
  /** Service and resource condition keys of this request; global ones are added by the lab. */
  context?: ConditionContext;
  /** An AWS managed key: resource control policies do not reach it. */
  awsManagedResource?: boolean;
  /** Actions that work in the owner's account only: from another account they are refused as if nothing allowed them. */
  sameAccountOnly?: boolean;
  /** The error in place of the service's usual text. */
  denied?: (decision: Decision) => AwsError;
}

export type LayerKind = "ServiceControlPolicy" | "ResourceControlPolicy" | "PermissionsBoundary" | "SessionPolicy" | "IdentityPolicy" | "ResourcePolicy" | "Grant";

/** One part of a statement, compared: what it wants, what the request has, and whether they met. */
export interface PartTrace {
  part: "Principal" | "NotPrincipal" | "Action" | "NotAction" | "Resource" | "NotResource" | "Condition";
  matched: boolean;
  wanted: string[];
  got: string[];
  /** Condition only: operator and key as written. */
  operator?: string;
  key?: string;
  /** A condition key or operator that Keyhole does not evaluate: never passed silently, the statement does not match. */
  notEvaluated?: boolean;
  /** Policy variables that were filled in, as written to as read. */
  variables?: Record<string, string>;
}

export interface StatementTrace {
  index: number;
  Sid?: string;
  Effect: "Allow" | "Deny";
  matched: boolean;
  parts: PartTrace[];
}

export interface PolicyTrace {
  name: string;
  arn?: string;
  from?: string;
  statements: StatementTrace[];
  /** The document could not be read as a policy. */
  problem?: string;
}

export interface LayerTrace {
  kind: LayerKind;
  /** NotApplicable: there is no such policy, and none is needed. */
  outcome: "Allow" | "ExplicitDeny" | "ImplicitDeny" | "NotApplicable";
  policies: PolicyTrace[];
  /** Grants only. */
  grants?: { id: string; grantee: string; matched: boolean; why: string }[];
  /** A fact about this layer that the policies alone do not show ("root has no identity policies"). */
  remark?: string;
}

/** The answer with all its reasons. */
export interface Decision {
  effect: "Allow" | "ExplicitDeny" | "ImplicitDeny";
  action: string;
  resource: string;
  principal: string;
  crossAccount: boolean;
  context: ConditionContext;
  /** In the order in which they were asked. */
  layers: LayerTrace[];
  /** What decided: an index into layers, and in it policy and statement where one statement decided. */
  because: { layer: number; policy?: number; statement?: number };
  /** For an implicit deny: the layers of which each would have had to allow it. */
  missing?: LayerKind[];
}

// ---------------------------------------------------------------- traces

/** What a call did, in order. Figures, Why? and hints are drawn from these, never from prose. */
export type Step =
  | { kind: "shape"; ok: boolean; problems: string[] }
  | { kind: "caller"; ok: boolean; principal?: Principal; problem?: string }
  | { kind: "decision"; decision: Decision }
  /** A call that a service made, or (`made`) one that a function's code or a program that the lab plays made, as it came to the door. */
  | { kind: "call"; trace: Trace; made?: Call }
  | { kind: "crypto"; what: CryptoFact; algorithm: string; keyArn?: string; keyMaterialId?: string; context?: Record<string, string>; bytesIn: number; bytesOut: number; /** First bytes of what came out, base64: never a whole secret. */ sample?: string }
  | { kind: "lookup"; what: string; id: string; found: boolean; detail?: string }
  | { kind: "check"; what: string; ok: boolean; detail?: string }
  | { kind: "outside"; request: string }
  | { kind: "change"; change: "created" | "updated" | "deleted"; service: string; table: string; id: string; account: string; region: string }
  | { kind: "event"; source: string; detailType: string }
  /** EventBridge held an event against a rule's pattern. */
  | { kind: "match"; rule: string; matched: boolean; /** Why it was not even asked. */ remark?: string; branches: { matched: boolean; fields: { path: string; wanted: string[]; got: string[]; matched: boolean; elsewhere?: boolean }[] }[] }
  /** A web ACL looked at a request: what came of it, and the way through its rules. */
  | { kind: "inspection"; webACL: string; requestId: string; result: InspectionResult }
  | { kind: "job"; id: string; due: number; what: string };

export type CryptoFact = "encrypt" | "decrypt" | "generate-key" | "generate-data-key" | "sign" | "verify" | "mac" | "verify-mac" | "random" | "wrap" | "unwrap" | "derive";

export interface Trace {
  requestId: string;
  service: string;
  operation: string;
  region: string;
  account: string;
  /** ARN of the caller, absent if it was not recognised. */
  principal?: string;
  via: string[];
  at: number;
  steps: Step[];
  /** `stage` says how far it came. */
  outcome: { ok: true } | { ok: false; stage: "operation" | "shape" | "caller" | "permission" | "handler"; code: string; message?: string };
  cost: CostLine[];
}

/** `item` is a price list entry of `pricing.ts`. */
export interface CostLine {
  item: string;
  quantity: number;
}

// ---------------------------------------------------------------- journal

export interface JournalEntry {
  seq: number;
  kind: "call" | "advance" | "job" | "account";
  /** Lab time, ms. */
  at: number;
  door: Door;
  requestId: string;
  call?: Call;
  /** advance: milliseconds. job: its place in the queue. account: the account that was made. */
  by?: number;
  job?: string;
  account?: string;
  /** How far the clock was on its way, where somebody asked. */
  until?: number;
  /** All random bytes that the call read, base64. */
  entropy: string;
  /** Answers of outside work, in the order of the requests. */
  outside: Json[];
  reply: Result;
  changes: Change[];
  trace: Trace;
}

export interface CloudEvent {
  id: string;
  source: string;
  "detail-type": string;
  account: string;
  region: string;
  /** ms */
  time: number;
  resources: string[];
  detail: JsonObject;
  /** The bus where it came in, if not the default one. */
  bus?: string;
  /** The rule whose schedule made it: for that rule's targets alone. */
  scheduled?: string;
  /** The rule that sent it on from another bus. */
  forwarded?: string;
}

// ---------------------------------------------------------------- what comes from outside

/** An elliptic curve, as AWS names the key spec. */
export type EcdsaSpec = "ECC_NIST_P256" | "ECC_NIST_P384" | "ECC_NIST_P521" | "ECC_SECG_P256K1";
export type CurveSpec = EcdsaSpec | "ECC_NIST_EDWARDS25519";

/** ML-DSA's parameter set, as AWS names the key spec. */
export type MlDsaSpec = "ML_DSA_44" | "ML_DSA_65" | "ML_DSA_87";

/**
 * Bytes are base64. All but the first are functions of their members alone, so an answer can be made again; they are
 * outside the engine because their algorithms are large and seldom wanted (`crypto/seldom.ts`). ML-DSA: `seed` is the
 * private key (32 bytes), `mu`: the message is the 64-byte representative µ, `entropy` 32 bytes. Curves: keys are DER
 * (PKCS#8, SubjectPublicKeyInfo), `message` is the digest for ECDSA and the bytes for Ed25519, `prehash` Ed25519ph.
 */
export type OutsideRequest =
  | { kind: "rsa-key-pair"; bits: number }
  | { kind: "curve-key-pair"; spec: CurveSpec; seed: string }
  | { kind: "curve-import"; spec: CurveSpec; pkcs8: string }
  | { kind: "curve-sign"; spec: CurveSpec; pkcs8: string; message: string; entropy?: string; prehash?: boolean }
  | { kind: "curve-verify"; spec: CurveSpec; spki: string; message: string; signature: string; prehash?: boolean }
  | { kind: "curve-derive"; spec: EcdsaSpec; pkcs8: string; spki: string }
  | { kind: "ml-dsa-public-key"; spec: MlDsaSpec; seed: string }
  | { kind: "ml-dsa-sign"; spec: MlDsaSpec; seed: string; message: string; mu: boolean; entropy: string }
  | { kind: "ml-dsa-verify"; spec: MlDsaSpec; publicKey: string; message: string; mu: boolean; signature: string }
  | { kind: "aes-key-unwrap"; key: string; wrapped: string }
  | { kind: "run-function"; run: FunctionRun };
/** What a host computes; running functions is a port of its own. */
export type OutsideWork = Exclude<OutsideRequest, { kind: "run-function" }>;
export interface OutsideAnswer {
  /** PKCS#8 DER, base64. */
  "rsa-key-pair": { pkcs8: string };
  "curve-key-pair": { pkcs8: string; spki: string };
  /** The pair as ours are written; null for what is no private key of this curve. */
  "curve-import": { pair: { pkcs8: string; spki: string } | null };
  "curve-sign": { signature: string };
  "curve-verify": { valid: boolean };
  /** The raw x coordinate; null where the other key is not one of this curve. */
  "curve-derive": { secret: string | null };
  "ml-dsa-public-key": { publicKey: string };
  "ml-dsa-sign": { signature: string };
  "ml-dsa-verify": { valid: boolean };
  /** AES Key Wrap with Padding (RFC 5649); null for what was not wrapped under this key. */
  "aes-key-unwrap": { material: string | null };
  "run-function": FunctionAnswer;
}

// ---------------------------------------------------------------- functions

/**
 * Code to be run outside the engine: one invocation of a Lambda function. While it runs, what it calls goes through the same
 * door (`Inside`), into the draft of the call that runs it: if that call fails, everything the code did is undone with it.
 */
export interface FunctionRun {
  /** `python3.13`, `nodejs22.x`: which interpreter is asked for. */
  runtime: string;
  /** `lambda_function.lambda_handler`, `index.handler`. */
  handler: string;
  /** The deployment package: path to content, base64. */
  files: Record<string, string>;
  /** Identifies the package: hosts keep what they prepared of it (a loaded module) warm by function and digest. */
  codeSha256: string;
  /** All that the code sees in its environment, AWS's own variables included. */
  environment: Record<string, string>;
  /** The event, as JSON text. */
  event: string;
  functionName: string;
  functionArn: string;
  functionVersion: string;
  memorySize: number;
  /** Seconds, 1 to 900. */
  timeout: number;
  requestId: string;
  logGroup: string;
  logStream: string;
  account: string;
  region: string;
  /** As whom the code calls, unless it brings other credentials. */
  caller: Caller;
  /** Lab time at which it starts, ms. What the code reads from its clock goes on from here. */
  at: number;
}

export interface FunctionAnswer {
  outcome: "returned" | "raised" | "timed-out" | "out-of-memory" | "exited" | "stopped";
  /** JSON text: what the handler returned, or for `raised` the error document (`errorMessage`, `errorType`, `stackTrace`, …). */
  payload: string;
  /** What it printed, without the START, END and REPORT lines; cut at 256 KB with a line that says so. */
  output: string;
  /** ms */
  duration: number;
  /** ms; present where the interpreter or the module had to be loaded first. */
  initDuration?: number;
  /** MB */
  memoryUsed: number;
  /** Written by the lab where the host could not run the code at all: why. */
  trouble?: string;
  /** Written by the lab, not by the host: what the code called, in order, so that replay does it again without the code. */
  calls?: CallInside[];
}

export interface CallInside {
  call: Call;
  /** Bytes that it read, base64, and answers of outside work. */
  entropy: string;
  outside: Json[];
}

/** The door as a running function's host sees it. */
export interface Inside {
  /** As `lab.call`, for this function: in its account and Region, as its execution role, unless the call says otherwise. */
  call(call: Omit<Call, "caller" | "region" | "door"> & { caller?: Caller; region?: string }): Promise<Reply>;
  /** Reads records as the function's calls see them: for access keys and the like. */
  read(place: { account: string; region: string; service: string }): Db;
}

/** Symmetric and RSA work that hosts do faster. All synchronous, all byte-compatible with `nobleCiphers`. */
export interface Ciphers {
  name: string;
  /** AES-256-GCM: ciphertext followed by the 16-byte tag. */
  seal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array;
  /** undefined when the tag does not fit. */
  open(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Uint8Array | undefined;
  sha256(data: Uint8Array): Uint8Array;
  /** The raw RSA private operation c^d mod n on a block of the modulus's length. `pkcs8` is DER. */
  rsaPrivate(pkcs8: Uint8Array, block: Uint8Array): Uint8Array;
}

export interface Ports {
  /** ms since the epoch. */
  now(): number;
  random(bytes: number): Uint8Array;
  ciphers: Ciphers;
  outside(request: OutsideWork): Promise<OutsideAnswer[OutsideWork["kind"]]>;
  /** Runs functions' code. Resolves always (a failure is an answer); absent where a host runs none. */
  functions?(run: FunctionRun, inside: Inside): Promise<FunctionAnswer>;
}
