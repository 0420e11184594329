import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeCertificate } from "./certificate";
import { serveSimulation, type ServerOptions } from "./server";
import { startSimulation } from "./simulation";

const usage = `Runs the simulated Azure Resource Manager on this machine.

  --port <n>       port to listen on (default 8480; 0: any free one)
  --https          speak https, with a certificate made on the spot
  --cert <file>    … or with this one (PEM), together with
  --key <file>     its private key (PEM)
  --host <name>    127.0.0.1 (default), ::1 or localhost; others are refused
  --speed <n>      how fast simulated time runs (default 10)
  --retry-after <seconds>  ask clients to poll operations this often (the real service does not say)
  --empty          one workspace without clusters instead of the demo company
`;

/** A mistake on the command line, told without a stack trace. */
class UsageError extends Error {}

async function main(): Promise<void> {
  const { values } = readArguments();
  if (values.help === true) {
    process.stdout.write(usage);
    return;
  }
  const retryAfter = values["retry-after"];
  const simulation = startSimulation({
    clock: { now: () => Date.now() },
    speed: numberOf("speed", values.speed, 0.01, 100_000),
    world: values.empty === true ? "small" : "demo",
    switches:
      retryAfter === undefined ? {} : { operationRetryAfterSeconds: numberOf("retry-after", retryAfter, 0, 3_600) },
  });
  const tls = await readCertificate(values);
  const options: ServerOptions = {
    port: numberOf("port", values.port, 0, 65_535),
    host: values.host,
    ...(tls === undefined ? {} : { tls }),
  };
  const server = await serveSimulation(simulation, options);
  process.stdout.write(`${server.url}\n`);
  const stop = (): void => void server.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: "8480" },
        host: { type: "string", default: "127.0.0.1" },
        https: { type: "boolean" },
        cert: { type: "string" },
        key: { type: "string" },
        speed: { type: "string", default: "10" },
        "retry-after": { type: "string" },
        empty: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function numberOf(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= least && value <= most) return value;
  throw new UsageError(`--${name} takes a number from ${least} to ${most}, not "${text}".`);
}

/** The given certificate, or one made now, which is left in a file so that clients can be told to trust it. */
async function readCertificate(values: {
  https?: boolean;
  cert?: string;
  key?: string;
}): Promise<ServerOptions["tls"]> {
  const { cert, key } = values;
  if (cert !== undefined && key !== undefined) return { cert: await readPem(cert), key: await readPem(key) };
  if (cert !== undefined || key !== undefined) throw new UsageError("--cert and --key go together.");
  if (values.https !== true) return undefined;
  const made = await makeCertificate(Date.now());
  const file = join(tmpdir(), `aml-simulator-${process.pid}.pem`);
  await writeFile(file, made.cert);
  process.stderr.write(`Certificate to trust: ${file}\n`);
  return made;
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new UsageError(`Cannot read ${file}.`);
  }
}

main().catch((error: unknown) => {
  const known = error instanceof UsageError || error instanceof RangeError || isSystemError(error);
  process.stderr.write(`${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});

/** A port in use, say: the message is enough. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && "syscall" in error;
}
