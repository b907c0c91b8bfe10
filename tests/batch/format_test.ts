import { formatList, headerOf } from "../../src/batch/format.ts";
import { assertEquals } from "../assert.ts";

const product = { brand: "runail", category: "11", price: 5, title: undefined };
const LIST = {
  model: "als",
  strategy: "mixed",
  items: [
    { ...product, productId: "7", score: 0.5, source: "model" },
    { ...product, productId: 'a,"b"', score: 2, source: "popularity" },
  ],
} as const;

Deno.test("CSV has a row per place, and quotes ids where it must", () => {
  assertEquals(
    headerOf("csv") + formatList("csv", "ann", LIST),
    "user_id,rank,product_id,score,source,strategy,model\r\n" +
      "ann,1,7,0.5,model,mixed,als\r\n" +
      'ann,2,"a,""b""",2,popularity,mixed,als\r\n',
  );
});

Deno.test("NDJSON has a line per user, for an empty list as well", () => {
  assertEquals(
    headerOf("ndjson") + formatList("ndjson", "ann", LIST),
    '{"userId":"ann","model":"als","strategy":"mixed","items":[' +
      '{"productId":"7","score":0.5,"source":"model"},' +
      '{"productId":"a,\\"b\\"","score":2,"source":"popularity"}]}\n',
  );
  assertEquals(
    formatList("ndjson", "ann", { ...LIST, items: [] }),
    '{"userId":"ann","model":"als","strategy":"mixed","items":[]}\n',
  );
});
