import services from "../engine/models/services.json";
import { escapeXml } from "./query";
import type { SignedParts } from "./sigv4";

/**
 * The answer for a service that AWS has and Keyhole does not simulate: its name, in the protocol that the client reads.
 * The protocol is seen from the request: Query has `Action=` in a form, REST XML belongs to four known services, all
 * others read JSON.
 * Source: Smithy, "AWS protocols"; EC2 and S3 API References, "Error responses".
 */

/** Signing names of services whose protocol is REST XML. */
const restXml = new Set(["s3", "s3express", "s3-outposts", "s3-object-lambda", "cloudfront", "route53"]);

export interface NotHere {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** `signingName` from the credential scope, or what else tells the service. */
export function notHere(signingName: string, request: SignedParts, requestId: string): NotHere {
  const names = Object.entries(services).filter(([, signs]) => signs === signingName).map(([name]) => name);
  const known = names.length > 0;
  const name = names.includes(signingName) || !known ? signingName : names.join(" or ");
  const code = known ? "NotSimulated" : "UnknownService";
  const message = known ? `Keyhole does not simulate ${name}. AWS has this service; this lab does not.` : `There is no AWS service with the signing name ${signingName.slice(0, 64)}.`;
  // An answer to HEAD has no body; its status is all that a client sees: 501 Not Implemented.
  if (request.method === "HEAD") return { status: 501, headers: { "content-type": "application/xml", "x-amzn-requestid": requestId }, body: "" };
  const error = `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
  const xml = (body: string): NotHere => ({ status: 400, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` });
  if (signingName.startsWith("s3")) return xml(`<Error>${error}<RequestId>${requestId}</RequestId></Error>`);
  if (signingName === "ec2") return xml(`<Response><Errors><Error>${error}</Error></Errors><RequestID>${requestId}</RequestID></Response>`);
  if (restXml.has(signingName) || isForm(request)) return xml(`<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`);
  return {
    status: 400,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": requestId, "x-amzn-errortype": code },
    body: JSON.stringify({ __type: code, message }),
  };
}

export const isForm = ({ headers }: Pick<SignedParts, "headers">): boolean => headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
