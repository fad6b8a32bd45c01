import type { DatabaseEngine, RotationTemplate } from "./list";
import { engineWords, secretForm } from "./words";

/** The JavaScript text of a template. */
export function javascriptCode({ engine, strategy }: RotationTemplate): string {
  if (!engine) return [head(otherAbout, false), handler, otherSteps, finish, reading].join("\n");
  const alternating = strategy === "alternating-users";
  return [head(about(engine, alternating), true), handler, alternating ? createOther : create, alternating ? setOther : set, test(engine), finish, database(engine), alternating ? prepare[engine] : change[engine], reading].join("\n");
}

function about(engine: DatabaseEngine, alternating: boolean): string[] {
  const { title } = engineWords[engine];
  const how = alternating
    ? [
        `Rotates a ${title} login with alternating users.`,
        "",
        "Two users take turns: the second has the name of the first with _clone behind it. A rotation gives",
        "a new password to the one that is not in use, and makes it the first time. Whoever still uses the",
        "other one goes on undisturbed until the rotation after this.",
      ]
    : [
        `Rotates the password of a ${title} user.`,
        "",
        "The user's own password is changed. Between setSecret and finishSecret the old password is refused",
        "and the new one is not current yet: applications must read the secret again and try again.",
      ];
  return [...how, "", "The secret's value is a JSON object:", ...secretForm(engine, alternating).map((line) => `    ${line}`)];
}

const otherAbout = [
  "Rotates a secret of any kind: fill in the steps.",
  "",
  "Secrets Manager calls this function four times, each time with another step. Every step must be able",
  "to run twice: after a failure all four are tried again.",
];

/** The imports are the text's, not this file's. */
const from = "from";

const head = (text: string[], databases: boolean): string => `/**
${text.map((line) => ` *${line ? ` ${line}` : ""}`).join("\n")}
 */
import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} ${from} "@aws-sdk/client-secrets-manager";
${databases ? `import { connect } ${from} "keyhole-db";\n` : ""}
const secrets = new SecretsManagerClient();
`;

const handler = `export const handler = async (event) => {
  const { SecretId: arn, ClientRequestToken: token, Step: step } = event;

  const described = await secrets.send(new DescribeSecretCommand({ SecretId: arn }));
  if (!described.RotationEnabled) throw new Error("Rotation of secret " + arn + " is turned off");
  const stages = described.VersionIdsToStages[token];
  if (!stages) throw new Error("Secret " + arn + " has no version " + token);
  if (stages.includes("AWSCURRENT")) {
    console.log(step + ": version " + token + " is current already");
    return;
  }
  if (!stages.includes("AWSPENDING")) throw new Error("Version " + token + " of secret " + arn + " is not AWSPENDING");

  const steps = { createSecret, setSecret, testSecret, finishSecret };
  if (!Object.hasOwn(steps, step)) throw new Error("There is no step " + step);
  await steps[step](arn, token);
  console.log(step + ": done");
};
`;

const createBody = (change: string): string => `  const current = await read(arn, "AWSCURRENT");
  if (await readIfThere(arn, "AWSPENDING", token)) {
    console.log("createSecret: the pending version is there already");
    return;
  }
${change}
  await secrets.send(
    new PutSecretValueCommand({
      SecretId: arn,
      ClientRequestToken: token,
      SecretString: JSON.stringify(current),
      VersionStages: ["AWSPENDING"],
    }),
  );
}
`;

const create = `/** Puts the current value with a new password down as the pending version. */
async function createSecret(arn, token) {
${createBody("  current.password = await newPassword();")}`;

const createOther = `/** Puts the other user with a new password down as the pending version. */
async function createSecret(arn, token) {
${createBody("  current.username = otherUser(current.username);\n  current.password = await newPassword();")}
const otherUser = (username) => (username.endsWith("_clone") ? username.slice(0, -"_clone".length) : username + "_clone");
`;

const set = `/** Gives the user the pending password. */
async function setSecret(arn, token) {
  const pending = await read(arn, "AWSPENDING", token);
  const done = await logIn(pending);
  if (done) {
    await done.close();
    console.log("setSecret: the pending password is set already");
    return;
  }

  // The password that works is the current one, or the one before it where a rotation stopped halfway.
  for (const stage of ["AWSCURRENT", "AWSPREVIOUS"]) {
    const known = await readIfThere(arn, stage);
    if (!known) continue;
    if (known.username !== pending.username || known.host !== pending.host) {
      throw new Error("The pending version is for another user or host than " + stage);
    }
    const connection = await logIn(known);
    if (!connection) continue;
    try {
      await changePassword(connection, pending.username, pending.password);
    } finally {
      await connection.close();
    }
    return;
  }
  throw new Error("Unable to log into database with previous, current, or pending secret of secret arn " + arn);
}
`;

