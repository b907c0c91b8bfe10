import { ListIds, type ListOrigin } from "../../../src/service/exposures/list_ids.ts";
import { assert, assertEquals } from "../../assert.ts";

const NOW = Date.UTC(2026, 10, 29);
const ids = new ListIds("key", () => NOW);

const ORIGINS: ListOrigin[] = [
  { model: "als" },
  { model: "als", placement: "home" },
  { model: "日本", placement: "a.b", experiment: "models", arm: "b" },
  { model: "als", offset: 20, propensities: [1, 0.25, 1, 0.125] },
];

Deno.test("an id says what made the list, and when", () => {
  for (const origin of ORIGINS) {
    const { listId, made, ...read } = ids.read(ids.next(ids.stampOf(origin)))!;
    assertEquals([read, made], [origin, NOW]);
    assertEquals(listId.length, 22);
  }
});

Deno.test("what follows from the defaults isn't written", () => {
  const stamp = ids.stampOf({ model: "als", offset: 0, propensities: [1, 1] });
  assertEquals(stamp.length < ids.stampOf({ model: "als", offset: 5 }).length, true);
  const { listId: _, made: __, ...read } = ids.read(ids.next(stamp))!;
  assertEquals(read.offset, undefined);
});

Deno.test("every list has an id of its own, in the order in which they are made", () => {
  const stamp = ids.stampOf({ model: "als" });
  const made = Array.from({ length: 1000 }, () => ids.next(stamp));
  assertEquals(new Set(made).size, 1000);
  assertEquals(made, made.toSorted());
  const other = new ListIds("key", () => NOW);
  assert(!made.includes(other.next(stamp)));
});

Deno.test("any server with the key reads an id, and no other", () => {
  const id = ids.next(ids.stampOf({ model: "als" }));
  assertEquals(new ListIds("key").read(id)?.model, "als");
  assertEquals(new ListIds("other").read(id), undefined);
});

Deno.test("an id that was changed is no id", () => {
  const id = ids.next(ids.stampOf({ model: "als", arm: "b", experiment: "models" }));
  const [unique, origin, signature] = id.split(".");
  const forged = btoa(JSON.stringify({ m: "als", e: "models", a: "a" })).replaceAll("=", "");
  const changed = [
    "",
    ".",
    unique,
    `${unique}.${origin}`,
    `${unique}.${forged}.${signature}`,
    `${unique}.${origin}.${signature.slice(1)}`,
    `${unique}.${origin}.${signature}.`,
    `${unique.slice(1)}.${origin}.${signature}`,
    `${unique.toUpperCase()}.${origin}.${signature}`,
    id.slice(0, -1),
    `${id} `,
  ];
  for (const text of changed) assertEquals(ids.read(text), undefined, text);
  assert(ids.read(id));
});
