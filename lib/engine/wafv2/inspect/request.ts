/** The request that a web ACL inspects, as its resource hands it on. Plain data, but for a body of bytes. */

/** What receives requests; `httpSourceName` of the log follows from it. Source: AWS WAF Developer Guide, Log fields. */
export type SourceKind =
  | "CLOUDFRONT" | "ALB" | "API_GATEWAY" | "APPSYNC" | "COGNITO_USER_POOL" | "APP_RUNNER_SERVICE" | "VERIFIED_ACCESS_INSTANCE" | "AMPLIFY";

/**
 * What the request's `aws-waf-token` says. Solve times are epoch milliseconds; whether a time still counts depends on the
 * rule's immunity time. `reason` says why a token was rejected before any time is looked at.
 */
export type Token =
  | { state: "absent" }
  | { state: "accepted"; captchaSolvedAt?: number; challengeSolvedAt?: number }
  | { state: "rejected"; reason: "TOKEN_INVALID" | "TOKEN_EXPIRED" | "TOKEN_DOMAIN_MISMATCH" };

export interface WafRequest {
  method: string;
  /** As received, undecoded: path, then `?` and query, then `#` and fragment. */
  uri: string;
  /** `HTTP/1.1`, `HTTP/2.0`; default `HTTP/1.1`. */
  httpVersion?: string;
  /** In order, as received. Texts are bytes (Latin-1); a text with a character above U+00FF is taken as UTF-8. */
  headers: [name: string, value: string][];
  /** Absent: the request has none. A text is bytes, as a header's. */
  body?: string | Uint8Array;
  clientIp: string;
  /** ISO 3166-1 alpha-2, and ISO 3166-2's second part (`CA` of `US-CA`), of the client's address. */
  country?: string;
  region?: string;
  /** The client's autonomous system; 0 or absent is unknown. */
  asn?: number;
  /** 32 characters; only CLOUDFRONT and ALB have it, as `ja4`. */
  ja3?: string;
  ja4?: string;
  source: SourceKind;
  /** The resource: `httpSourceId` of the log. */
  sourceId?: string;
  requestId?: string;
  /** Default `https`. */
  scheme?: "http" | "https";
  /** Default absent. */
  token?: Token;
  /** Epoch milliseconds on the lab's clock. */
  timestamp: number;
}

/** Where an address is, for forwarded addresses (and for the client's where the request does not say). */
export interface Place {
  country?: string;
  region?: string;
  asn?: number;
}