const setOther = `/** Gives the other user the pending password; makes the user if there is none. */
async function setSecret(arn, token) {
  const pending = await read(arn, "AWSPENDING", token);
  const done = await logIn(pending);
  if (done) {
    await done.close();
    console.log("setSecret: the pending password is set already");
    return;
  }

  const current = await read(arn, "AWSCURRENT");
  if (pending.username !== otherUser(current.username) || pending.host !== current.host) {
    throw new Error("The pending version is not for the other user of the same host");
  }
  // Who cannot log in with the secret has no business to change a login by it.
  const mine = await logIn(current);
  if (!mine) throw new Error("Unable to log into database using current credentials for secret " + arn);
  await mine.close();

  // A secret that RDS manages has a name and a password alone: the rest is as in this one.
  const admin = { ...current, ...(await read(current.masterarn, "AWSCURRENT")), dbname: current.dbname };
  if (admin.host !== current.host) throw new Error("The superuser's secret is for another host, " + admin.host);
  const connection = await logIn(admin);
  if (!connection) throw new Error("Unable to log into database using credentials in master secret " + current.masterarn);
  try {
    await prepareUser(connection, current.username, pending.username, pending.password);
  } finally {
    await connection.close();
  }
}
`;

const test = (engine: DatabaseEngine): string => `/** Logs in with the pending version. Add what your application must be able to do. */
async function testSecret(arn, token) {
  const connection = await logIn(await read(arn, "AWSPENDING", token));
  if (!connection) throw new Error("Unable to log into database with pending secret of secret ARN " + arn);
  try {
    await connection.execute(${JSON.stringify(engineWords[engine].query)});
  } finally {
    await connection.close();
  }
}
`;

const finish = `/** Makes the pending version the current one. Secrets Manager puts AWSPREVIOUS on the one before. */
async function finishSecret(arn, token) {
  const { VersionIdsToStages } = await secrets.send(new DescribeSecretCommand({ SecretId: arn }));
  const current = Object.keys(VersionIdsToStages).find((version) => VersionIdsToStages[version].includes("AWSCURRENT"));
  if (current === token) return;
  await secrets.send(
    new UpdateSecretVersionStageCommand({
      SecretId: arn,
      VersionStage: "AWSCURRENT",
      MoveToVersionId: token,
      RemoveFromVersionId: current,
    }),
  );
}
`;

const database = (engine: DatabaseEngine): string => {
  const { port, database: name } = engineWords[engine];
  return `/** A connection, or undefined where the server refuses the login. */
async function logIn({ host, port, username, password${engine === "mongo" ? "" : ", dbname"} }) {
  try {
    return await connect({ host, port: Number(port || ${port}), user: username, password${engine === "mongo" ? "" : `, database: dbname${name === null ? "" : ` || ${JSON.stringify(name)}`}`} });
  } catch (refusal) {
    console.log(username + " at " + host + ": " + refusal.message);
    return undefined;
  }
}
`;
};

const identifier = `const quoted = (name) => '"' + name.replaceAll('"', '""') + '"';
`;

const mysqlChange = `async function changePassword(connection, username, password) {
  await connection.execute("ALTER USER CURRENT_USER() IDENTIFIED BY ?", [password]);
}
`;

const change: Record<DatabaseEngine, string> = {
  mysql: mysqlChange,
  mariadb: mysqlChange,
  postgres: `async function changePassword(connection, username, password) {
  await connection.execute("ALTER USER " + quoted(username) + " WITH PASSWORD $1", [password]);
}

${identifier}`,
  redshift: `async function changePassword(connection, username, password) {
  await connection.execute("ALTER USER " + quoted(username) + " PASSWORD $1", [password]);
}

${identifier}`,
  mongo: `async function changePassword(connection, username, password) {
  await connection.execute(JSON.stringify({ updateUser: username, pwd: password }));
}
`,
};

