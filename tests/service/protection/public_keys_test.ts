import { InputError } from "../../../src/base/input_error.ts";
import { Protection } from "../../../src/service/protection/protection.ts";
import { PublicKeys } from "../../../src/service/protection/public_keys.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("without keys pages can't send events", () => {
  assertEquals([new PublicKeys().isOpen, new PublicKeys({ publicKeys: ["12345678"] }).isOpen], [
    false,
    true,
  ]);
});

for (const key of ["short", "with space!", "x".repeat(65)]) {
  Deno.test(`"${key.slice(0, 12)}" isn't a key`, () => {
    const error = assertThrows(
      () => new PublicKeys({ publicKeys: ["fine-key-1", key] }),
      InputError,
      "number 2 of 2",
    );
    assertEquals(error.message.includes(key), false);
  });
}

Deno.test("a secret can't be a public key", () => {
  const secret = "0123456789abcdef";
  for (const tokens of [{ apiTokens: [secret] }, { readTokens: [secret] }]) {
    assertThrows(
      () => new Protection({ ...tokens, publicKeys: [secret] }),
      InputError,
      "is one of API_TOKENS or READ_TOKENS",
    );
  }
});
