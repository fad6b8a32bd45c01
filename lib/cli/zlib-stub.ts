/**
 * Stands in for `node:zlib` in the page: the shell's gzip, gunzip and zcat say that they are not here. (The bundler is told
 * so in next.config.js; just-bash imports the module by name.)
 */
const missing = (): never => {
  throw new Error("compression is not available in this terminal");
};

export const gzipSync = missing;
export const gunzipSync = missing;
export const deflateSync = missing;
export const inflateSync = missing;
export const brotliCompressSync = missing;
export const brotliDecompressSync = missing;
export const createGzip = missing;
export const createGunzip = missing;
export const constants = {};
export default {
  gzipSync,
  gunzipSync,
  deflateSync,
  inflateSync,
  brotliCompressSync,
  brotliDecompressSync,
  createGzip,
  createGunzip,
  constants,
};
