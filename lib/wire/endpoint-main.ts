import { parseArgs } from "node:util";
import { startEndpoint } from "./endpoint";

const usage = "npm run endpoint -- [--port 4566] [--host 127.0.0.1] [--account 111122223333] [--strict]";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: "string", default: "4566" }, host: { type: "string", default: "127.0.0.1" }, account: { type: "string" }, strict: { type: "boolean" } } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port takes a number from 0 to 65535, not ${values.port}.`);
  if (values.account !== undefined && !/^\d{12}$/.test(values.account)) throw new Error(`--account takes twelve digits, not ${values.account}.`);
  const { url } = await startEndpoint({ port, host: values.host, account: values.account, strict: values.strict });
  console.log(`Keyhole answers on ${url}

  aws --endpoint-url ${url} kms list-keys        every AWS CLI
  export AWS_ENDPOINT_URL=${url}                 clients that know the variable

Any access key will do: AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
A fresh lab: curl -X POST ${url}/_keyhole/reset`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(0));
}

main().catch((error: NodeJS.ErrnoException) => {
  console.error(error.code === "EADDRINUSE" ? `That port is taken. Choose another: ${usage}` : error.code?.startsWith("ERR_PARSE_ARGS") ? usage : error.message);
  process.exit(1);
});
