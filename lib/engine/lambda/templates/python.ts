import type { DatabaseEngine, RotationTemplate } from "./list";
import { engineWords, secretForm } from "./words";

/** The Python text of a template. */
export function pythonCode({ engine, strategy }: RotationTemplate): string {
  if (!engine) return `${head(otherAbout, false)}\n\n${handler}\n\n${otherSteps}\n\n${finish}\n\n${reading}`;
  const alternating = strategy === "alternating-users";
  const parts = [head(about(engine, alternating), true), handler, alternating ? createOther : create, alternating ? setOther : set, test(engine), finish, database(engine), alternating ? prepare[engine] : change[engine], reading];
  return parts.join("\n\n");
}

function about(engine: DatabaseEngine, alternating: boolean): string {
  const { title } = engineWords[engine];
  const how = alternating
    ? `Rotates a ${title} login with alternating users.

Two users take turns: the second has the name of the first with _clone behind it. A rotation gives
a new password to the one that is not in use, and makes it the first time. Whoever still uses the
other one goes on undisturbed until the rotation after this.`
    : `Rotates the password of a ${title} user.

The user's own password is changed. Between setSecret and finishSecret the old password is refused
and the new one is not current yet: applications must read the secret again and try again.`;
  return `${how}

The secret's value is a JSON object:
${secretForm(engine, alternating).map((line) => `    ${line}`).join("\n")}`;
}

const otherAbout = `Rotates a secret of any kind: fill in the steps.

Secrets Manager calls this function four times, each time with another step. Every step must be able
to run twice: after a failure all four are tried again.`;

const head = (text: string, databases: boolean): string => `"""${text}
"""

import json
import logging
import os

import boto3
${databases ? "import keyhole_db\n" : ""}
logger = logging.getLogger()
logger.setLevel(logging.INFO)

secrets = boto3.client("secretsmanager")
`;

const handler = `def lambda_handler(event, context):
    arn = event["SecretId"]
    token = event["ClientRequestToken"]
    step = event["Step"]

    described = secrets.describe_secret(SecretId=arn)
    if not described.get("RotationEnabled"):
        raise ValueError(f"Rotation of secret {arn} is turned off")
    stages = described["VersionIdsToStages"].get(token)
    if stages is None:
        raise ValueError(f"Secret {arn} has no version {token}")
    if "AWSCURRENT" in stages:
        logger.info("%s: version %s is current already", step, token)
        return
    if "AWSPENDING" not in stages:
        raise ValueError(f"Version {token} of secret {arn} is not AWSPENDING")

    steps = {
        "createSecret": create_secret,
        "setSecret": set_secret,
        "testSecret": test_secret,
        "finishSecret": finish_secret,
    }
    if step not in steps:
        raise ValueError(f"There is no step {step}")
    steps[step](arn, token)
    logger.info("%s: done", step)
`;

const createBody = (change: string): string => `    current = read(arn, "AWSCURRENT")
    try:
        read(arn, "AWSPENDING", token)
        logger.info("createSecret: the pending version is there already")
    except secrets.exceptions.ResourceNotFoundException:
${change}
        secrets.put_secret_value(
            SecretId=arn,
            ClientRequestToken=token,
            SecretString=json.dumps(current),
            VersionStages=["AWSPENDING"],
        )
`;

const create = `def create_secret(arn, token):
    """Puts the current value with a new password down as the pending version."""
${createBody('        current["password"] = new_password()')}`;

const createOther = `def create_secret(arn, token):
    """Puts the other user with a new password down as the pending version."""
${createBody('        current["username"] = other_user(current["username"])\n        current["password"] = new_password()')}

def other_user(username):
    return username.removesuffix("_clone") if username.endswith("_clone") else username + "_clone"
`;

