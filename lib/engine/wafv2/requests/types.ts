/**
 * A request as a person writes it and as it goes over the wire. Every text is bytes as Latin-1 (one character, one byte),
 * as AWS WAF inspects them; `shown` of `text.ts` makes them readable. Plain data.
 */
export const httpVersions = ["HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/3.0"] as const;
export type HttpVersion = (typeof httpVersions)[number];

export interface HttpMessage {
  method: string;
  /** As sent, undecoded: path, then `?` and query, then `#` and fragment; or `*`. No blanks, no control characters. */
  uri: string;
  httpVersion: HttpVersion;
  /** In order. No blanks around a value. A message with a body has a true Content-Length or is chunked. */
  headers: [name: string, value: string][];
  /** Never empty. Of a chunked message: put together again. */
  body?: string;
  /** Absent: https. */
  scheme?: "http";
}

/** Who sends it. */
export interface Client {
  /** An IPv4 or IPv6 address. */
  ip: string;
  /** ISO 3166-1 alpha-2; absent: from the address. */
  country?: string;
  /** ISO 3166-2's second part. */
  region?: string;
  /** Its autonomous system. */
  asn?: number;
}

export interface Problem {
  /** One sentence that says where and what to do. */
  message: string;
  /** From 1; of texts. Columns count characters. */
  line?: number;
  column?: number;
  /** Of forms. */
  field?: string;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export interface ReadRequest {
  message: HttpMessage;
  /** What was made of the text beside reading it, in sentences. */
  notes: string[];
}

/** What the lab takes; larger requests are refused, not cut. Sizes in bytes, as the operation that inspects takes them. */
export const limits = { source: 2_097_152, method: 32, uri: 65_536, headers: 1_000, headerName: 1_024, headerValue: 65_536, body: 1_048_576 } as const;
