import { InputError } from "../../../src/base/input_error.ts";
import { Tokens } from "../../../src/service/protection/tokens.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const tokens = new Tokens({
  apiTokens: ["first-api-token-1", "second-api-token"],
  readTokens: ["only-a-read-token=="],
});

function callerOf(authorization?: string) {
  const headers = authorization === undefined ? undefined : { authorization };
  return tokens.callerOf(new Request("http://shop.test/", { headers }));
}

Deno.test("a client is identified by any of the tokens", () => {
  assertEquals(callerOf("Bearer first-api-token-1"), { name: "API_TOKENS 1", mayManage: true });
  assertEquals(callerOf("bearer  second-api-token"), { name: "API_TOKENS 2", mayManage: true });
  assertEquals(callerOf("Bearer only-a-read-token=="), { name: "READ_TOKENS 1", mayManage: false });
});

Deno.test("what isn't exactly a known token identifies no client", () => {
  for (
    const sent of [
      undefined,
      "",
      "Bearer",
      "Bearer ",
      "first-api-token-1",
      "Basic first-api-token-1",
      "Bearer first-api-token-",
      "Bearer first-api-token-11",
      "Bearer FIRST-API-TOKEN-1",
      "Bearer first-api-token-1 second-api-token",
      "Bearer first-api-token-1,second-api-token",
    ]
  ) assertEquals(callerOf(sent), undefined, sent);
});

Deno.test("without tokens reading is open, and managing closed", () => {
  const { anyMayManage, readsAreOpen } = new Tokens();
  assertEquals({ anyMayManage, readsAreOpen }, { anyMayManage: false, readsAreOpen: true });
});

Deno.test("the error for a token that is too short or can't be sent doesn't contain it", () => {
  for (const bad of ["short", "fifteen-letters", "sixteen letters!!", "sechzehn-zeichen-ü"]) {
    const error = assertThrows(
      () => new Tokens({ readTokens: ["only-a-read-token==", bad] }),
      InputError,
      "Cannot use READ_TOKENS: each token must be 16 or more",
    );
    assertEquals(error.message.includes(bad), false);
    assertEquals(error.message.includes("number 2 of 2"), true);
  }
});
