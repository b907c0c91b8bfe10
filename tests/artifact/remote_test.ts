import { ArtifactError } from "../../src/artifact/artifact_error.ts";
import { fetchArtifact } from "../../src/artifact/fetch.ts";
import { fetchPart } from "../../src/artifact/remote.ts";
import { saveArtifact, type SavedArtifact } from "../../src/artifact/save.ts";
import { sha256 } from "../../src/base/sha256.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import { inside, tinyAlgorithms, tinyArtifact, tinyContents } from "./tiny_shop.ts";

/** Keeps the tiny shop's artifact on a server of its own. */
function withServer(
  run: (url: string, saved: SavedArtifact) => Promise<void>,
  answer?: (path: string) => Response | undefined,
): Promise<void> {
  return withFolder(async (folder) => {
    const saved = await saveArtifact(folder, tinyContents());
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async ({ url }) => {
        const path = new URL(url).pathname;
        try {
          return answer?.(path) ?? new Response(await Deno.readFile(folder + path));
        } catch {
          return new Response("Not found", { status: 404, statusText: "Not Found" });
        }
      },
    );
    await run(`http://127.0.0.1:${server.addr.port}`, saved);
  });
}

const options = { algorithms: tinyAlgorithms };

Deno.test("an artifact is fetched from a folder of artifacts or its own", () =>
  withServer(async (url, { version }) => {
    const { packed } = inside(await tinyArtifact());
    for (const address of [url, `${url}/`, `${url}/${version}`, `${url}/${version}/`]) {
      const artifact = await fetchArtifact(address, options);
      assertEquals(artifact.version, version);
      assertEquals(inside(artifact).packed.of(0), packed.of(0));
    }
  }));

Deno.test("a file that was changed on the way is refused", () =>
  withServer(
    (url) =>
      assertRejects(
        () => fetchArtifact(url, options),
        ArtifactError,
        "must have 12 bytes, it has 0",
      )
        .then(() => {}),
    (path) =>
      path.endsWith("affinity.table.bin")
        ? undefined
        : path.endsWith("histories.bytes.bin")
        ? new Response("")
        : undefined,
  ));

Deno.test("a file that is larger than the manifest says is not read on", () =>
  withServer(
    (url) =>
      assertRejects(
        () => fetchArtifact(url, options),
        ArtifactError,
        "it must have at most 12 bytes, it has more",
      )
        .then(() => {}),
    (path) => path.endsWith("histories.bytes.bin") ? new Response(new Uint8Array(13)) : undefined,
  ));

for (const [kind, compress] of [["plain", false], ["compressed", true]] as const) {
  Deno.test(`a ${kind} answer of any length is read whole`, async () => {
    for (const length of [0, 1, 65_536, 65_537, 1_000_000]) {
      const expected = Uint8Array.from({ length }, (_, i) => i * i);
      await withServer(
        async (url) => {
          const bytes = await fetchPart(`${url}/file`, { most: length + 1 });
          assertEquals(sha256(bytes), sha256(expected));
          assertEquals(bytes.byteLength, bytes.buffer.byteLength);
        },
        () => {
          const { body } = new Response(expected);
          return compress
            ? new Response(body!.pipeThrough(new CompressionStream("gzip")), {
              headers: { "content-encoding": "gzip" },
            })
            : new Response(body, { headers: { "content-length": String(length) } });
        },
      );
    }
  });
}

Deno.test("a missing file and an unreachable server are named", () =>
  withServer(async (url, { version }) => {
    await assertRejects(
      () => fetchArtifact(`${url}/models`, options),
      ArtifactError,
      `${url}/models/current: the server answers 404 Not Found`,
    );
    const missing = version.replace(/\d$/, "x").replace(/.$/, (digit) => digit === "0" ? "1" : "0");
    await assertRejects(() => fetchArtifact(`${url}/${missing}`, options), ArtifactError, "404");
    await assertRejects(
      () => fetchArtifact("http://127.0.0.1:1/x", options),
      ArtifactError,
      "http://127.0.0.1:1/x/current: ",
    );
  }));

