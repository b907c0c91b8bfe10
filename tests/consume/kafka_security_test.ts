/** `deno task consume` on a real broker that asks for TLS and a login. */
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { sleep } from "../../src/base/time.ts";
import { requireCommand } from "../../scripts/lib/run_command.ts";
import { openStore } from "../../src/service/open_store.ts";
import { withFolder } from "../temp_folder.ts";
import { jars, startKafka } from "./kafka_server.ts";

const needsKafka = { ignore: jars === undefined };

const LOGIN = { username: "ann", password: "broker-secret" };
const PATIENCE_MS = 60_000;

/** An authority, and a certificate that it signed for 127.0.0.1. */
async function makeCertificates(folder: string): Promise<{ authority: string; keyStore: string }> {
  const openssl = (...args: string[]) =>
    requireCommand("make a certificate", "openssl", args.map((arg) => arg.replace("@", folder)));
  const key = ["-newkey", "rsa:2048", "-nodes"];
  await openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "@/ca.key",
    "-out",
    "@/ca.pem",
    "-subj",
    "/CN=ca",
  );
  await openssl("req", ...key, "-keyout", "@/b.key", "-out", "@/b.csr", "-subj", "/CN=broker");
  await Deno.writeTextFile(`${folder}/b.ext`, "subjectAltName=IP:127.0.0.1\n");
  await openssl(
    ...["x509", "-req", "-in", "@/b.csr", "-CA", "@/ca.pem", "-CAkey", "@/ca.key"],
    ...["-CAcreateserial", "-out", "@/b.pem", "-extfile", "@/b.ext"],
  );
  const [chain, secret] = await Promise.all(
    ["b.pem", "b.key"].map((name) => Deno.readTextFile(`${folder}/${name}`)),
  );
  await Deno.writeTextFile(`${folder}/store.pem`, secret + chain);
  return { authority: `${folder}/ca.pem`, keyStore: `${folder}/store.pem` };
}

/** Runs the consumer until the store has some events, or it has printed something. */
async function consumeUntil(
  { store, done, ...options }: {
    address: string;
    store: string;
    sasl: string;
    env: Record<string, string>;
    done: (printed: string) => Promise<boolean>;
  },
): Promise<string> {
  await using process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "scripts/consume.ts", "--brokers", options.address],
      ...["--topic", "events", "--tls", "--sasl", options.sasl],
      ...["--dead-letters", `${store}.dead.ndjson`],
    ],
    env: { ...options.env, KV_PATH: store, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let printed = "";
  const read = async (stream: ReadableStream<Uint8Array>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) printed += text;
  };
  const reading = Promise.all([read(process.stdout), read(process.stderr)]);
  const deadline = performance.now() + PATIENCE_MS;
  while (!await done(printed) && performance.now() < deadline) await sleep(200);
  process.kill("SIGKILL");
  await reading;
  return printed;
}

async function storedProducts(path: string): Promise<string[]> {
  using store = await openStore({ path });
  const products: string[] = [];
  for await (const { productId } of store.events()) products.push(productId);
  return products.sort();
}

Deno.test(
  "consume reads over TLS with each way to log in, and says why it can't",
  needsKafka,
  (t) =>
    withFolder(async (folder) => {
      const { authority, keyStore } = await makeCertificates(folder);
      await using broker = await startKafka({ keyStore, ...LOGIN });
      await broker.createTopic("events", 1);
      const events = ["1", "2", "3"].map((productId) => ({ userId: "u", productId, type: "view" }));
      await broker.send("events", 1, events.map((event) => JSON.stringify(event)));
      const env = {
        DENO_CERT: authority,
        KAFKA_USERNAME: LOGIN.username,
        KAFKA_PASSWORD: LOGIN.password,
      };
      const address = broker.secureAddress!;
      for (const sasl of ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]) {
        await t.step(sasl, async () => {
          const store = `${folder}/${sasl}.kv`;
          const printed = await consumeUntil({
            ...{ address, store, sasl, env },
            done: async () => (await storedProducts(store)).length === 3,
          });
          assertEquals(await storedProducts(store), ["1", "2", "3"], printed);
        });
      }
      const failures: readonly [name: string, reason: string, env: Record<string, string>][] = [
        ["a wrong password", "SASL authentication failed", { ...env, KAFKA_PASSWORD: "wrong" }],
        ["an untrusted authority", "unable to verify", { ...env, DENO_CERT: "" }],
      ];
      for (const [name, reason, env] of failures) {
        await t.step(`${name}: nothing is stored, and the reason is shown`, async () => {
          const store = `${folder}/${name.length}.kv`;
          const printed = await consumeUntil({
            ...{ address, store, sasl: "SCRAM-SHA-512", env },
            done: (printed) => Promise.resolve(/trying again/.test(printed)),
          });
          assertStringIncludes(printed, address);
          assertStringIncludes(printed, reason);
          assertEquals(await storedProducts(store), []);
        });
      }
    }),
);