const set = `def set_secret(arn, token):
    """Gives the user the pending password."""
    pending = read(arn, "AWSPENDING", token)
    connection = log_in(pending)
    if connection:
        connection.close()
        logger.info("setSecret: the pending password is set already")
        return

    # The password that works is the current one, or the one before it where a rotation stopped halfway.
    for stage in ("AWSCURRENT", "AWSPREVIOUS"):
        try:
            known = read(arn, stage)
        except secrets.exceptions.ResourceNotFoundException:
            continue
        if (known["username"], known["host"]) != (pending["username"], pending["host"]):
            raise ValueError(f"The pending version is for another user or host than {stage}")
        connection = log_in(known)
        if connection:
            with connection:
                change_password(connection, pending["username"], pending["password"])
            return
    raise ValueError(f"Unable to log into database with previous, current, or pending secret of secret arn {arn}")
`;

const setOther = `def set_secret(arn, token):
    """Gives the other user the pending password; makes the user if there is none."""
    pending = read(arn, "AWSPENDING", token)
    connection = log_in(pending)
    if connection:
        connection.close()
        logger.info("setSecret: the pending password is set already")
        return

    current = read(arn, "AWSCURRENT")
    if pending["username"] != other_user(current["username"]) or pending["host"] != current["host"]:
        raise ValueError("The pending version is not for the other user of the same host")
    # Who cannot log in with the secret has no business to change a login by it.
    connection = log_in(current)
    if not connection:
        raise ValueError(f"Unable to log into database using current credentials for secret {arn}")
    connection.close()

    # A secret that RDS manages has a name and a password alone: the rest is as in this one.
    admin = {**current, **read(current["masterarn"], "AWSCURRENT"), "dbname": current.get("dbname")}
    if admin["host"] != current["host"]:
        raise ValueError(f"The superuser's secret is for another host, {admin['host']}")
    connection = log_in(admin)
    if not connection:
        raise ValueError(f"Unable to log into database using credentials in master secret {current['masterarn']}")
    with connection:
        prepare_user(connection, current["username"], pending["username"], pending["password"])
`;

const test = (engine: DatabaseEngine): string => `def test_secret(arn, token):
    """Logs in with the pending version. Add what your application must be able to do."""
    connection = log_in(read(arn, "AWSPENDING", token))
    if not connection:
        raise ValueError(f"Unable to log into database with pending secret of secret ARN {arn}")
    with connection:
        connection.execute(${JSON.stringify(engineWords[engine].query)})
`;

const finish = `def finish_secret(arn, token):
    """Makes the pending version the current one. Secrets Manager puts AWSPREVIOUS on the one before."""
    stages = secrets.describe_secret(SecretId=arn)["VersionIdsToStages"]
    current = next((version for version, labels in stages.items() if "AWSCURRENT" in labels), None)
    if current == token:
        return
    secrets.update_secret_version_stage(
        SecretId=arn,
        VersionStage="AWSCURRENT",
        MoveToVersionId=token,
        **({"RemoveFromVersionId": current} if current else {}),
    )
`;

const database = (engine: DatabaseEngine): string => {
  const { port, database: name } = engineWords[engine];
  return `def log_in(login):
    """A connection, or None where the server refuses the login."""
    try:
        return keyhole_db.connect(
            login["host"],
            int(login.get("port") or ${port}),
            login["username"],
            login["password"],${engine === "mongo" ? "" : `\n            database=login.get("dbname")${name === null ? "" : ` or ${JSON.stringify(name)}`},`}
        )
    except keyhole_db.DatabaseError as refusal:
        logger.info("%s at %s: %s", login["username"], login["host"], refusal)
        return None
`;
};

const identifier = `def quoted(name):
    return '"' + name.replace('"', '""') + '"'
`;

const mysqlChange = `def change_password(connection, username, password):
    connection.execute("ALTER USER CURRENT_USER() IDENTIFIED BY ?", [password])
`;

const change: Record<DatabaseEngine, string> = {
  mysql: mysqlChange,
  mariadb: mysqlChange,
  postgres: `def change_password(connection, username, password):
    connection.execute(f"ALTER USER {quoted(username)} WITH PASSWORD $1", [password])


${identifier}`,
  redshift: `def change_password(connection, username, password):
    connection.execute(f"ALTER USER {quoted(username)} PASSWORD $1", [password])


${identifier}`,
  mongo: `def change_password(connection, username, password):
    connection.execute(json.dumps({"updateUser": username, "pwd": password}))
`,
};

