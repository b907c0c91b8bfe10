import { AccessLog } from "../../../src/service/observability/access_log.ts";
import { assertEquals, assertMatch } from "../../assert.ts";

const answered = { method: "GET", route: "/recommend/{userId}", status: 200, seconds: 0.0012345 };

Deno.test("a line tells when, what and how long, and nothing of whoever asked", () => {
  const written: string[] = [];
  using log = new AccessLog((text) => written.push(text));
  log.add("a-b", answered);
  log.add("c", { ...answered, route: undefined, status: 404 });
  assertEquals(written, []);
  log.flush();
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

Deno.test("lines are written soon, at the latest when there are two hundred or the log ends", async () => {
  const lines: string[] = [];
  const written = Promise.withResolvers<void>();
  const write = (text: string) => {
    lines.push(...text.trimEnd().split("\n"));
    written.resolve();
  };
  {
    using log = new AccessLog(write);
    for (let i = 0; i < 200; i++) log.add("a", answered);
    assertEquals(lines.length, 200);
    log.add("b", answered);
  }
  assertEquals(lines.length, 201);
  const later = Promise.withResolvers<void>();
  using log = new AccessLog(() => later.resolve());
  log.add("c", answered);
  await later.promise;
});
