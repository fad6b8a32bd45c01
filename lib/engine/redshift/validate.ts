import type { Failure } from "../errors";
import { redshiftErrors } from "./errors";

/** Rules of parameters that the API's shapes do not say. Source: Redshift API, CreateCluster. */

const { value, combination, blank } = redshiftErrors;

/** Node types of the lab, with the fewest and most nodes and the room of one in MB. Source: Redshift Management Guide, "Node type details". */
export const nodeTypes: Readonly<Record<string, { least: number; most: number; storage: number }>> = {
  "dc2.large": { least: 1, most: 32, storage: 163_840 },
  "ra3.large": { least: 1, most: 16, storage: 8_388_608 },
  "ra3.xlplus": { least: 1, most: 32, storage: 33_554_432 },
};

export function identifierProblem(id: string): Failure | undefined {
  if (id.trim() === "") return blank("ClusterIdentifier");
  if (id.length > 63) return value("The parameter ClusterIdentifier is not a valid identifier because it is longer than 63 characters.");
  return /^[a-z](?:-?[a-z0-9])*$/.test(id) ? undefined : value("The parameter ClusterIdentifier is not a valid identifier. Identifiers must begin with a letter and contain only lowercase ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.");
}

export function passwordProblem(password: string): Failure | undefined {
  const wrong = (why: string): Failure => value(`The parameter MasterUserPassword ${why}`);
  if (password === "") return blank("MasterUserPassword");
  if (!/^[!-~]*$/.test(password) || /[/@"'\\]/.test(password)) return wrong(`is not a valid password. Only printable ASCII characters except for '/', '@', '"', ' ', '\\', ''' may be used.`);
  if (password.length < 8) return wrong("is not a valid password because it is shorter than 8 characters.");
  if (password.length > 64) return wrong("is not a valid password because it is longer than 64 characters.");
  const kinds: [RegExp, string][] = [[/[A-Z]/, "upper case letter"], [/[a-z]/, "lower case letter"], [/\d/, "number"]];
  const missing = kinds.find(([kind]) => !kind.test(password));
  return missing ? wrong(`must contain at least one ${missing[1]}.`) : undefined;
}

export function usernameProblem(name: string): Failure | undefined {
  if (name === "") return blank("MasterUsername");
  if (!/^[a-z][a-z0-9_+.@-]{0,127}$/.test(name)) return value("The parameter MasterUsername must begin with a letter and contain only lowercase letters, numbers, and the symbols _ + . @ -.");
  return ["public", "user", "select", "table", "grant", "rdsdb", "root"].includes(name) ? value(`MasterUsername ${name} cannot be used as it is a reserved word used by the engine`) : undefined;
}

export function databaseProblem(name: string | undefined): Failure | undefined {
  if (name === undefined) return undefined;
  if (/[A-Z]/.test(name)) return value("Only lowercase Database names are supported.");
  return /^[a-z][a-z0-9_]{0,63}$/.test(name) ? undefined : value("DBName must begin with a letter and contain only alphanumeric characters.");
}

/** The number of nodes that is meant. Errors: a node type that there is not, a number that the type does not take. */
export function nodesOf(NodeType: string, ClusterType: string | undefined, NumberOfNodes: number | undefined): number | Failure {
  if (!Object.hasOwn(nodeTypes, NodeType)) return /^(dc2\.8xlarge|ra3\.(4|16)xlarge|rg\.|dc1\.|ds2\.)/.test(NodeType) ? redshiftErrors.notSimulated(`the node type ${NodeType}`) : value(`Invalid node type: ${NodeType}`);
  if (ClusterType !== undefined && ClusterType !== "single-node" && ClusterType !== "multi-node") return value(`Invalid cluster type: ${ClusterType}`);
  const kind = ClusterType ?? (NumberOfNodes !== undefined && NumberOfNodes > 1 ? "multi-node" : "single-node");
  if (kind === "single-node") return NumberOfNodes !== undefined && NumberOfNodes !== 1 ? combination("Number of nodes for cluster type single-node must be equal to 1.") : 1;
  if (NumberOfNodes === undefined || NumberOfNodes < 2) return combination("Number of nodes for cluster type multi-node must be greater than or equal to 2.");
  return NumberOfNodes > nodeTypes[NodeType].most ? combination(`Number of nodes for node type ${NodeType} must be at most ${nodeTypes[NodeType].most}.`) : NumberOfNodes;
}

export const portProblem = (NodeType: string, Port: number | undefined): Failure | undefined =>
  Port === undefined || (NodeType.startsWith("dc2") ? Port >= 1150 && Port <= 65_535 : (Port >= 5431 && Port <= 5455) || (Port >= 8191 && Port <= 8215)) ? undefined : value(`Invalid port: ${Port}. Clusters with ${NodeType} nodes take ${NodeType.startsWith("dc2") ? "1150-65535" : "5431-5455 or 8191-8215"}.`);

export function windowProblem(window: string | undefined): Failure | undefined {
  return window === undefined || /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/i.test(window) ? undefined : value("Invalid maintenance window format. Should be specified as a range ddd:hh24:mi-ddd:hh24:mi (24H Clock UTC). Example: Sun:23:45-Mon:00:15");
}

/** Parameters that the lab does nothing about, where they ask for more than what is there anyway. */
export function notHere(operation: string, input: object, known: readonly string[], harmless: Readonly<Record<string, unknown>>): Failure | undefined {
  for (const [name, given] of Object.entries(input)) {
    if (given === undefined || known.includes(name) || given === false || (Array.isArray(given) && !given.length)) continue;
    if (Object.hasOwn(harmless, name) && harmless[name] === given) continue;
    return redshiftErrors.notSimulated(`the parameter ${name} of ${operation}`);
  }
  return undefined;
}