const mysqlPrepare = `/** The other user with this password, allowed what the current one is. */
async function prepareUser(connection, current, other, password) {
  const there = await connection.execute("SELECT User FROM mysql.user WHERE User = ?", [other]);
  if (there.length) {
    await connection.execute("ALTER USER " + quoted(other) + "@'%' IDENTIFIED BY ?", [password]);
    return;
  }
  await connection.execute("CREATE USER " + quoted(other) + "@'%' IDENTIFIED BY ?", [password]);
  for (const row of await connection.execute("SHOW GRANTS FOR " + quoted(current) + "@'%'")) {
    const [grant] = Object.values(row);
    const what = grant.slice(0, grant.lastIndexOf(" TO "));
    const option = grant.endsWith(" WITH GRANT OPTION") ? " WITH GRANT OPTION" : "";
    await connection.execute(what + " TO " + quoted(other) + "@'%'" + option);
  }
}

const quoted = (name) => "'" + name.replaceAll("\\\\", "\\\\\\\\").replaceAll("'", "''") + "'";
`;

const prepare: Record<DatabaseEngine, string> = {
  mysql: mysqlPrepare,
  mariadb: mysqlPrepare,
  postgres: `/** The other user with this password, a member of the current one's role. */
async function prepareUser(connection, current, other, password) {
  const there = await connection.execute("SELECT rolname FROM pg_roles WHERE rolname = $1", [other]);
  if (there.length) {
    await connection.execute("ALTER USER " + quoted(other) + " WITH PASSWORD $1", [password]);
    return;
  }
  await connection.execute("CREATE ROLE " + quoted(other) + " WITH LOGIN PASSWORD $1", [password]);
  await connection.execute("GRANT " + quoted(current) + " TO " + quoted(other));
}

${identifier}`,
  redshift: `/** The other user with this password, in the groups of the current one. */
async function prepareUser(connection, current, other, password) {
  const there = await connection.execute("SELECT usename FROM pg_user WHERE usename = $1", [other]);
  if (there.length) {
    await connection.execute("ALTER USER " + quoted(other) + " PASSWORD $1", [password]);
    return;
  }
  await connection.execute("CREATE USER " + quoted(other) + " PASSWORD $1", [password]);
  // This lab's server lists a group's members by name; a real one by number (usesysid).
  for (const row of await connection.execute("SELECT groname, grolist FROM pg_group")) {
    const [group, members] = Object.values(row);
    if (!members.slice(1, -1).split(",").includes(current)) continue;
    await connection.execute("ALTER GROUP " + quoted(group) + " ADD USER " + quoted(other));
  }
}

${identifier}`,
  mongo: `/** The other user with this password and the current one's roles. */
async function prepareUser(connection, current, other, password) {
  if ((await users(connection, other)).length) {
    await connection.execute(JSON.stringify({ updateUser: other, pwd: password }));
    return;
  }
  const [{ roles }] = await users(connection, current);
  await connection.execute(JSON.stringify({ createUser: other, pwd: password, roles }));
}

async function users(connection, name) {
  const [row] = await connection.execute(JSON.stringify({ usersInfo: name }));
  const [document] = Object.values(row);
  return JSON.parse(document).users;
}
`,
};

const reading = `/** The value of a version, as it was put: a JSON object. */
async function read(arn, stage, token) {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: arn, VersionStage: stage, VersionId: token }));
  return JSON.parse(SecretString);
}

/** The same, or undefined where there is no such version, or none with a value yet. */
async function readIfThere(arn, stage, token) {
  try {
    return await read(arn, stage, token);
  } catch (refusal) {
    if (refusal.name === "ResourceNotFoundException") return undefined;
    throw refusal;
  }
}

async function newPassword() {
  const ExcludeCharacters = process.env.EXCLUDE_CHARACTERS ?? ":/@\\"'\\\\";
  const { RandomPassword } = await secrets.send(new GetRandomPasswordCommand({ ExcludeCharacters }));
  return RandomPassword;
}
`;

const otherSteps = `/** Makes the new value and puts it down as the pending version. */
async function createSecret(arn, token) {
${createBody('  // Change what is to be changed: here, a member called "password".\n  current.password = await newPassword();')}
/** Changes the credential in the service that it is for. */
async function setSecret(arn, token) {
  const pending = await read(arn, "AWSPENDING", token);
  throw new Error("setSecret: tell the service the new value of " + Object.keys(pending).join(", "));
}

/** Uses the pending version once, to see that the service takes it. */
async function testSecret(arn, token) {
  const pending = await read(arn, "AWSPENDING", token);
  throw new Error("testSecret: use the new value of " + Object.keys(pending).join(", "));
}
`;
