import { InputError } from "../../../src/base/input_error.ts";
import { jsonValueSql, readJsonHead } from "../../../src/spark/read/json_lines.ts";
import { assertEquals, assertRejects, assertThrows } from "../../assert.ts";

Deno.test("the keys of the first lines come first, then the columns that they lack", async () => {
  const text = '{"who":"ann","shop":{"price":3}}\n{"who":"bob","item_id":"7"}\n';
  const { keys, csv } = (await readJsonHead(text, "e.json"))!;
  assertEquals(keys.slice(0, 3), ["who", "shop.price", "item_id"]);
  assertEquals([keys.includes("user_id"), keys.includes("product_id")], [true, false]);
  const [, first, second] = new TextDecoder().decode(csv).split("\n");
  assertEquals([first.slice(0, 6), second.slice(0, 6)], ["ann,3,", "bob,,7"]);
});

Deno.test("CSV isn't JSON lines", async () => {
  assertEquals(await readJsonHead("event_time,user_id\n", "e.csv"), undefined);
});

Deno.test("a nested value is found below its object, or by a name with a dot", () => {
  assertEquals(
    jsonValueSql("line", "shop.price"),
    "coalesce(get_json_object(line, '$[\\'shop.price\\']'), " +
      "get_json_object(line, '$[\\'shop\\'][\\'price\\']'))",
  );
});

Deno.test("a column of events is found by each of its names", () => {
  assertEquals(
    jsonValueSql("line", "brand").match(/\[\\'\w+/g),
    ["brand", "item_brand", "itemBrand"].map((name) => `[\\'${name}`),
  );
});

Deno.test("a name with a quote, a list of objects and a nested column are refused", async () => {
  assertThrows(() => jsonValueSql("line", "it's"), InputError, `Cannot read "it's" on Spark`);
  await assertRejects(
    () => readJsonHead('{"user_id":"1","items":[{"item_id":"7"}]}', "e.json"),
    InputError,
    "Cannot read e.json on Spark: items is a list of objects, which only one machine reads",
  );
  await assertRejects(
    () => readJsonHead('{"user_id":{"id":"1"}}', "e.json"),
    InputError,
    "Cannot read e.json: user_id must be a plain value, it is an object with user_id.id",
  );
});
