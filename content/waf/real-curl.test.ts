import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { writeCurl, writeHttp } from "@/lib/engine/wafv2/requests/index";
import { savedRequests } from "./saved-requests";

const installed = ["bash", "curl"].every((name) => spawnSync(name, ["--version"]).status === 0);

/** Runs commands by bash one after another against a server that keeps what it gets; `lengths` say when a request is whole. */
async function sentBy(commands: string[], lengths: number[]): Promise<string[]> {
  const sent: string[] = [];
  const server = createServer((socket) => {
    const place = sent.push("") - 1;
    const answer = () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    socket.setTimeout(2_000, answer);
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
      sent[place] += data.toString("latin1");
      if (sent[place].length >= lengths[place]) answer();
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const script = [`curl() { command curl -q -s -S -m 5 --noproxy '*' --connect-to ::127.0.0.1:${port} "$@"; }`, ...commands].join("\n");
  await new Promise((done) => {
    const bash = spawn("bash", ["-s"], { stdio: ["pipe", "ignore", "ignore"] });
    bash.on("close", done);
    bash.stdin.end(script);
  });
  await new Promise((done) => server.close(done));
  return sent;
}

test.skipIf(!installed)("the real curl, given what is written for each saved request, sends these very bytes", async () => {
  const written = savedRequests.map(({ id, message }) => {
    const command = writeCurl(message);
    if (!command.ok) throw new Error(`${id}: ${command.problem.message}`);
    return { id, command: command.value.replace("https://", "http://"), wire: writeHttp(message) };
  });
  const sent = await sentBy(written.map(({ command }) => command), written.map(({ wire }) => wire.length));
  expect(written.map(({ id }, at) => [id, sent[at]])).toEqual(written.map(({ id, wire }) => [id, wire]));
}, 60_000);
