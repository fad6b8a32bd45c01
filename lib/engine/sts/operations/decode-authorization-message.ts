import { stsErrors } from "../errors";
import type { Operation } from "../../types";

/**
 * Decodes the encoded message of a refusal. Only services such as EC2 encode theirs, and none of those is in the lab:
 * there is no text that this could decode. Source: STS API, DecodeAuthorizationMessage.
 */
export const DecodeAuthorizationMessage: Operation = {
  name: "DecodeAuthorizationMessage",
  authorise: () => ({ action: "sts:DecodeAuthorizationMessage", resource: "*" }),
  handle: () => stsErrors.undecodable(),
};
