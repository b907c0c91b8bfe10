import type { Histories } from "../../src/histories/histories.ts";
import { HistoriesError } from "../../src/histories/histories_error.ts";
import { InsideHistories } from "../../src/histories/inside.ts";
import { rangeServer } from "./range_server.ts";
import { historyOf } from "../../src/interactions/interactions.ts";
import { PackedHistories } from "../../src/histories/packed_histories.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import { open, SMALL, someInteractions, write } from "./shop.ts";

const interactions = someInteractions();
const { userIds } = interactions;
const inside = new InsideHistories({ userIds, packed: PackedHistories.pack(interactions) });
const ids = Array.from({ length: userIds.size }, (_, user) => userIds.idAt(user));

const DAY = 86_400;

async function walked(histories: Histories, part?: { from?: number; to?: number }) {
  return await Array.fromAsync(
    histories.walk(part),
    ({ userId, history }) => ({ userId, history }),
  );
}

Deno.test("every user's history comes back from shards, and nobody else's", async () => {
  await withFolder(async (folder) => {
    const written = await write(folder, interactions, SMALL);
    assert(written.shardBytes.length > 3, "there must be several shards");
    const shards = open(folder, written);
    for (const [user, userId] of ids.entries()) {
      assertEquals(await shards.of(userId), historyOf(interactions, user));
    }
    assertEquals((await shards.of("u7"))?.items.length, 0);
    for (const stranger of ["", "u300", "U1", "u1\u0000"]) {
      assertEquals(await shards.of(stranger), undefined);
      assertEquals(await inside.of(stranger), undefined);
    }
    assertEquals([written.users, written.events], [300, 3000]);
  });
});

Deno.test("walking passes every user once, from anywhere, and in parts", async () => {
  await withFolder(async (folder) => {
    const shards = open(folder, await write(folder, interactions, SMALL));
    for (const histories of [shards, inside]) {
      const all = await walked(histories);
      assertEquals(all.map(({ userId }) => userId).sort(), ids.toSorted());
      for (const { userId, history } of all) {
        assertEquals(history, historyOf(interactions, userIds.indexOf(userId)));
      }
      const steps = await Array.fromAsync(histories.walk());
      for (const place of [0, 1, 57, 298]) {
        assertEquals(await walked(histories, { from: steps[place].next }), all.slice(place + 1));
      }
      assertEquals(await walked(histories, { from: steps[299].next }), []);
      const parts = histories.parts(50);
      assert(parts.length > 3, `there must be several parts, not ${parts.length}`);
      assertEquals((await Promise.all(parts.map((part) => walked(histories, part)))).flat(), all);
    }
  });
});

Deno.test("sums, first events and days are those of all histories", async () => {
  await withFolder(async (folder) => {
    const shards = open(folder, await write(folder, interactions, SMALL));
    const last = inside.latestUntil(Infinity);
    assertEquals(shards.latestUntil(Infinity), last);
    assertEquals(shards.latestUntil(last - 5), last - 5);
    assertEquals(shards.firstEvents(), inside.firstEvents(100));
    const first = Math.floor(interactions.times.reduce((a, b) => Math.min(a, b)) / DAY) * DAY;
    for (const from of [first, first + 3 * DAY, first + 9 * DAY]) {
      const period = { from, to: last + 1 };
      assertEquals(shards.sums(period, 100), inside.sums(period, 100));
    }
    assertThrows(() => shards.sums({ from: first + 60, to: last }, 100), RangeError, "midnight");
    const byDay = (histories: Histories) => {
      const counts = new Map<string, number>();
      for (const { day, weight, count } of histories.daysOf(3)) {
        counts.set(`${day} ${weight}`, (counts.get(`${day} ${weight}`) ?? 0) + count);
      }
      return Object.fromEntries([...counts].sort());
    };
    assertEquals(byDay(shards), byDay(inside));
  });
});

Deno.test("a user who is asked for again isn't read again, nor twice at once", async () => {
  await withFolder(async (folder) => {
    let reads = 0;
    const written = await write(folder, interactions, SMALL);
    const shards = open(folder, written, { onRead: () => reads++ });
    await Promise.all([shards.of("u1"), shards.of("u1"), shards.of("u1")]);
    assertEquals(reads, 1);
    await shards.of("u1");
    await shards.of("nobody");
    await shards.of("nobody");
    assertEquals(reads, 2);
    const forgetful = open(folder, written, { cacheBytes: 0, onRead: () => reads++ });
    await forgetful.of("u1");
    await forgetful.of("u1");
    assertEquals(reads, 4);
  });
});

Deno.test("a damaged block is an error, never another history", async () => {
  await withFolder(async (folder) => {
    const written = await write(folder, interactions, SMALL);
    for (const { name } of Deno.readDirSync(folder)) {
      const path = `${folder}/${name}`;
      const bytes = await Deno.readFile(path);
      for (let at = 0; at < bytes.length; at += 7) bytes[at] ^= 1;
      await Deno.writeFile(path, bytes);
    }
    const shards = open(folder, written);
    for (const userId of ids) {
      const error = await assertRejects(() => shards.of(userId), HistoriesError);
      assertStringIncludes(error.message, "is damaged, or of another training");
      assertStringIncludes(error.message, folder);
    }
  });
});

