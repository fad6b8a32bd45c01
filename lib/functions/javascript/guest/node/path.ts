/** Node's `path`, of POSIX. Source: Node.js API, Path. */
export function makePath(cwd: () => string): object {
  const text = (path: unknown, name = "path"): string => {
    if (typeof path !== "string") throw Object.assign(new TypeError(`The "${name}" argument must be of type string. Received ${path === null ? "null" : typeof path}`), { code: "ERR_INVALID_ARG_TYPE" });
    return path;
  };
  function parts(path: string, above: boolean): string[] {
    const out: string[] = [];
    for (const part of path.split("/")) {
      if (!part || part === ".") continue;
      if (part !== "..") out.push(part);
      else if (out.length && out.at(-1) !== "..") out.pop();
      else if (above) out.push("..");
    }
    return out;
  }
  function normalize(given: string): string {
    const path = text(given);
    if (!path) return ".";
    const root = path.startsWith("/");
    const inner = parts(path, !root).join("/") || (root ? "" : ".");
    return `${root ? "/" : ""}${inner}${path.endsWith("/") && inner ? "/" : ""}`;
  }
  function resolve(...paths: string[]): string {
    let path = "";
    for (const one of [cwd(), ...paths]) path = text(one).startsWith("/") ? one : `${path}/${one}`;
    return `/${parts(path, false).join("/")}`;
  }
  const join = (...paths: string[]): string => normalize(paths.map((one) => text(one)).filter(Boolean).join("/"));
  function dirname(given: string): string {
    const path = text(given).replace(/(?<=.)\/+$/, "");
    const at = path.lastIndexOf("/");
    return at < 0 ? "." : at === 0 ? "/" : path.slice(0, at).replace(/(?<=.)\/+$/, "");
  }
  function basename(given: string, suffix = ""): string {
    const name = text(given).replace(/\/+$/, "").split("/").at(-1)!;
    return suffix && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  }
  function extname(given: string): string {
    const name = basename(given);
    const at = name.lastIndexOf(".");
    return at <= 0 ? "" : name.slice(at);
  }
  function relative(from: string, to: string): string {
    const [a, b] = [resolve(from), resolve(to)].map((path) => path.split("/").filter(Boolean));
    let same = 0;
    while (same < a.length && same < b.length && a[same] === b[same]) same++;
    return [...a.slice(same).map(() => ".."), ...b.slice(same)].join("/");
  }
  const parse = (path: string): object => {
    const base = basename(path);
    const ext = extname(path);
    const dir = dirname(path);
    return { root: path.startsWith("/") ? "/" : "", dir: dir === "." && !path.startsWith("./") ? "" : dir, base, ext, name: ext ? base.slice(0, -ext.length) : base };
  };
  const format = ({ dir, root = "", base, name = "", ext = "" }: Record<string, string | undefined>): string => {
    const file = base ?? `${name}${ext && !ext.startsWith(".") ? "." : ""}${ext}`;
    return dir ? (dir === root ? `${dir}${file}` : `${dir}/${file}`) : `${root}${file}`;
  };
  const path: Record<string, unknown> = { normalize, resolve, join, dirname, basename, extname, relative, parse, format, isAbsolute: (one: string) => text(one).startsWith("/"), toNamespacedPath: (one: unknown) => one, sep: "/", delimiter: ":" };
  path.posix = path;
  return path;
}
