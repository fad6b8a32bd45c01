// npm start: install, build, serve. PORT and HOST change where.
import { build, install, node } from "./steps.mjs";

install();
build();
const port = process.env.PORT ?? "3000";
const host = process.env.HOST ?? "127.0.0.1";
console.log(`Keyhole: http://localhost:${port}`);
node("node_modules/next/dist/bin/next", ["start", "-p", port, "-H", host]);
