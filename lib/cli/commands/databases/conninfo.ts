/** A connection string's parameters. */
export interface Conninfo {
  host?: string;
  port?: string;
  user?: string;
  password?: string;
  dbname?: string;
}

const known = new Set(["host", "hostaddr", "port", "user", "password", "dbname", "sslmode", "sslrootcert", "connect_timeout", "application_name", "client_encoding", "options", "target_session_attrs"]);

/**
 * `host=… user=…` or `postgresql://user:password@host:port/dbname?sslmode=…`; a plain word is a database's name. A text where it
 * cannot be read: libpq's complaint. Source: PostgreSQL documentation, "Connection Strings".
 */
export function readConninfo(text: string): Conninfo | string {
  if (!text) return {};
  const uri = /^postgres(?:ql)?:\/\//.exec(text);
  if (uri) return readUri(text.slice(uri[0].length));
  if (!text.includes("=")) return { dbname: text };
  const out: Record<string, string> = {};
  let rest = text.trimStart();
  while (rest) {
    const [whole, name] = /^([^=\s]+)\s*(?:=\s*)?/.exec(rest) ?? [];
    if (!name || !/=/.test(whole!)) return `missing "=" after "${name ?? rest}" in connection info string`;
    rest = rest.slice(whole!.length);
    const value = /^'((?:\\.|[^'\\])*)'/.exec(rest) ?? /^((?:\\.|[^\s\\])*)/.exec(rest)!;
    if (rest.startsWith("'") && !/^'((?:\\.|[^'\\])*)'/.test(rest)) return "unterminated quoted string in connection info string";
    if (!known.has(name)) return `invalid connection option "${name}"`;
    out[name] = value[1].replace(/\\(.)/g, "$1");
    rest = rest.slice(value[0].length).trimStart();
  }
  return out;
}

function readUri(text: string): Conninfo | string {
  const [place, query = ""] = text.split("?");
  const [, login, address = "", dbname] = /^(?:([^/]*)@)?([^/]*)(?:\/(.*))?$/.exec(place) ?? [];
  const [user, password] = login === undefined ? [] : [login.split(":")[0], login.includes(":") ? login.slice(login.indexOf(":") + 1) : undefined];
  const [, host, port] = /^(.*?)(?::(\d*))?$/.exec(address)!;
  const out: Record<string, string> = {};
  try {
    const add = (name: string, value: string | undefined): void => {
      if (value) out[name] = decodeURIComponent(value);
    };
    add("user", user);
    add("password", password);
    add("host", host);
    add("port", port);
    add("dbname", dbname);
    for (const pair of query ? query.split("&") : []) {
      const [name, value] = pair.split("=");
      if (!known.has(name)) return `invalid URI query parameter: "${name}"`;
      add(name, value);
    }
  } catch {
    return `invalid percent-encoded token: "${text}"`;
  }
  return out;
}
