import { describe, expect, test } from "vitest";
import { A, B, allow, document, testLab } from "./test-lab.test-helper";

const READ = "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess";

// IAM API Reference, SimulateCustomPolicy, SimulatePrincipalPolicy
describe("simulation", () => {
  const results = (output: any) =>
    output.EvaluationResults.map(
      ({ EvalActionName, EvalResourceName, EvalDecision }: Record<string, string>) =>
        `${EvalActionName} ${EvalResourceName} ${EvalDecision}`,
    );

  test("documents alone: every action on every resource", async () => {
    const { must } = testLab();
    const output = await must("iam", "SimulateCustomPolicy", {
      PolicyInputList: [
        document(
          { Effect: "Allow", Action: "ssm:Get*", Resource: `arn:aws:ssm:*:*:parameter/app/*` },
          { Effect: "Deny", Action: "ssm:GetParameters", Resource: "*" },
        ),
      ],
      ActionNames: ["ssm:GetParameter", "ssm:GetParameters", "kms:Decrypt"],
      ResourceArns: [`arn:aws:ssm:us-east-1:${A}:parameter/app/x`, `arn:aws:ssm:us-east-1:${A}:parameter/web/x`],
    });
    expect(results(output)).toEqual([
      `ssm:GetParameter arn:aws:ssm:us-east-1:${A}:parameter/app/x allowed`,
      `ssm:GetParameter arn:aws:ssm:us-east-1:${A}:parameter/web/x implicitDeny`,
      `ssm:GetParameters arn:aws:ssm:us-east-1:${A}:parameter/app/x explicitDeny`,
      `ssm:GetParameters arn:aws:ssm:us-east-1:${A}:parameter/web/x explicitDeny`,
      `kms:Decrypt arn:aws:ssm:us-east-1:${A}:parameter/app/x implicitDeny`,
      `kms:Decrypt arn:aws:ssm:us-east-1:${A}:parameter/web/x implicitDeny`,
    ]);
  });

  test("matched statements are pointed at in the text", async () => {
    const { must } = testLab();
    const one = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}}';
    const many = `{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},\n    {"Effect": "Allow",\n     "Action": "dynamodb:*", "Resource": "*"}\n  ]\n}`;
    const [{ MatchedStatements }] = (
      await must("iam", "SimulateCustomPolicy", { PolicyInputList: [one, many], ActionNames: ["dynamodb:CreateBackup"] })
    ).EvaluationResults;
    expect(MatchedStatements).toEqual([
      {
        SourcePolicyId: "PolicyInputList.1",
        SourcePolicyType: "IAM Policy",
        StartPosition: { Line: 1, Column: 38 },
        EndPosition: { Line: 1, Column: 92 },
      },
      {
        SourcePolicyId: "PolicyInputList.2",
        SourcePolicyType: "IAM Policy",
        StartPosition: { Line: 5, Column: 6 },
        EndPosition: { Line: 6, Column: 46 },
      },
    ]);
  });

  test("context entries, and the keys that were missing", async () => {
    const { must } = testLab();
    const PolicyInputList = [
      allow("ssm:GetParameter", "arn:aws:ssm:*:*:parameter/${aws:username}/*", {
        Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
      }),
    ];
    const ask = { PolicyInputList, ActionNames: ["ssm:GetParameter"], ResourceArns: [`arn:aws:ssm:us-east-1:${A}:parameter/alice/x`] };
    const [without] = (await must("iam", "SimulateCustomPolicy", ask)).EvaluationResults;
    expect(without).toMatchObject({ EvalDecision: "implicitDeny", MissingContextValues: ["aws:username", "aws:SourceIp"] });
    const [told] = (
      await must("iam", "SimulateCustomPolicy", {
        ...ask,
        ContextEntries: [
          { ContextKeyName: "aws:SourceIp", ContextKeyType: "ip", ContextKeyValues: ["203.0.113.9"] },
          { ContextKeyName: "aws:username", ContextKeyType: "string", ContextKeyValues: ["alice"] },
        ],
      })
    ).EvaluationResults;
    expect(told).toMatchObject({ EvalDecision: "allowed", MissingContextValues: [] });
    expect(await must("iam", "GetContextKeysForCustomPolicy", { PolicyInputList })).toEqual({
      ContextKeyNames: ["aws:username", "aws:SourceIp"],
    });
  });

  test("a principal's own policies, groups, boundary, and more documents", async () => {
    const { must, fails } = testLab();
    const PolicySourceArn = `arn:aws:iam::${A}:user/u`;
    await must("iam", "CreateUser", { UserName: "u" });
    await must("iam", "CreateGroup", { GroupName: "g" });
    await must("iam", "AddUserToGroup", { GroupName: "g", UserName: "u" });
    await must("iam", "AttachGroupPolicy", { GroupName: "g", PolicyArn: READ });
    await must("iam", "PutUserPolicy", {
      UserName: "u",
      PolicyName: "p",
      PolicyDocument: allow("kms:Decrypt", "*", { Condition: { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } } }),
    });
    expect(
      results(await must("iam", "SimulatePrincipalPolicy", { PolicySourceArn, ActionNames: ["ssm:GetParameter", "ssm:PutParameter"] })),
    ).toEqual(["ssm:GetParameter * allowed", "ssm:PutParameter * implicitDeny"]);
    const [matched] = (await must("iam", "SimulatePrincipalPolicy", { PolicySourceArn, ActionNames: ["ssm:GetParameter"] }))
      .EvaluationResults;
    expect(matched.MatchedStatements[0].SourcePolicyId).toBe("AmazonSSMReadOnlyAccess");
    expect(
      results(
        await must("iam", "SimulatePrincipalPolicy", {
          PolicySourceArn,
          ActionNames: ["ssm:PutParameter"],
          PolicyInputList: [allow("ssm:Put*")],
        }),
      ),
    ).toEqual(["ssm:PutParameter * allowed"]);
    const [bounded] = (
      await must("iam", "SimulatePrincipalPolicy", {
        PolicySourceArn,
        ActionNames: ["ssm:GetParameter"],
        PermissionsBoundaryPolicyInputList: [allow("kms:*")],
      })
    ).EvaluationResults;
    expect(bounded).toMatchObject({
      EvalDecision: "implicitDeny",
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    });
    expect((await must("iam", "GetContextKeysForPrincipalPolicy", { PolicySourceArn })).ContextKeyNames).toEqual(["kms:ViaService"]);
    expect(
      await fails("iam", "SimulatePrincipalPolicy", {
        PolicySourceArn: `arn:aws:iam::${A}:user/nobody`,
        ActionNames: ["ssm:GetParameter"],
      }),
    ).toBe("NoSuchEntity: The user with name nobody cannot be found.");
  });

  test("with a resource policy", async () => {
    const { must } = testLab();
    const resource = {
      ResourceArns: ["arn:aws:s3:::bucket/x"],
      ResourcePolicy: document({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${A}:user/admin` },
        Action: "s3:GetObject",
        Resource: "*",
      }),
    };
    const ask = {
      PolicyInputList: [allow("kms:*")],
      ActionNames: ["s3:GetObject"],
      CallerArn: `arn:aws:iam::${A}:user/admin`,
      ...resource,
    };
    expect(results(await must("iam", "SimulateCustomPolicy", ask))).toEqual(["s3:GetObject arn:aws:s3:::bucket/x allowed"]);
    const [cross] = (await must("iam", "SimulateCustomPolicy", { ...ask, ResourceOwner: `arn:aws:iam::${B}:root` })).EvaluationResults;
    expect(cross).toMatchObject({
      EvalDecision: "implicitDeny",
      EvalDecisionDetails: { "IAM Policy": "implicitDeny", "Resource Policy": "allowed" },
    });
  });

  test("bad input", async () => {
    const { fails } = testLab();
    expect(await fails("iam", "SimulateCustomPolicy", { PolicyInputList: ["{"], ActionNames: ["ssm:GetParameter"] })).toMatch(
      /^InvalidInput/,
    );
    expect(await fails("iam", "SimulateCustomPolicy", { PolicyInputList: [allow()], ActionNames: ["ssm:Get*"] })).toMatch(/^InvalidInput/);
  });
});
