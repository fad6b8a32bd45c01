"use client";
import { ConsoleFrame } from "../frame/console-frame";

const WATCHES = ["iam", "organizations", "sts"];

export function IamConsole({ navigate, base = "/console/iam" }: { path: string[]; navigate(path: string): void; base?: string }) {
  return (
    <ConsoleFrame service="IAM" base={base} home="home" navigate={navigate} active="home" crumbs={[]} watches={WATCHES} navigation={[]}>
      <p>IAM</p>
    </ConsoleFrame>
  );
}