const mysqlPrepare = `def prepare_user(connection, current, other, password):
    """The other user with this password, allowed what the current one is."""
    if connection.execute("SELECT User FROM mysql.user WHERE User = ?", [other]):
        connection.execute(f"ALTER USER {quoted(other)}@'%' IDENTIFIED BY ?", [password])
        return
    connection.execute(f"CREATE USER {quoted(other)}@'%' IDENTIFIED BY ?", [password])
    for row in connection.execute(f"SHOW GRANTS FOR {quoted(current)}@'%'"):
        [grant] = row.values()
        what, _, _ = grant.rpartition(" TO ")
        option = " WITH GRANT OPTION" if grant.endswith(" WITH GRANT OPTION") else ""
        connection.execute(f"{what} TO {quoted(other)}@'%'{option}")


def quoted(name):
    return "'" + name.replace("\\\\", "\\\\\\\\").replace("'", "''") + "'"
`;

const prepare: Record<DatabaseEngine, string> = {
  mysql: mysqlPrepare,
  mariadb: mysqlPrepare,
  postgres: `def prepare_user(connection, current, other, password):
    """The other user with this password, a member of the current one's role."""
    if connection.execute("SELECT rolname FROM pg_roles WHERE rolname = $1", [other]):
        connection.execute(f"ALTER USER {quoted(other)} WITH PASSWORD $1", [password])
        return
    connection.execute(f"CREATE ROLE {quoted(other)} WITH LOGIN PASSWORD $1", [password])
    connection.execute(f"GRANT {quoted(current)} TO {quoted(other)}")


${identifier}`,
  redshift: `def prepare_user(connection, current, other, password):
    """The other user with this password, in the groups of the current one."""
    if connection.execute("SELECT usename FROM pg_user WHERE usename = $1", [other]):
        connection.execute(f"ALTER USER {quoted(other)} PASSWORD $1", [password])
        return
    connection.execute(f"CREATE USER {quoted(other)} PASSWORD $1", [password])
    # This lab's server lists a group's members by name; a real one by number (usesysid).
    for group in connection.execute("SELECT groname, grolist FROM pg_group"):
        if current in group["grolist"].strip("{}").split(","):
            connection.execute(f"ALTER GROUP {quoted(group['groname'])} ADD USER {quoted(other)}")


${identifier}`,
  mongo: `def prepare_user(connection, current, other, password):
    """The other user with this password and the current one's roles."""
    if users(connection, other):
        connection.execute(json.dumps({"updateUser": other, "pwd": password}))
        return
    [user] = users(connection, current)
    connection.execute(json.dumps({"createUser": other, "pwd": password, "roles": user["roles"]}))


def users(connection, name):
    [row] = connection.execute(json.dumps({"usersInfo": name}))
    return json.loads(row["document"])["users"]
`,
};

const reading = `def read(arn, stage, token=None):
    """The value of a version, as it was put: a JSON object."""
    version = {"VersionId": token} if token else {}
    value = secrets.get_secret_value(SecretId=arn, VersionStage=stage, **version)["SecretString"]
    return json.loads(value)


def new_password():
    excluded = os.environ.get("EXCLUDE_CHARACTERS", ":/@\\"'\\\\")
    return secrets.get_random_password(ExcludeCharacters=excluded)["RandomPassword"]
`;

const otherSteps = `def create_secret(arn, token):
    """Makes the new value and puts it down as the pending version."""
${createBody('        # Change what is to be changed: here, a member called "password".\n        current["password"] = new_password()')}

def set_secret(arn, token):
    """Changes the credential in the service that it is for."""
    pending = read(arn, "AWSPENDING", token)
    raise NotImplementedError(f"setSecret: tell the service the new value of {sorted(pending)}")


def test_secret(arn, token):
    """Uses the pending version once, to see that the service takes it."""
    pending = read(arn, "AWSPENDING", token)
    raise NotImplementedError(f"testSecret: use the new value of {sorted(pending)}")
`;
