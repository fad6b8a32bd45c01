import { fail } from "../engine/errors";
import { secretFor } from "../engine/iam/who";
import type { Lab } from "../engine/lab";
import { accounts } from "../engine/regions";
import type { Result } from "../engine/types";
import type { AwsCall } from "./aws/env";

/**
 * What AWS would find on checking a request's signature. In the page nothing is signed, so the keys themselves are
 * compared: a wrong secret or session token is refused as a signature made with it would be. Keys that the lab does not
 * know pass here; the lab itself refuses them. Source: AWS General Reference, Signature Version 4 troubleshooting.
 */
export function signatureProblem(lab: Lab, { service, credentials }: AwsCall): (Result & { ok: false }) | undefined {
  if (!credentials) return undefined;
  const known = secretFor(lab.read({ account: accounts[0], region: "global", service: "iam" }), credentials.accessKeyId);
  if (!known) return undefined;
  const query = service === "iam" || service === "sts";
  if (known.sessionToken && credentials.sessionToken !== known.sessionToken)
    return fail(query ? "InvalidClientTokenId" : "UnrecognizedClientException", "The security token included in the request is invalid.");
  if (credentials.secretAccessKey !== known.secretAccessKey)
    return fail(
      query ? "SignatureDoesNotMatch" : "InvalidSignatureException",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    );
  return undefined;
}

/** Whether the lab has made this access key, and not taken it back (by undo, or with a fresh lab). */
export const isKnownKey = (lab: Lab, accessKeyId: string): boolean =>
  secretFor(lab.read({ account: accounts[0], region: "global", service: "iam" }), accessKeyId) !== undefined;
