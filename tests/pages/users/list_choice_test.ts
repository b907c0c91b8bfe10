import { queryOf, readChoice } from "../../../src/pages/users/list_choice.ts";
import { apiPath } from "../../../src/pages/visit/ask.ts";
import { assertEquals } from "../../assert.ts";

const served = { names: ["als", "popularity"], defaultName: "als" };

function pathFor(query: string): string {
  const choice = readChoice(new URLSearchParams(query), served);
  return apiPath(["recommend", "ann"], queryOf(choice, choice.models[0]));
}

Deno.test("without a choice, the default model's list is asked for with reasons", () => {
  assertEquals(readChoice(new URLSearchParams(), served).models, ["als"]);
  assertEquals(pathFor(""), "/recommend/ann?model=als&explain=true");
});

Deno.test("at most three models are chosen, each once; empty columns are none", () => {
  const models = (query: string) => readChoice(new URLSearchParams(query), served).models;
  assertEquals(models("model=als&model=&model=als"), ["als"]);
  assertEquals(models("model=a&model=b&model=c&model=d"), ["a", "b", "c"]);
});

Deno.test("controls become the API's parameters; empty ones keep its defaults", () => {
  assertEquals(
    pathFor("k=5&brand=&not=7%2C8&plain=1&unknown=1"),
    "/recommend/ann?model=als&k=5&not=7&not=8",
  );
});
