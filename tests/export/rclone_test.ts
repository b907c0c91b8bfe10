/** The export to a real object storage, rclone's, which checks signatures. */
import { InputError } from "../../src/base/input_error.ts";
import { sleep } from "../../src/base/time.ts";
import { bucketDestination } from "../../src/export/bucket.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { freePort } from "../../scripts/lib/spark/free_port.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { runToEnd } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

const KEYS = { accessKeyId: "shop", secretAccessKey: "a secret of the shop" };
const START_MS = 20_000;

/** The program, which `deno task test:spark` installs; missing without it. */
const rclone = Deno.env.get("RCLONE");
const needsRclone = { ignore: rclone === undefined };

/** Serves a folder, whose folders are buckets. */
async function withStorage(
  run: (storage: { endpoint: string; folder: string }) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const address = `127.0.0.1:${freePort()}`;
    const keys = `${KEYS.accessKeyId},${KEYS.secretAccessKey}`;
    await Deno.mkdir(`${folder}/lake`);
    const server = new Deno.Command(rclone!, {
      args: ["serve", "s3", "--addr", address, "--auth-key", keys, folder],
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      const endpoint = `http://${address}`;
      await answering(endpoint);
      await run({ endpoint, folder });
    } finally {
      server.kill("SIGKILL");
      await server.status;
    }
  });
}

async function answering(endpoint: string): Promise<void> {
  for (const end = Date.now() + START_MS;; await sleep(50)) {
    try {
      await (await fetch(endpoint)).body?.cancel();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

Deno.test(
  "files are written to a bucket, read and removed",
  needsRclone,
  () =>
    withStorage(async ({ endpoint, folder }) => {
      const bucket = bucketDestination("s3://lake/a b/ü", { ...KEYS, endpoint });
      const key = "received=2026-11-28/part-00000.ndjson.gz";
      assertEquals([await bucket.has(key), await bucket.read(key)], [false, undefined]);
      const bytes = crypto.getRandomValues(new Uint8Array(60_000));
      await bucket.write(key, bytes);
      assertEquals(await Deno.readFile(`${folder}/lake/a b/ü/${key}`), bytes);
      assertEquals([await bucket.has(key), await bucket.read(key)], [true, bytes]);
      await bucket.remove(key);
      assertEquals(await bucket.has(key), false);
    }),
);

Deno.test(
  "a wrong key and a missing bucket are refused",
  needsRclone,
  () =>
    withStorage(async ({ endpoint }) => {
      const wrong = { ...KEYS, secretAccessKey: "another" };
      await assertRejects(
        () => bucketDestination("s3://lake", { ...wrong, endpoint }).read("key"),
        InputError,
        "the storage answers 403",
      );
      await assertRejects(
        () =>
          bucketDestination("s3://other", { ...KEYS, endpoint }).write("key", new Uint8Array(1)),
        InputError,
        "the storage answers 404 (NoSuchBucket",
      );
    }),
);

Deno.test(
  "deno task export writes a store's events to a bucket",
  needsRclone,
  () =>
    withStorage(async ({ endpoint, folder }) => {
      const path = `${folder}/store.kv`;
      const time = Date.UTC(2026, 10, 26, 12);
      {
        using store = await openEventStore({ path, now: () => time });
        const users = Array.from({ length: 500 }, (_, i) => `user ${i}`);
        await store.append(
          users.map((userId) => ({ userId, productId: "7", type: "view" as const, time })),
        );
      }
      const { code, stdout, stderr } = await runToEnd(
        ["scripts/export.ts", "--events", "s3://lake/events", "--store", path],
        {
          env: {
            AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
            AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
            AWS_ENDPOINT_URL: endpoint,
          },
        },
      );
      assertEquals([code, code === 0 ? "" : stderr], [0, ""]);
      assertStringIncludes(stdout, "500 events of ");
      const files = `${folder}/lake/events`;
      assertStringIncludes(await Deno.readTextFile(`${files}/_exported.json`), '{"through":"20');
      const part = await Deno.open(`${files}/received=2026-11-26/part-00000.ndjson.gz`);
      const text = await new Response(part.readable.pipeThrough(new DecompressionStream("gzip")))
        .text();
      const users = text.trimEnd().split("\n").map((line) => JSON.parse(line).user_id);
      assertEquals(new Set(users).size, 500);
    }),
);
