"""Run twice: by CPython with the real boto3 against the endpoint, and as a function by Keyhole's Python. Both must print the same.

What differs by nature is scrubbed: ids, dates, ciphertexts, signatures, the server's own headers.
"""

import datetime
import json
import re
import traceback

import boto3
import botocore.config
import botocore.exceptions
import botocore.session

lines = []


def scrub(text):
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID", text)
    text = re.sub(r"[0-9a-f]{64}", "HASH", text)
    text = re.sub(r"'creationTime': \d{13}", "'creationTime': MS", text)
    text = re.sub(r"'(AQICAH|WyJ)[\w+/=]+'", r"'\1…'", text)
    text = re.sub(r"arn:aws:(iam|sts)::111122223333:(user/admin|assumed-role/app/[\w-]+)", "ME", text)
    text = re.sub(r"mrk-[0-9a-f]{32}", "MRK", text)
    text = re.sub(r"datetime\.datetime\([\d, ]+", "datetime.datetime(TIME", text)
    text = re.sub(r"'HTTPHeaders': \{[^}]*\}", "'HTTPHeaders': {…}", text)
    text = re.sub(r"0x[0-9a-f]+", "0xADDRESS", text)
    text = re.sub(r"\b(AROA|AIDA|AKIA|ASIA|AGPA|ANPA)[A-Z0-9]{10,}", r"\1ID", text)
    text = re.sub(r"(secret:[\w/-]+)-\w{6}\b", r"\1-RANDOM", text)
    return text.replace("/python-cpython/", "/P/").replace("/python-keyhole/", "/P/").replace("cpython-", "p-").replace("keyhole-", "p-")


def kinds(value):
    """The types of all that is in an answer, in its order."""
    if isinstance(value, dict):
        return {key: kinds(item) for key, item in value.items() if key != "HTTPHeaders"}
    if isinstance(value, (list, tuple)):
        return [kinds(item) for item in value]
    return f"{type(value).__module__}.{type(value).__name__}"


def show(label, work, with_value=True):
    try:
        value = work()
        lines.append(scrub(f"{label}: {value!r}") if with_value else f"{label}: {type(value).__name__}")
        lines.append(scrub(f"    {kinds(value)!r}"))
    except Exception as problem:  # noqa: BLE001
        bases = [cls.__name__ for cls in type(problem).__mro__ if cls.__module__.startswith("botocore")]
        lines.append(scrub(f"{label} raised {type(problem).__name__} {bases}: {problem}"))
        if hasattr(problem, "response"):
            lines.append(scrub(f"    {problem.response!r} {getattr(problem, 'operation_name', None)}"))


