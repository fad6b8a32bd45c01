/**
 * Whether a text is like a pattern of SQL: `%` for any characters, `_` for one, a backslash before one that is meant itself.
 * Goes back to the last `%` alone, so that no pattern takes long.
 */
export function isLike(pattern: string, text: string, anyCase = false): boolean {
  const pieces = [...pattern.matchAll(/\\([^])|([^])/g)].map(([, escaped, plain]) => (escaped === undefined ? plain : escaped + escaped));
  const letters = anyCase ? text.toLowerCase() : text;
  const fits = (piece: string, letter: string): boolean => piece === "_" || (anyCase ? piece[0].toLowerCase() : piece[0]) === letter;
  let [p, t] = [0, 0];
  let [any, from] = [-1, 0];
  while (t < letters.length) {
    if (p < pieces.length && pieces[p] === "%") [any, from] = [p++, t];
    else if (p < pieces.length && fits(pieces[p], letters[t])) [p, t] = [p + 1, t + 1];
    else if (any >= 0) [p, t] = [any + 1, ++from];
    else return false;
  }
  while (pieces[p] === "%") p++;
  return p === pieces.length;
}
