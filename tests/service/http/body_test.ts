import { sleep } from "../../../src/base/time.ts";
import { BodyMemory, parseJson, readText } from "../../../src/service/http/body.ts";
import { ProblemError } from "../../../src/service/http/problem.ts";
import { assertEquals, assertRejects, assertThrows } from "../../assert.ts";

function requestOf(body: BodyInit | null, headers?: HeadersInit): Request {
  return new Request("http://shop.test/", { method: "POST", body, headers });
}

Deno.test("a body may arrive in chunks that split characters", async () => {
  const bytes = new TextEncoder().encode("größer 日本");
  const pieces = ReadableStream.from(Array.from(bytes, (byte) => Uint8Array.of(byte)));
  assertEquals(await readText(requestOf(pieces)), "größer 日本");
  assertEquals(await readText(requestOf(null)), "");
});

Deno.test("a body that takes too long is refused, and no more of it is read", async () => {
  let isCancelled = false;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"a":')),
    cancel() {
      isCancelled = true;
    },
  });
  const error = await assertRejects(
    () => readText(requestOf(body), { timeoutMs: 20 }),
    ProblemError,
    "The body must arrive within 0.02 seconds",
  );
  assertEquals([error.problem.status, isCancelled], [408, true]);
});

Deno.test("bodies being read share a memory budget, and return their part of it", async () => {
  const memory = new BodyMemory();
  // All of the 64 MiB but 10 bytes.
  memory.allocate(64 * 1024 * 1024 - 10);
  const first = Promise.withResolvers<void>();
  const slow = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode("123456")),
    async pull(controller) {
      await first.promise;
      controller.close();
    },
  });
  const reading = readText(requestOf(slow), { memory });
  await sleep(0);
  const error = await assertRejects(() => readText(requestOf("12345"), { memory }), ProblemError);
  assertEquals([error.problem.status, error.problem.retryAfter], [503, 1]);
  assertEquals(await readText(requestOf("1234"), { memory }), "1234");
  first.resolve();
  assertEquals(await reading, "123456");
  assertEquals(await readText(requestOf("1234567890"), { memory }), "1234567890");
});

Deno.test("a connection that breaks during a body is a client error", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
  const error = await assertRejects(
    () => readText(requestOf(body)),
    ProblemError,
    "the connection broke",
  );
  assertEquals(error.problem.status, 400);
});

Deno.test("a body whose content length is too large isn't read", async () => {
  const request = requestOf("{}", { "content-length": "3000000" });
  const error = await assertRejects(() => readText(request), ProblemError, "at most 2097152 bytes");
  assertEquals([error.problem.status, request.bodyUsed], [413, false]);
});

Deno.test("text that isn't UTF-8 is refused", async () => {
  await assertRejects(() => readText(requestOf(Uint8Array.of(0xff))), ProblemError, "UTF-8");
  await assertRejects(() => readText(requestOf(Uint8Array.of(0xe6))), ProblemError, "UTF-8");
});

Deno.test("arrays and objects may be nested 32 levels deep and no deeper", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  parseJson(nested(32));
  assertThrows(() => parseJson(nested(33)), ProblemError, "more than 32 levels deep");
  assertThrows(() => parseJson('{"a":'.repeat(100_000)), ProblemError, "levels deep");
  // Brackets in strings don't count, nor do closed ones.
  assertEquals(
    parseJson(`"${"[".repeat(99)}\\"${"{".repeat(99)}"`),
    `${"[".repeat(99)}"${"{".repeat(99)}`,
  );
  assertEquals((parseJson(`[${Array(99).fill("[]").join(",")}]`) as unknown[]).length, 99);
});

Deno.test("a compressed body is refused, one sent as it is isn't", async () => {
  for (const encoding of ["gzip", "br", "identity, gzip"]) {
    const request = requestOf("{}", { "content-encoding": encoding });
    const error = await assertRejects(() => readText(request), ProblemError);
    assertEquals([error.problem.status, request.bodyUsed], [415, false]);
  }
  assertEquals(await readText(requestOf("{}", { "content-encoding": "identity" })), "{}");
});
