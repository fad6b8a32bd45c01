import type { Service } from "../types";
import { close, connect } from "./operations/connect";
import { execute } from "./operations/execute";
import { createServer, deleteServer, setPassword, updateServer } from "./operations/servers";

/**
 * What a program says to a database server: no AWS API, but what applications, rotation functions and the terminal's `mysql`
 * and `psql` do on the network. It has no endpoint of its own, no IAM actions and no CloudTrail records.
 */
export const database: Service = {
  name: "database",
  deniedCode: "AccessDeniedException",
  operations: [close, connect, createServer, deleteServer, execute, setPassword, updateServer],
};
