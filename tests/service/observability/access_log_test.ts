import { sleep } from "../../../src/base/time.ts";
import { AccessLog } from "../../../src/service/observability/access_log.ts";
import { assert, assertEquals, assertMatch } from "../../assert.ts";

const answered = { method: "GET", route: "/recommend/{userId}", status: 200, seconds: 0.0012345 };

Deno.test("a line has time, route, status and duration, but nothing of the sender", async () => {
  const written: string[] = [];
  await using log = new AccessLog({ write: (text) => void written.push(text) });
  log.add("a-b", answered);
  log.add("c", { ...answered, route: undefined, status: 404 });
  assertEquals(written, []);
  await log.flush();
  assertEquals(written.length, 1);
  const [first, second] = written[0].trimEnd().split("\n").map((line) => JSON.parse(line));
  const { time, ...rest } = first;
  assertMatch(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assertEquals(rest, {
    id: "a-b",
    method: "GET",
    route: "/recommend/{userId}",
    status: 200,
    ms: 1.23,
  });
  assertEquals([second.id, second.route, second.status], ["c", undefined, 404]);
});

Deno.test("lines are written after a moment, after two hundred, and at the end", async () => {
  const lines: string[] = [];
  const write = (text: string) => void lines.push(...text.trimEnd().split("\n"));
  {
    await using log = new AccessLog({ write });
    for (let i = 0; i < 200; i++) log.add("a", answered);
    assertEquals(lines.length, 200);
    log.add("b", answered);
  }
  assertEquals(lines.length, 201);
  const later = Promise.withResolvers<void>();
  await using log = new AccessLog({ write: () => later.resolve() });
  log.add("c", answered);
  await later.promise;
});

/** A sink that accepts writes only when released. */
class SlowReader {
  readonly texts: string[] = [];
  #done = () => {};

  readonly write = (text: string): Promise<void> => {
    this.texts.push(text);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#done = resolve;
    return promise;
  };

  async readOn(): Promise<void> {
    this.#done();
    // Lets the log continue.
    await sleep(0);
  }

  get lines() {
    return this.texts.join("").trimEnd().split("\n").map((line) => JSON.parse(line));
  }
}

Deno.test("lines added during a write are written next, in order", async () => {
  const reader = new SlowReader();
  await using log = new AccessLog(reader);
  for (let i = 0; i < 700; i++) log.add(String(i), answered);
  assertEquals(reader.texts.length, 1);
  await reader.readOn();
  assertEquals(reader.texts.length, 2);
  await reader.readOn();
  assertEquals(reader.lines.map(({ id }) => Number(id)), Array.from({ length: 700 }, (_, i) => i));
});

Deno.test("lines beyond two million characters are dropped, and a line says how many", async () => {
  const reader = new SlowReader();
  let lost = 0;
  await using log = new AccessLog({ write: reader.write, onLost: (lines) => lost += lines });
  const all = 50_000;
  for (let i = 0; i < all; i++) log.add("a", answered);
  await reader.readOn();
  await reader.readOn();
  const { lines } = reader;
  assertEquals(lines.at(-1).lost, lost);
  assertEquals(lines.length - 1 + lost, all);
  const longest = Math.max(...reader.texts.map(({ length }) => length));
  assert(longest > 1_000_000 && longest < 4_000_000);
});

Deno.test("lines that can't be written are dropped, counted and reported once", async () => {
  const said: string[] = [];
  const { error } = console;
  console.error = (text: string) => said.push(text);
  try {
    const written: string[] = [];
    let lost = 0;
    let isFull = true;
    await using log = new AccessLog({
      write(text) {
        if (isFull) throw new Error("No space left on device (os error 28)");
        written.push(text);
      },
      onLost: (lines) => lost += lines,
    });
    for (let i = 0; i < 3; i++) {
      log.add("a", answered);
      await log.flush();
    }
    isFull = false;
    log.add("b", answered);
    await log.flush();
    assertEquals(said, ["Cannot write the access log: No space left on device (os error 28)"]);
    const lines = written.join("").trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals([lost, ...lines.map(({ lost, id }) => lost ?? id)], [3, "b", 3]);
  } finally {
    console.error = error;
  }
});

Deno.test("a log that isn't read still closes", async () => {
  const log = new AccessLog({ write: () => new Promise(() => {}) });
  log.add("a", answered);
  await log[Symbol.asyncDispose]();
});
