import { medians, toRows } from "../../../../../scripts/bench/lib/http/service_rows.ts";
import { assertEquals } from "../../../../assert.ts";

Deno.test("every figure has a row with its unit, beside the peer's where it has one", () => {
  const options = { users: 3 };
  const peer = { name: "flask", figures: { requests_per_second: 100 } };
  const figures = { requests_per_second: 400, busy: 0.9 };
  assertEquals(toRows([{ name: "recommend", figures, peer }], options), [
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

Deno.test("of several runs the median of each figure counts", () => {
  assertEquals(medians([{ a: 1, b: 9 }, { a: 5, b: 7 }, { a: 3, b: 8 }]), { a: 3, b: 8 });
});
