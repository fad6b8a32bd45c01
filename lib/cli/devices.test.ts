import { expect, test } from "vitest";
import { createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import { createShell } from "./shell";

const lab = createLab({ ports: seededPorts(7) });
const shell = await createShell({
  call: (call) => lab.call({ ...call, caller: { account: "111122223333", user: "admin" }, door: "terminal" }),
  identity: () => ({ region: "eu-west-2" }),
  now: () => lab.now(),
});

async function out(line: string): Promise<string> {
  let all = "";
  expect(await shell.run(line, { onOutput: ({ text }) => (all += text) }), line).toBe(0);
  return all;
}

test.each([
  ["head -c 4097 /dev/zero > zeros; wc -c < zeros", "4097"],
  ["head -c 3 /dev/zero | xxd -p", "000000"],
  ["head -c 5000 /dev/zero | tr '\\0' 'x' | wc -c", "5000"],
  ["head -c 32 /dev/urandom | wc -c", "32"],
  ["cd /dev; head -c 4 zero | wc -c; cd", "4"],
  ["echo gone > /dev/null; cat /dev/null | wc -c", "0"],
])("%s", async (line, expected) => {
  expect((await out(line)).trim()).toBe(expected);
});

test("no two readings of /dev/urandom are alike", async () => {
  expect(await out("head -c 32 /dev/urandom > a; head -c 32 /dev/urandom > b; cmp -s a b || echo differ")).toBe("differ\n");
});

test("devices are not saved with the files", async () => {
  expect((await shell.snapshot()).files.filter(({ path }) => path.startsWith("/dev"))).toEqual([]);
});
