import type { Manifest } from "../../src/artifact/manifest.ts";
import { writeTensors } from "../../src/artifact/tensor_files.ts";
import { sha256 } from "../../src/base/sha256.ts";
import type { IdMap } from "../../src/interactions/id_map.ts";
import type { ShopInteractions } from "../../src/interactions/interactions.ts";
import { startsOf } from "../../src/linalg/lengths.ts";
import { tensor, type Tensors } from "../../src/linalg/tensor.ts";

/** Changes the text of an artifact's manifest. */
export async function editManifest(path: string, edit: (text: string) => string): Promise<void> {
  const file = `${path}/manifest.json`;
  await Deno.writeTextFile(file, edit(await Deno.readTextFile(file)));
}

/**
 * Changes a manifest and names the artifact after it.
 *
 * @returns The artifact's new name.
 */
export async function rewriteManifest(
  path: string,
  version: string,
  change: (manifest: Manifest) => void,
): Promise<string> {
  await editManifest(path, (text) => {
    const manifest = JSON.parse(text);
    change(manifest);
    return JSON.stringify(manifest);
  });
  const digest = sha256(await Deno.readFile(`${path}/manifest.json`)).slice(0, 12);
  const renamed = version.replace(/[^-]+$/, digest);
  await Deno.rename(path, path.replace(version, renamed));
  return renamed;
}

/** Writes histories and ids as format version 1 did: as plain arrays of 32 bits. */
export async function rewriteInVersion1(
  path: string,
  version: string,
  { userIds, itemIds, indptr, items, weights, times }: ShopInteractions,
): Promise<string> {
  const plain = {
    userIds: idsInVersion1(userIds),
    itemIds: idsInVersion1(itemIds),
    histories: {
      indptr: tensor(indptr),
      items: tensor(items),
      weights: tensor(weights),
      times: tensor(times),
    },
  };
  for (const { name } of [...Deno.readDirSync(path)]) {
    if (/^(userIds|itemIds|histories)/.test(name)) await Deno.remove(`${path}/${name}`);
  }
  const files = await Promise.all(
    Object.entries(plain).map(async ([prefix, tensors]) => [
      prefix,
      await writeTensors(path, prefix, tensors),
    ]),
  );
  return await rewriteManifest(path, version, (manifest) => {
    Object.assign(manifest.contents, Object.fromEntries(files));
    Object.assign(manifest, { formatVersion: 1 });
  });
}

function idsInVersion1(ids: IdMap): Tensors {
  const encoder = new TextEncoder();
  const encoded = Array.from({ length: ids.size }, (_, index) => encoder.encode(ids.idAt(index)));
  return {
    bytes: tensor(Uint8Array.from(encoded.flatMap((id) => [...id]))),
    offsets: tensor(startsOf(Uint32Array.from(encoded, ({ length }) => length))),
  };
}
