import type { Failure } from "../errors";
import { engineKinds } from "./engines";
import { rdsErrors } from "./errors";
import type { DbEngine } from "./state";

/** Rules of parameters that the API's shapes do not say. Source: RDS API, CreateDBInstance, CreateDBCluster, ModifyDBInstance. */

/** An identifier, in small letters. */
export function identifierOf(parameter: string, given: string): string | Failure {
  if (given.trim() === "") return rdsErrors.blank(parameter);
  if (given.length > 63) return rdsErrors.value(`The parameter ${parameter} is not a valid identifier because it is longer than 63 characters.`);
  return /^[a-z](?:-?[a-z0-9])*$/i.test(given) ? given.toLowerCase() : rdsErrors.identifier(parameter);
}

export function passwordProblem(engine: DbEngine, password: string): Failure | undefined {
  const most = engineKinds[engine].password;
  const wrong = (why: string): Failure => rdsErrors.value(`The parameter MasterUserPassword is not a valid password${why}`);
  if (password === "") return rdsErrors.blank("MasterUserPassword");
  if (!/^[!-~]*$/.test(password) || /[/@"]/.test(password)) return wrong(`. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`);
  if (password.length < 8) return wrong(" because it is shorter than 8 characters.");
  return password.length > most ? wrong(` because it is longer than ${most} characters.`) : undefined;
}

export function usernameProblem(engine: DbEngine, name: string | undefined): Failure | undefined {
  const { username, reserved } = engineKinds[engine];
  if (!name) return rdsErrors.blank("MasterUsername");
  if (!/^[a-z]\w*$/i.test(name)) return rdsErrors.value("The parameter MasterUsername must begin with a letter and contain only alphanumeric characters.");
  if (name.length > username) return rdsErrors.value(`The parameter MasterUsername is not a valid identifier because it is longer than ${username} characters.`);
  return reserved.includes(name.toLowerCase()) ? rdsErrors.value(`MasterUsername ${name} cannot be used as it is a reserved word used by the engine`) : undefined;
}

export function databaseProblem(engine: DbEngine, parameter: string, name: string | undefined): Failure | undefined {
  if (name === undefined) return undefined;
  if (engine === "docdb") return rdsErrors.combination(`${parameter} is not supported for the engine docdb`);
  if (!/^[a-z]\w*$/i.test(name)) return rdsErrors.value(`${parameter} must begin with a letter and contain only alphanumeric characters.`);
  if (name.length > engineKinds[engine].database) return rdsErrors.value(`The parameter ${parameter} is not a valid identifier because it is longer than ${engineKinds[engine].database} characters.`);
  return [...engineKinds[engine].reserved, "postgres", "template0", "template1"].includes(name.toLowerCase()) ? rdsErrors.value(`${parameter} ${name} cannot be used in this version of the engine`) : undefined;
}

/** Whether one way of giving the master user a password was chosen, and only one. */
export function credentialsProblem(engine: DbEngine, { MasterUserPassword, ManageMasterUserPassword, MasterUserSecretKmsKeyId }: { MasterUserPassword?: string; ManageMasterUserPassword?: boolean; MasterUserSecretKmsKeyId?: string }): Failure | undefined {
  if (ManageMasterUserPassword && MasterUserPassword !== undefined) return rdsErrors.combination("You can't specify MasterUserPassword when ManageMasterUserPassword is enabled.");
  if (!ManageMasterUserPassword && MasterUserSecretKmsKeyId !== undefined) return rdsErrors.combination("A ManageMasterUserPassword value is required when MasterUserSecretKmsKeyId is specified.");
  if (ManageMasterUserPassword) return undefined;
  return MasterUserPassword === undefined ? rdsErrors.blank("MasterUserPassword") : passwordProblem(engine, MasterUserPassword);
}

export function rangeProblem(parameter: string, value: number | undefined, least: number, most: number): Failure | undefined {
  return value === undefined || (Number.isInteger(value) && value >= least && value <= most) ? undefined : rdsErrors.value(`Invalid ${parameter}: ${value}. It must be between ${least} and ${most}.`);
}

/** Least and most GiB by kind of storage. */
const sizes: Record<string, [number, number]> = { gp2: [20, 65_536], gp3: [20, 65_536], io1: [100, 65_536], io2: [100, 65_536], standard: [5, 3_072] };

export function storageProblem(engine: DbEngine, type: string, size: number | undefined, iops: number | undefined): Failure | undefined {
  if (size === undefined) return rdsErrors.blank("AllocatedStorage");
  const range = Object.hasOwn(sizes, type) ? sizes[type] : undefined;
  if (!range) return rdsErrors.value(`Invalid storage type: ${type}`);
  if (size < range[0] || size > range[1]) return rdsErrors.value(`Invalid storage size for engine name ${engine} and storage type ${type}: ${size}`);
  if (/^io/.test(type) && iops === undefined) return rdsErrors.combination(`You must specify Iops when the storage type is ${type}.`);
  return iops !== undefined && /^(gp2|standard)$/.test(type) ? rdsErrors.combination(`You can't specify Iops when the storage type is ${type}.`) : undefined;
}

const day = "(?:mon|tue|wed|thu|fri|sat|sun)";
const clock = "(?:[01]\\d|2[0-3]):[0-5]\\d";

export function windowsProblem({ PreferredBackupWindow, PreferredMaintenanceWindow }: { PreferredBackupWindow?: string; PreferredMaintenanceWindow?: string }): Failure | undefined {
  if (PreferredBackupWindow !== undefined && !new RegExp(`^${clock}-${clock}$`).test(PreferredBackupWindow)) return rdsErrors.value("Invalid backup window format. Should be specified as a range hh24:mi-hh24:mi (24H Clock UTC). Example: 05:00-05:30");
  if (PreferredMaintenanceWindow !== undefined && !new RegExp(`^${day}:${clock}-${day}:${clock}$`, "i").test(PreferredMaintenanceWindow)) return rdsErrors.value("Invalid maintenance window format. Should be specified as a range ddd:hh24:mi-ddd:hh24:mi (24H Clock UTC). Example: Sun:23:45-Mon:00:15");
  return undefined;
}

/**
 * Parameters that the lab does nothing about, where they ask for more than what is there anyway: nothing is taken silently.
 * `harmless` names values that change nothing.
 */
export function notHere(operation: string, input: object, known: readonly string[], harmless: Readonly<Record<string, unknown>>): Failure | undefined {
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || known.includes(name) || value === false || (Array.isArray(value) && !value.length)) continue;
    if (Object.hasOwn(harmless, name) && harmless[name] === value) continue;
    return rdsErrors.notSimulated(`the parameter ${name} of ${operation}`);
  }
  return undefined;
}
