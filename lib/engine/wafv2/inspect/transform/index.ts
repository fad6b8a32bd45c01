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

/** A statement's transformations in the order in which they run: from the lowest Priority upward, each on the result of the one before. Without NONE. */
export const inOrder = (list: readonly TextTransformation[]): TransformationType[] =>
  list.toSorted((a, b) => a.Priority - b.Priority).map(({ Type }) => Type).filter((type) => type !== "NONE");

/** All of them on one text. */
export const transformAll = (text: string, list: readonly TextTransformation[]): string => inOrder(list).reduce((now, type) => transform[type](now), text);
