import { toRows } from "../../../../../scripts/bench/lib/speed/speed.ts";
import { assertEquals } from "../../../../assert.ts";

Deno.test("medians have a row for every peer that did the same work", () => {
  const own = [3, 1, 2].map((seconds) => ({ name: "work", metrics: { seconds } }));
  const peers = [4, 6].map((seconds) => ({ name: "work", peer: "other", metrics: { seconds } }));
  const slow = { name: "work", peer: "slow", metrics: { seconds: 9 } };
  const row = {
    ...{ bench: "svd", name: "work", metric: "seconds", value: 2, unit: "s", options: {} },
  };
  assertEquals(toRows("svd", own, [...peers, slow], {}), [
    { ...row, peer: "other", peerValue: 5 },
    { ...row, peer: "slow", peerValue: 9 },
  ]);
  assertEquals(toRows("svd", own, [], {}), [row]);
});

Deno.test("a peer's other work and its missing metrics are omitted", () => {
  const own = [{ name: "work", metrics: { seconds: 1, energy: 0.5 } }];
  const peers = [
    { name: "other work", peer: "other", metrics: { seconds: 4 } },
    { name: "work", peer: "other", metrics: { seconds: 2 } },
  ];
  assertEquals(
    toRows("svd", own, peers, {}).map(({ metric, unit, peerValue }) => ({
      metric,
      unit,
      peerValue,
    })),
    [
      { metric: "seconds", unit: "s", peerValue: 2 },
      { metric: "energy", unit: "share", peerValue: undefined },
    ],
  );
});
