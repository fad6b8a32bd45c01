// npm start: install, build, serve. PORT and HOST change where.
import { spawn } from "node:child_process";
import { build, install, root } from "./steps.mjs";

install();
build();
const { PORT: port = "3000", HOST: host = "127.0.0.1" } = process.env;
console.log(`Keyhole: http://${host === "127.0.0.1" ? "localhost" : host}:${port}`);
const server = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "-p", port, "-H", host], { cwd: root, stdio: "inherit", env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" } });
// Stopping this stops the server, whichever way the stop comes.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill(signal));
server.on("exit", (code) => process.exit(code ?? 0));
