import { secretFor } from "../engine/iam/who";
import type { Lab } from "../engine/lab";
import { accounts } from "../engine/regions";
import type { Caller, Result } from "../engine/types";
import { fail } from "../engine/errors";
import { type Authorization, type SignedParts, canonicalRequest, signatureOf, stringToSign } from "./sigv4";

export interface CredentialOptions {
  /** Account of keys that the lab does not know. Default 111122223333. */
  account?: string;
  /** Unknown keys and stale dates are refused, as AWS refuses them. */
  strict?: boolean;
  sha256?: (data: Uint8Array) => Uint8Array;
  clock?: () => number;
}

/** AWS accepts a signature for five minutes either way. */
const skew = 5 * 60_000;

/**
 * Who signed: keys of the lab's IAM are their users and roles, and their signatures are checked; an access key of
 * twelve digits is `admin` of that account; any other key is `admin` of the default account.
 */
export function callerOf(lab: Pick<Lab, "read" | "ensureAccount">, auth: Authorization, request: SignedParts, options: CredentialOptions): Result<Caller> {
  const { accessKeyId } = auth;
  const secret = secretFor(lab.read({ account: accounts[0], region: "global", service: "iam" }), accessKeyId);
  if (secret) return signedBy(secret, auth, request, options, accessKeyId);
  if (options.strict) return fail("InvalidClientTokenId", "The security token included in the request is invalid.", undefined, 403);
  const account = /^\d{12}$/.test(accessKeyId) ? accessKeyId : (options.account ?? accounts[0]);
  lab.ensureAccount(account);
  return { ok: true, output: { account, user: "admin" } };
}

function signedBy(secret: NonNullable<ReturnType<typeof secretFor>>, auth: Authorization, request: SignedParts, options: CredentialOptions, accessKeyId: string): Result<Caller> {
  const amzDate = request.headers["x-amz-date"] ?? "";
  const time = Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (!Number.isFinite(time) || !amzDate.startsWith(auth.date)) return fail("SignatureDoesNotMatch", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.", undefined, 403);
  if (secret.sessionToken && request.headers["x-amz-security-token"] !== secret.sessionToken) return fail("InvalidClientTokenId", "The security token included in the request is invalid.", undefined, 403);
  if (signatureOf(request, auth, secret.secretAccessKey, amzDate, options.sha256) !== auth.signature) {
    const canonical = canonicalRequest(request, auth.signedHeaders, options.sha256);
    const text = stringToSign(canonical, amzDate, `${auth.date}/${auth.region}/${auth.service}/aws4_request`);
    return fail(
      "SignatureDoesNotMatch",
      `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${text}'\n`,
      undefined,
      403,
    );
  }
  const now = (options.clock ?? Date.now)();
  if (options.strict && Math.abs(now - time) > skew) {
    const show = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "");
    return fail("SignatureDoesNotMatch", time < now ? `Signature expired: ${amzDate} is now earlier than ${show(now - skew)} (${show(now)} - 5 min.)` : `Signature not yet current: ${amzDate} is still later than ${show(now + skew)} (${show(now)} + 5 min.)`, undefined, 403);
  }
  return { ok: true, output: { accessKeyId } };
}
