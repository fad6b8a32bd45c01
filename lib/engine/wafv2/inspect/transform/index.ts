import type { TextTransformation, TransformationType } from "../types";
import * as decode from "./decode";
import * as tidy from "./tidy";

/** All text transformations: Latin-1 text in, Latin-1 text out, in time linear in the text. They never throw. */
export const transform: Readonly<Record<TransformationType, (text: string) => string>> = {
  NONE: (text) => text,
  COMPRESS_WHITE_SPACE: tidy.compressWhiteSpace,
  HTML_ENTITY_DECODE: decode.htmlEntityDecode,
  LOWERCASE: tidy.lowercase,
  CMD_LINE: tidy.cmdLine,
  URL_DECODE: decode.urlDecode,
  BASE64_DECODE: decode.base64Decode,
  HEX_DECODE: decode.hexDecode,
  MD5: tidy.md5,
  REPLACE_COMMENTS: tidy.replaceComments,
  ESCAPE_SEQ_DECODE: decode.escapeSeqDecode,
  SQL_HEX_DECODE: decode.sqlHexDecode,
  CSS_DECODE: decode.cssDecode,
  JS_DECODE: decode.jsDecode,
  NORMALIZE_PATH: tidy.normalizePath,
  NORMALIZE_PATH_WIN: tidy.normalizePathWin,
  REMOVE_NULLS: tidy.removeNulls,
  REPLACE_NULLS: tidy.replaceNulls,
  BASE64_DECODE_EXT: decode.base64DecodeExt,
  URL_DECODE_UNI: decode.urlDecodeUni,
  UTF8_TO_UNICODE: decode.utf8ToUnicode,
};

export interface Chain {
  /** In the order in which they run, without NONE. */
  types: TransformationType[];
  run(text: string): string;
}

/** A statement's transformations as one function: from the lowest Priority upward, each on the result of the one before. */
export function chain(list: readonly TextTransformation[]): Chain {
  const types = [...list].sort((a, b) => a.Priority - b.Priority).map(({ Type }) => Type).filter((type) => type !== "NONE");
  const steps = types.map((type) => transform[type]);
  const [first, second] = steps;
  if (!steps.length) return { types, run: (text) => text };
  if (steps.length === 1) return { types, run: first };
  if (steps.length === 2) return { types, run: (text) => second(first(text)) };
  return { types, run: (text) => steps.reduce((each, step) => step(each), text) };
}
