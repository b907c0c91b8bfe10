import { applyLoad, rateOf, requireAnswers } from "../../../../../scripts/bench/lib/http/load.ts";
import { InputError } from "../../../../../src/base/input_error.ts";
import { sleep } from "../../../../../src/base/time.ts";
import { assert, assertEquals, assertThrows } from "../../../../assert.ts";

/** Runs a test with a server that records its requests. */
async function withServer(
  answer: (request: Request, body: string) => Response | Promise<Response>,
  run: (port: number, received: string[]) => Promise<void>,
): Promise<void> {
  const received: string[] = [];
  const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
  await using server = Deno.serve(options, async (request) => {
    const { pathname, search } = new URL(request.url);
    const body = await request.text();
    const token = request.headers.get("authorization");
    received.push([request.method, pathname + search, body, token].join(" "));
    return await answer(request, body);
  });
  await run(server.addr.port, received);
}

Deno.test("a load sends its requests in order, up to the maximum, and counts the answers", () =>
  withServer(
    ({ url }) => new Response("x".repeat(url.includes("long") ? 300_000 : 5)),
    async (port, received) => {
      const requests = [
        { method: "GET", path: "/a?b=1" },
        { method: "POST", path: "/long", body: "ü" },
      ];
      const load = { port, connections: 1, seconds: 60, most: 5, requests, token: "secret" };
      const { statuses, seconds, latency } = await applyLoad(load);
      assertEquals(statuses, { 200: 5 });
      const [first, second] = ["GET /a?b=1  Bearer secret", "POST /long ü Bearer secret"];
      assertEquals(received, [first, second, first, second, first]);
      assert(seconds > 0 && latency.p50 > 0 && latency.p50 <= latency.p99);
      assert(latency.p99 <= latency.max);
    },
  ));

Deno.test("a load with a rate sends no faster", () =>
  withServer(() => new Response("ok"), async (port, received) => {
    const requests = [{ method: "GET", path: "/" }];
    const result = await applyLoad({
      ...{ port, connections: 4, seconds: 60, most: 20, rate: 40, requests },
    });
    assertEquals([received.length, result.statuses], [20, { 200: 20 }]);
    // Due at 0, 25, 50 … 475 ms; how much later they are sent depends on the machine.
    assert(result.seconds >= 0.475, `${result.seconds}`);
  }));

Deno.test("warm-up requests extend the load and are counted, but their latency is ignored", () => {
  let count = 0;
  const slowMs = 800;
  return withServer(
    async () => {
      if (count++ === 0) await sleep(slowMs);
      return new Response("ok");
    },
    async (port) => {
      const requests = [{ method: "GET", path: "/" }];
      const load = { port, connections: 2, seconds: 0.5, most: 1000, rate: 40, requests };
      const cold = await applyLoad(load);
      assert(cold.latency.max >= slowMs);
      count = 0;
      const { statuses, latency } = await applyLoad({ ...load, warmUp: 4 });
      assert(latency.max < slowMs / 2);
      // 24 unless the machine is busy; without the warm-up at most 20.
      assert(statuses[200] > 20 && statuses[200] <= 24, `${statuses[200]}`);
    },
  );
});

Deno.test("refused requests are counted, and those with Retry-After", () => {
  let count = 0;
  return withServer(
    () => {
      const hasHeader = ++count % 2 === 0;
      return new Response("no", { status: 503, headers: hasHeader ? { "retry-after": "1" } : {} });
    },
    async (port) => {
      const requests = [{ method: "GET", path: "/" }];
      const result = await applyLoad({ port, connections: 1, seconds: 60, most: 6, requests });
      assertEquals([result.statuses, result.retryAfter], [{ 503: 6 }, 3]);
      assertEquals(rateOf(result), 0);
      assertThrows(() => requireAnswers(result, "lists"), InputError, 'got {"503":6}');
    },
  );
});