def program(who, client):
    name = f"/python-{who}/dev/"
    ssm, kms, secrets, iam, sts, lam, logs, events = (client(s) for s in ("ssm", "kms", "secretsmanager", "iam", "sts", "lambda", "logs", "events"))

    # ---------------------------------------------------------------- Parameter Store (AWS JSON)
    show("put", lambda: ssm.put_parameter(Name=name + "db-url", Value="db.example:3306", Type="String", Description="where"))
    show("put again", lambda: ssm.put_parameter(Name=name + "db-url", Value="other", Type="String"))
    show("put secure", lambda: ssm.put_parameter(Name=name + "db-password", Value="s3cret", Type="SecureString", Tags=[{"Key": "a", "Value": "b"}]))
    for index in range(12):
        ssm.put_parameter(Name=f"{name}many/{index:02}", Value=str(index), Type="StringList" if index % 2 else "String")
    show("get", lambda: ssm.get_parameter(Name=name + "db-url"))
    show("get decrypted", lambda: ssm.get_parameter(Name=name + "db-password", WithDecryption=True))
    show("get several", lambda: ssm.get_parameters(Names=[name + "db-url", name + "nope"]))
    show("get nothing", lambda: ssm.get_parameter(Name="/nope"))
    show("modelled", lambda: ssm.exceptions.ParameterNotFound.__mro__)
    show("unknown exception", lambda: getattr(ssm.exceptions, "Nonsense", "none"))
    show("path", lambda: ssm.get_parameters_by_path(Path=name, Recursive=True, MaxResults=3))
    pages = ssm.get_paginator("get_parameters_by_path")
    show("pages", lambda: [len(page["Parameters"]) for page in pages.paginate(Path=name, Recursive=True, PaginationConfig={"PageSize": 5})])
    show("full", lambda: [p["Name"] for p in pages.paginate(Path=name, Recursive=True, PaginationConfig={"MaxItems": 4, "PageSize": 3}).build_full_result()["Parameters"]])
    show("search", lambda: list(pages.paginate(Path=name, Recursive=True).search("Parameters[?Type=='StringList'].[Name, Version]")))
    show("resumed", lambda: [p["Name"] for page in pages.paginate(Path=name, Recursive=True, PaginationConfig={"MaxItems": 3, "PageSize": 2, "StartingToken": pages.paginate(Path=name, Recursive=True, PaginationConfig={"MaxItems": 3, "PageSize": 2}).build_full_result()["NextToken"]}) for p in page["Parameters"]])
    show("key iters", lambda: [len(list(items)) for items in pages.paginate(Path=name, Recursive=True).result_key_iters()])
    show("not pageable", lambda: ssm.get_paginator("put_parameter"))
    show("can paginate", lambda: [ssm.can_paginate("get_parameters_by_path"), ssm.can_paginate("put_parameter")])
    show("describe", lambda: ssm.describe_parameters(ParameterFilters=[{"Key": "Name", "Option": "Equals", "Values": [name + "db-password"]}]))
    show("history", lambda: ssm.get_parameter_history(Name=name + "db-url"))
    show("delete several", lambda: ssm.delete_parameters(Names=[name + "many/00", "/nope"]))
    show("not simulated", lambda: ssm.describe_patch_groups())

    # ---------------------------------------------------------------- what is checked before it is sent
    show("positional", lambda: ssm.get_parameter("x"))
    show("missing", lambda: ssm.put_parameter(Value=1, Type=None))
    show("unknown member", lambda: ssm.get_parameter(Name="x", Nme="y"))
    show("wrong types", lambda: ssm.get_parameters(Names="x", WithDecryption="yes"))
    show("wrong inside", lambda: ssm.put_parameter(Name="x", Value="y", Tags=[{"Key": "a", "Valu": 1}, 3]))
    show("too short", lambda: ssm.put_parameter(Name="", Value="y"))
    show("empty list", lambda: ssm.get_parameters(Names=[]))
    show("below the least", lambda: ssm.get_parameters_by_path(Path="/x", MaxResults=0))
    show("blob", lambda: kms.encrypt(KeyId="alias/x", Plaintext=5))
    show("map", lambda: kms.encrypt(KeyId="alias/x", Plaintext=b"1", EncryptionContext={"a": 1}))
    show("time", lambda: events.put_events(Entries=[{"Time": "never", "Source": "a"}]))
    show("no such method", lambda: ssm.get_everything)

    # ---------------------------------------------------------------- KMS: blobs and times
    key = kms.create_key(Description="parity", Tags=[{"TagKey": "a", "TagValue": "b"}])
    show("create key", lambda: key)
    arn = key["KeyMetadata"]["KeyId"]
    show("encrypt", lambda: kms.encrypt(KeyId=arn, Plaintext=b"secret", EncryptionContext={"a": "b"}), with_value=False)
    sealed = kms.encrypt(KeyId=arn, Plaintext="text")["CiphertextBlob"]
    show("decrypt", lambda: kms.decrypt(CiphertextBlob=sealed))
    show("decrypt wrongly", lambda: kms.decrypt(CiphertextBlob=sealed, EncryptionContext={"x": "y"}))
    show("random", lambda: {key: len(value) for key, value in kms.generate_random(NumberOfBytes=32).items() if key == "Plaintext"})
    show("data key", lambda: kms.generate_data_key(KeyId=arn, KeySpec="AES_256"), with_value=False)
    show("not found", lambda: kms.describe_key(KeyId="12345678-1234-1234-1234-123456789012"))
    show("deletion", lambda: kms.schedule_key_deletion(KeyId=arn, PendingWindowInDays=7))
    show("disabled", lambda: kms.encrypt(KeyId=arn, Plaintext=b"x"))
    show("aliases", lambda: sorted(a["AliasName"] for a in kms.list_aliases()["Aliases"] if a["AliasName"].startswith("alias/aws/ssm")))

    # ---------------------------------------------------------------- Secrets Manager: tokens made by the client
    show("create secret", lambda: secrets.create_secret(Name=f"{who}-secret", SecretString=json.dumps({"user": "u"})))
    show("create again", lambda: secrets.create_secret(Name=f"{who}-secret", SecretString="x"))
    show("secret", lambda: secrets.get_secret_value(SecretId=f"{who}-secret"))
    show("binary", lambda: secrets.put_secret_value(SecretId=f"{who}-secret", SecretBinary=b"\x00\x01"))
    show("binary back", lambda: secrets.get_secret_value(SecretId=f"{who}-secret")["SecretBinary"])
    show("secret gone", lambda: secrets.get_secret_value(SecretId="nope"))
    show("describe secret", lambda: secrets.describe_secret(SecretId=f"{who}-secret"))
    show("delete secret", lambda: secrets.delete_secret(SecretId=f"{who}-secret", RecoveryWindowInDays=7))

    # ---------------------------------------------------------------- IAM and STS: Query
    show("user", lambda: iam.create_user(UserName=f"{who}-user", Tags=[{"Key": "a", "Value": "b"}]))
    show("user again", lambda: iam.create_user(UserName=f"{who}-user"))
    show("get user", lambda: iam.get_user(UserName=f"{who}-user"))
    show("policy", lambda: iam.put_user_policy(UserName=f"{who}-user", PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]})))
    show("get policy", lambda: iam.get_user_policy(UserName=f"{who}-user", PolicyName="p"))
    show("no user", lambda: iam.get_user(UserName="nobody"))
    show("role", lambda: iam.create_role(RoleName=f"{who}-role", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})))
    show("users paged", lambda: [u["UserName"] for u in iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 1}).build_full_result()["Users"] if u["UserName"].startswith(who)])
    show("empty", lambda: iam.list_groups_for_user(UserName=f"{who}-user"))
    show("bad policy", lambda: iam.put_user_policy(UserName=f"{who}-user", PolicyName="p", PolicyDocument="{"))
    show("key", lambda: iam.create_access_key(UserName=f"{who}-user"), with_value=False)
    show("identity", lambda: sorted(sts.get_caller_identity()))

    # ---------------------------------------------------------------- Lambda: REST-JSON and streams
    show("no function", lambda: lam.get_function(FunctionName="nope"))
    show("function", lambda: lam.get_function_configuration(FunctionName="inner"))
    answer = lam.invoke(FunctionName="inner", Payload=json.dumps({"a": 1}))
    show("invoke", lambda: answer)
    show("stream", lambda: answer["Payload"].read())
    show("error stream", lambda: json.loads(lam.invoke(FunctionName="inner", Payload=b'{"raise": true}', LogType="Tail")["Payload"].read())["errorType"])
    show("functions", lambda: [f["FunctionName"] for page in lam.get_paginator("list_functions").paginate() for f in page["Functions"] if f["FunctionName"] == "inner"])
    show("waits", lambda: lam.get_waiter("function_active_v2").wait(FunctionName="inner"))
    show("waits in vain", lambda: lam.get_waiter("function_active_v2").wait(FunctionName="nope", WaiterConfig={"Delay": 0, "MaxAttempts": 2}))
    show("waiters", lambda: [c.waiter_names for c in (lam, iam, kms, ssm)] and [n for n in iam.waiter_names if n in ("user_exists", "role_exists", "policy_exists")])
    show("no waiter", lambda: kms.get_waiter("x"))
    show("wait for a user", lambda: iam.get_waiter("user_exists").wait(UserName=f"{who}-user"))

    # ---------------------------------------------------------------- other protocols' lists and times
    logs.create_log_group(logGroupName=f"/{who}-group", tags={"a": "b"})
    show("groups", lambda: logs.describe_log_groups(logGroupNamePrefix=f"/{who}-"))
    show("rule", lambda: events.put_rule(Name=f"{who}-rule", EventPattern=json.dumps({"source": ["aws.ssm"]})))
    show("events", lambda: events.put_events(Entries=[{"Source": "me", "DetailType": "t", "Detail": "{}", "Time": datetime.datetime(2026, 1, 1)}]))

    # ---------------------------------------------------------------- clients and sessions themselves
    show("repr", lambda: ssm)
    show("class", lambda: [type(c).__name__ for c in (ssm, kms, secrets, iam, sts, lam, events)])
    show("meta", lambda: [ssm.meta.region_name, ssm.meta.partition, ssm.meta.service_model.service_name, ssm.meta.service_model.api_version, ssm.meta.method_to_api_mapping["get_parameters_by_path"], iam.meta.region_name])
    show("config", lambda: [ssm.meta.config.region_name, ssm.meta.config.read_timeout, ssm.meta.config.retries is None or "mode" in ssm.meta.config.retries])
    show("bad config", lambda: botocore.config.Config(nonsense=1))
    show("bad retries", lambda: botocore.config.Config(retries={"x": 1}))
    show("bad region", lambda: boto3.client("ssm", region_name="us east 1"))
    show("no service", lambda: str(boto3.client("nonsense", region_name="us-east-1")), with_value=False)
    show("half credentials", lambda: boto3.client("ssm", region_name="us-east-1", aws_access_key_id="x"))
    show("no resource", lambda: boto3.resource("ssm", region_name="us-east-1"))
    show("session", lambda: boto3.session.Session(region_name="eu-west-1"))
    show("session region", lambda: boto3.Session(region_name="eu-west-1").client("kms").meta.region_name)
    show("profile", lambda: boto3.Session(profile_name="nope"))
    show("invalid key", lambda: client("sts", aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="x").get_caller_identity() and None)
    show("client error", lambda: botocore.exceptions.ClientError({"Error": {"Code": "A", "Message": "b"}}, "Op"))
    show("pickle", lambda: str(__import__("pickle").loads(__import__("pickle").dumps(botocore.exceptions.NoCredentialsError()))))
    return lines