Deno.test("shards that are cut, missing or of another training are an error", async () => {
  await withFolder(async (folder) => {
    const written = await write(folder, interactions, SMALL);
    const shards = open(folder, written);
    await Deno.truncate(`${folder}/00000.shard`, 10);
    await assertRejects(() => shards.check(), HistoriesError, "00000.shard ends before byte");
    await Deno.remove(`${folder}/00000.shard`);
    await assertRejects(() => shards.check(), HistoriesError, "Cannot read the histories in");
    const other = { ...interactions, items: interactions.items.map((item) => (item + 1) % 100) };
    await withFolder(async (otherFolder) => {
      const otherWritten = await write(otherFolder, other, SMALL);
      assert(otherWritten.id !== written.id, "other histories have another id");
      assertThrows(
        () => open(folder, { ...written, id: otherWritten.id }),
        RangeError,
        otherWritten.id,
      );
      const mixed = open(otherFolder, written);
      const read = await Promise.allSettled(ids.map((userId) => mixed.of(userId)));
      assert(read.some(({ status }) => status === "rejected"), "blocks of the other are refused");
      for (const [user, result] of read.entries()) {
        if (result.status === "rejected") assert(result.reason instanceof HistoriesError);
        else assertEquals(result.value, historyOf(interactions, user));
      }
    });
  });
});

Deno.test("shards on another machine are read by ranges, with their address's query", async () => {
  await withFolder(async (folder) => {
    const written = await write(folder, interactions, SMALL);
    await using server = rangeServer(folder);
    const shards = open(`${server.url}?signature=secret`, written);
    for (const user of [0, 7, 123]) {
      assertEquals(await shards.of(ids[user]), historyOf(interactions, user));
    }
    assertEquals((await walked(shards)).length, 300);
    assert(server.requests.every(({ search }) => search === "?signature=secret"));
    assert(server.requests.every(({ range }) => /^bytes=\d+-\d+$/.test(range ?? "")));
    server.answer = () => new Response("gone", { status: 404 });
    const error = await assertRejects(() => shards.of("u9"), HistoriesError);
    assertStringIncludes(error.message, "the server answers 404");
    assert(!error.message.includes("secret"), error.message);
    server.answer = () => new Response(new Uint8Array(99_999));
    await assertRejects(
      () => shards.of("u9"),
      HistoriesError,
      "must answer range requests with 206",
    );
    server.answer = () => new Response(new Uint8Array(99_999), { status: 206 });
    await assertRejects(() => shards.of("u9"), HistoriesError, "sends too much");
    server.answer = () => new Response(new Uint8Array(5), { status: 206 });
    await assertRejects(() => shards.of("u9"), HistoriesError, "sends only 5 of");
    server.answer = undefined;
    assertEquals(await shards.of("u9"), historyOf(interactions, 9));
  });
});

Deno.test("an error says why a server can't be reached, without its address's query", async () => {
  await withFolder(async (folder) => {
    const written = await write(folder, interactions, SMALL);
    const gone = rangeServer(folder);
    await gone[Symbol.asyncDispose]();
    const shards = open(`${gone.url}?signature=secret`, written);
    const { message } = await assertRejects(() => shards.of("u9"), HistoriesError);
    assertStringIncludes(message, `Cannot read the histories in ${gone.url}/: fetch failed: `);
    assert(!message.includes("secret"), message);
  });
});

Deno.test("a silent server is given up in time, and left alone for a moment", async () => {
  await withFolder(async (folder) => {
    const written = await write(folder, interactions, SMALL);
    await using server = rangeServer(folder);
    const errors: (HistoriesError | undefined)[] = [];
    const shards = open(server.url, written, {
      timeout: 0.2,
      onRead: (_, error) => errors.push(error),
    });
    const silent = Promise.withResolvers<Response>();
    server.answer = () => silent.promise;
    await assertRejects(() => shards.of("u9"), HistoriesError, "no answer within 0.2 seconds");
    const started = performance.now();
    const asked = server.requests.length;
    for (const userId of ids) await assertRejects(() => shards.of(userId), HistoriesError);
    assert(performance.now() - started < 400, "none of them may wait");
    assertEquals(server.requests.length, asked);
    assertEquals(errors.filter(Boolean).length, ids.length + 1);
    silent.resolve(new Response());
    server.answer = undefined;
    await new Promise((resolve) => setTimeout(resolve, 600));
    assertEquals(await shards.of("u9"), historyOf(interactions, 9));
  });
});

Deno.test("plain HTTP is for this machine alone", async () => {
  await withFolder(async (folder) => {
    const written = await write(folder, interactions, SMALL);
    const shards = open("http://shop.test/histories", written);
    await assertRejects(() => shards.of("u9"), HistoriesError, "only fetched over https");
  });
});
