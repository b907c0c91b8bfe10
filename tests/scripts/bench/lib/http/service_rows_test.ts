import { toRows } from "../../../../../scripts/bench/lib/http/service_rows.ts";
import { assertEquals } from "../../../../assert.ts";

Deno.test("every figure has a row with its unit, and the peer's figure if there is one", () => {
  const options = { users: 3 };
  const peer = { name: "flask", figures: { requests_per_second: 100 } };
  const figures = { requests_per_second: 400, busy: 0.9 };
  assertEquals(toRows("http", [{ name: "recommend", figures, peer }], options), [
    {
      bench: "http",
      name: "recommend",
      metric: "requests_per_second",
      value: 400,
      unit: "1/s",
      peer: "flask",
      peerValue: 100,
      options,
    },
    { bench: "http", name: "recommend", metric: "busy", value: 0.9, unit: "share", options },
  ]);
});