Deno.test("a fetch that takes too long is aborted", () =>
  withServer(
    (url) =>
      assertRejects(
        () => fetchPart(`${url}/current`, { most: 100, timeoutMs: 20 }),
        ArtifactError,
        "it took over 0.02 seconds",
      ).then(() => {}),
    () =>
      new Response(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1)) })),
  ));

Deno.test("artifacts are only fetched over https, except from this machine", async () => {
  await assertRejects(
    () => fetchArtifact("http://models.test/shop", options),
    ArtifactError,
    "artifacts are only fetched over https",
  );
  for (const address of ["ftp://models.test", "models", "https://"]) {
    await assertRejects(
      () => fetchArtifact(address, options),
      ArtifactError,
      "must start with https",
    );
  }
});

/** Sends zeros until the client hangs up, and says how many. */
function endless(): { response: Response; sent: () => number } {
  let sent = 0;
  const body = new ReadableStream({
    pull(stream) {
      sent += 65_536;
      stream.enqueue(new Uint8Array(65_536));
    },
  });
  return { response: new Response(body), sent: () => sent };
}

Deno.test("an endless manifest or current is not read on", async () => {
  for (const [file, most] of [["current", 100], ["manifest.json", 16_777_216]] as const) {
    const { response, sent } = endless();
    await withServer(
      (url) =>
        assertRejects(
          () => fetchArtifact(url, options),
          ArtifactError,
          `${file}: it must have at most ${most} bytes, it has more`,
        ).then(() => {}),
      (path) => path.endsWith(file) ? response : undefined,
    );
    assert(sent() < 3 * 16_777_216, `${sent()} bytes were read`);
  }
});

Deno.test("a manifest of files too large to fetch is refused before they are", () =>
  withFolder(async (folder) => {
    const { version } = await saveArtifact(folder, tinyContents());
    const manifest = JSON.parse(await Deno.readTextFile(`${folder}/${version}/manifest.json`));
    manifest.contents.histories[0].bytes = 5 * 1024 ** 3;
    const bytes = new TextEncoder().encode(JSON.stringify(manifest));
    const renamed = `${version.slice(0, -12)}${sha256(bytes).slice(0, 12)}`;
    const asked: string[] = [];
    await withServer(
      (url) =>
        assertRejects(
          () => fetchArtifact(`${url}/${renamed}`, options),
          ArtifactError,
          "its files must have at most 4294967296 bytes to be fetched, they have 53687",
        ).then(() => {}),
      (path) => {
        asked.push(path);
        return new Response(bytes);
      },
    );
    assertEquals(asked, [`/${renamed}/manifest.json`]);
  }));

Deno.test("redirects are followed within this machine, but not to plain http elsewhere", () =>
  withServer(
    async (url, { version }) => {
      const read = async (path: string) =>
        new TextDecoder().decode(await fetchPart(url + path, { most: 100 })).trim();
      assertEquals(await read("/moved"), version);
      const message = "/away: artifacts are only fetched over https, but the server redirects to ";
      await assertRejects(() => read("/away"), ArtifactError, `${message}http://models.test`);
      // Another port of this machine is not where the file was to be fetched from.
      await assertRejects(() => read("/local"), ArtifactError, "redirects to http://127.0.0.1:1");
      await assertRejects(() => read("/nowhere"), ArtifactError, "redirects to an invalid URL");
      await assertRejects(() => read("/loop"), ArtifactError, "redirects more than 5 times");
    },
    (path) => {
      const locations: Record<string, string> = {
        "/moved": "/current",
        "/away": "http://models.test/current",
        "/local": "http://127.0.0.1:1/current",
        "/nowhere": "http://[",
        "/loop": "/loop",
      };
      if (!(path in locations)) return undefined;
      return new Response(null, { status: 302, headers: { location: locations[path] } });
    },
  ));
