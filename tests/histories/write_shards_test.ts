import { idDigest } from "../../src/histories/id_digest.ts";
import { writeShards } from "../../src/histories/write_shards.ts";
import type { History } from "../../src/interactions/history.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import { SMALL, someInteractions, write } from "./shop.ts";

const HISTORY: History = {
  items: Uint32Array.of(7, 3),
  weights: Float32Array.of(1, 4),
  times: Uint32Array.of(100, 160),
};
const SOURCE = { coding: { weights: Float32Array.of(1, 4), first: 100 }, items: 8, latest: 160 };

function user(userId: string, events = HISTORY) {
  return { userId, events, span: { start: 0, end: events.items.length } };
}

Deno.test("a shard has users with their events, in the order of the digests of their ids", () =>
  withFolder(async (folder) => {
    // SHA-256 of "a" begins with ca97, of "b" with 3e23.
    assertEquals([idDigest("a").slice(0, 4), idDigest("b").slice(0, 4)], ["ca97", "3e23"]);
    const written = await writeShards(folder, { ...SOURCE, users: [user("b"), user("a")] });
    // Both events: (0 · 2 + 0, 7), (60 · 2 + 1, 3).
    assertEquals(
      await Deno.readFile(`${folder}/00000.shard`),
      Uint8Array.of(1, 98, 4, 0, 7, 121, 3, 1, 97, 4, 0, 7, 121, 3),
    );
    assertEquals(written.shardBytes, [14]);
    assertEquals(written.tensors.hashes.data, Uint32Array.of(0x3e23e816));
  }));

Deno.test("users out of order, twice, or with events that don't fit are refused", () =>
  withFolder(async (folder) => {
    const writing = (users: ReturnType<typeof user>[]) => async () => {
      await Deno.remove(`${folder}/00000.shard`).catch(() => {});
      return await writeShards(folder, { ...SOURCE, users });
    };
    await assertRejects(writing([user("a"), user("b")]), RangeError, `"b" doesn't`);
    await assertRejects(writing([user("a"), user("a")]), RangeError, "each once");
    const heavy = { ...HISTORY, weights: Float32Array.of(1, 9) };
    await assertRejects(writing([user("a", heavy)]), RangeError, "weights must be among 1, 4");
    const late = { ...HISTORY, times: Uint32Array.of(160, 100) };
    await assertRejects(writing([user("a", late)]), RangeError, "times must ascend");
  }));

Deno.test("the same histories give the same bytes and the same id", () =>
  withFolder((one) =>
    withFolder(async (other) => {
      const first = await write(one, someInteractions(), SMALL);
      const second = await write(other, someInteractions(), SMALL);
      assertEquals(first, second);
      for (const { name } of Deno.readDirSync(one)) {
        assertEquals(
          await Deno.readFile(`${one}/${name}`),
          await Deno.readFile(`${other}/${name}`),
        );
      }
    })
  ));

Deno.test("users come as a stream, too, and only one block of them is held", () =>
  withFolder(async (folder) => {
    async function* users() {
      const ids = Array.from({ length: 500 }, (_, i) => `user ${i}`);
      const sorted = ids.toSorted((a, b) => idDigest(a) < idDigest(b) ? -1 : 1);
      for (const userId of sorted) yield await Promise.resolve(user(userId));
    }
    const { users: count, events, shardBytes, examples } = await writeShards(
      folder,
      { ...SOURCE, users: users() },
      SMALL,
    );
    assertEquals([count, events], [500, 1000]);
    assert(shardBytes.length > 5 && Math.max(...shardBytes) < 2 * SMALL.shardBytes);
    assertEquals(examples.length, 1);
  }));

Deno.test("ids beyond ASCII have the digests of their bytes in UTF-8", () => {
  // SHA-256 of the bytes c3 a9, and of U+FFFD, which stands for half a pair.
  assertEquals(idDigest("é").slice(0, 16), "4a99557e4033c353");
  assertEquals(idDigest("\ud800"), idDigest("\ufffd"));
});
