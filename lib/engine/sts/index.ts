import type { Service } from "../types";
import { AssumeRole } from "./operations/assume-role";
import { DecodeAuthorizationMessage } from "./operations/decode-authorization-message";
import { GetAccessKeyInfo } from "./operations/get-access-key-info";
import { GetCallerIdentity } from "./operations/get-caller-identity";
import { GetFederationToken } from "./operations/get-federation-token";
import { GetSessionToken } from "./operations/get-session-token";

/** Security Token Service. Web identity, SAML and centralized root access are not simulated and say so by name. */
export const sts: Service = {
  name: "sts",
  global: true,
  deniedCode: "AccessDenied",
  operations: [AssumeRole, DecodeAuthorizationMessage, GetAccessKeyInfo, GetCallerIdentity, GetFederationToken, GetSessionToken],
};
