import { fail, type Failure } from "../errors";

/** CloudFormation's own words. Sources: answers of the service quoted in public issues, and its API Reference's error lists. */
export const invalid = (message: string): Failure => fail("ValidationError", message);

export const cfnErrors = {
  noStack: (name: string) => invalid(`Stack [${name}] does not exist`),
  noStackWithId: (name: string) => invalid(`Stack with id ${name} does not exist`),
  exists: (name: string) => fail("AlreadyExistsException", `Stack [${name}] already exists`),
  cannotUpdate: (id: string, status: string) => invalid(`Stack:${id} is in ${status} state and can not be updated.`),
  noUpdates: () => invalid("No updates are to be performed."),
  capabilities: (names: readonly string[]) => fail("InsufficientCapabilitiesException", `Requires capabilities : [${names.join(", ")}]`),
  protectedStack: (name: string) => invalid(`Stack [${name}] cannot be deleted while TerminationProtection is enabled`),
  role: (arn: string) => invalid(`Role ${arn} is invalid or cannot be assumed`),
  token: (token: string) => fail("TokenAlreadyExistsException", `Client request token ${token} is already in use by another operation`),
  noChangeSet: (name: string) => fail("ChangeSetNotFound", `ChangeSet [${name}] does not exist`, undefined, 404),
  changeSetExists: (name: string) => fail("AlreadyExistsException", `ChangeSet ${name} already exists`),
  changeSetStatus: (arn: string, what: string, status: string) => fail("InvalidChangeSetStatus", `ChangeSet [${arn}] cannot be ${what} in its current status of [${status}]`),
  noTemplate: () => invalid("Either Template URL or Template Body must be specified."),
  /** There is no S3 in the lab. */
  templateUrl: (member: string) => fail("NotSimulated", `Keyhole does not simulate ${member}: it has no Amazon S3 to read from. Send the text itself.`),
  notSimulated: (what: string) => fail("NotSimulated", `Keyhole does not simulate ${what}.`),
};

/**
 * A template that cannot be evaluated. Thrown within the evaluation of a template, which is deep, and turned into an error
 * value at its edge (`attempt`); it goes no further.
 */
export class TemplateProblem {
  constructor(
    readonly message: string,
    readonly code: "ValidationError" | "NotSimulated" = "ValidationError",
  ) {}
}

export const problem = (message: string): never => {
  throw new TemplateProblem(message);
};

/** Does `work`; a template problem becomes an error value. */
export function attempt<T>(work: () => T): { ok: true; value: T } | Failure {
  try {
    return { ok: true, value: work() };
  } catch (thrown) {
    if (thrown instanceof TemplateProblem) return fail(thrown.code, thrown.message);
    throw thrown;
  }
}
