/**
 * However the files of an artifact are damaged, it is refused with an error that names the file,
 * and a service that should load it keeps the one it has. With another seed or more damage:
 * `FUZZ_SEED=7 FUZZ_RUNS=5000 deno test -A tests/service/damaged_artifact_test.ts`.
 */
import fc from "fast-check";
import { ArtifactError } from "../../src/artifact/artifact_error.ts";
import { setCurrentVersion } from "../../src/artifact/current.ts";
import { loadArtifact } from "../../src/artifact/load.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import { Reloading } from "../../src/service/reloading.ts";
import { tinyAlgorithms, tinyContents } from "../artifact/tiny_shop.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import { AUTHORIZED, protectedBy } from "./live_shop.ts";

const RUNS = Number(Deno.env.get("FUZZ_RUNS") || 400);
const SEED = Number(Deno.env.get("FUZZ_SEED") || 1);

type Bytes = Uint8Array<ArrayBuffer>;

/** The files of a new artifact by name, and the previous one's files of the same names. */
type Files = ReadonlyMap<string, Bytes>;

/** Damaged files, and which of them an error may name. */
interface Damaged {
  readonly files: ReadonlyMap<string, Bytes | undefined>;
  readonly named: readonly string[];
}

function changed(name: string, bytes: Bytes | undefined): Damaged {
  return { files: new Map([[name, bytes]]), named: [name] };
}

function damages(files: Files, before: Files): fc.Arbitrary<Damaged> {
  const name = fc.constantFrom(...files.keys());
  const flipped = fc.tuple(
    name,
    fc.nat(),
    fc.integer({ min: 1, max: 255 }),
    fc.integer({ min: 1, max: 9 }),
  )
    .map(([name, at, bits, length]) => {
      const bytes = files.get(name)!.slice();
      const start = at % bytes.length;
      for (let i = start; i < Math.min(start + length, bytes.length); i++) bytes[i] ^= bits;
      return changed(name, bytes);
    });
  const cut = fc.tuple(name, fc.nat()).map(([name, length]) => {
    const bytes = files.get(name)!;
    return changed(name, bytes.slice(0, length % bytes.length));
  });
  const longer = fc.tuple(name, fc.uint8Array({ minLength: 1, maxLength: 100 }))
    .map(([name, more]) => changed(name, Uint8Array.of(...files.get(name)!, ...more)));
  const missing = name.map((name) => changed(name, undefined));
  const swapped = fc.tuple(name, name).map(([a, b]): Damaged => ({
    files: new Map([[a, files.get(b)], [b, files.get(a)]]),
    named: [a, b],
  }));
  const older = name.map((name) => changed(name, before.get(name)));
  const other = fc.tuple(name, fc.uint8Array({ maxLength: 300 }))
    .map(([name, bytes]) => changed(name, bytes));
  const added = fc.tuple(fc.stringMatching(/^[a-z]{1,9}\.(bin|json|ts)$/), fc.uint8Array())
    .map(([name, bytes]) => changed(name, bytes));
  return fc.oneof(flipped, cut, longer, missing, swapped, older, other, added)
    .filter((damaged) =>
      damaged.files.entries().some(([name, bytes]) => !isSame(bytes, files.get(name)))
    );
}

function isSame(a: Bytes | undefined, b: Bytes | undefined): boolean {
  return a?.length === b?.length && (a ?? []).every((byte, i) => byte === b?.[i]);
}

async function readFiles(path: string): Promise<Files> {
  const names = await Array.fromAsync(Deno.readDir(path), ({ name }) => name);
  return new Map(names.sort().map((name) => [name, Deno.readFileSync(`${path}/${name}`)]));
}

async function writeFiles(
  path: string,
  files: Iterable<[string, Bytes | undefined]>,
): Promise<void> {
  for (const [name, bytes] of files) {
    const file = `${path}/${name}`;
    if (bytes) await Deno.writeFile(file, bytes);
    else await Deno.remove(file);
  }
}

Deno.test(`an artifact damaged in one of ${RUNS} ways is refused and never served`, () =>
  withFolder(async (folder) => {
    const first = await saveArtifact(folder, tinyContents());
    const artifact = await loadArtifact(folder, { algorithms: tinyAlgorithms });
    const second = await saveArtifact(folder, {
      ...tinyContents({ created: new Date("2019-12-01T00:00:00Z") }),
      decision: "of December",
    });
    const load = () => loadArtifact(folder, { algorithms: tinyAlgorithms });
    const service = new Reloading(artifact, { load, protection: protectedBy() });
    const ask = async (path: string, method = "GET") => {
      const request = new Request(`http://shop.test${path}`, { method, headers: AUTHORIZED });
      const response = await service.handle(request);
      return { status: response.status, body: await response.json() };
    };
    const list = (await ask("/recommend/ann")).body;
    const files = await readFiles(second.path);
    const before = await readFiles(first.path);

    await fc.assert(
      fc.asyncProperty(damages(files, before), async (damaged) => {
        await writeFiles(second.path, damaged.files);
        try {
          const { message } = await assertRejects(load, ArtifactError);
          const { status, body } = await ask("/admin/reload", "POST");
          assertEquals(status, 409);
          // Either of two files may be reported first.
          for (const text of [message, body.detail]) {
            assert(
              damaged.named.some((name) => text.includes(`${second.path}/${name}`)),
              `${text} names none of ${damaged.named.join(", ")}`,
            );
          }
          assertEquals((await ask("/version")).body.version, first.version);
          assertEquals((await ask("/recommend/ann")).body, list);
        } finally {
          const whole = damaged.files.keys().map((name) => [name, files.get(name)] as const);
          await writeFiles(second.path, [...whole] as [string, Bytes | undefined][]);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // The repaired artifact is accepted.
    assertEquals((await ask("/admin/reload", "POST")).body.version, second.version);
  }));

Deno.test("if `current` names no artifact the old one is still served", () =>
  withFolder(async (folder) => {
    const { version } = await saveArtifact(folder, tinyContents());
    const load = () => loadArtifact(folder, { algorithms: tinyAlgorithms });
    const service = new Reloading(await load(), { load, protection: protectedBy() });
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.nat({ max: version.length - 1 }).map((length) =>
        new TextEncoder().encode(version.slice(0, length))
      ),
      fc.stringMatching(/^\d{8}T\d{6}Z-[0-9a-f]{12}$/).map((text) =>
        new TextEncoder().encode(text)
      ),
    );
    await fc.assert(
      fc.asyncProperty(anyBytes, async (bytes) => {
        await Deno.writeFile(`${folder}/current`, bytes);
        const { message } = await assertRejects(load, ArtifactError);
        assertStringIncludes(message, `${folder}/current`);
        await assertRejects(() => service.reload(), ArtifactError);
        assertEquals(service.artifact.version, version);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    await setCurrentVersion(folder, version);
    assertEquals(await service.reload(), { version, previous: version });
  }));
