import { InputError } from "../../src/base/input_error.ts";
import { algorithmNamed, algorithms } from "../../src/models/mod.ts";
import { assert, assertEquals, assertMatch, assertThrows } from "../assert.ts";

Deno.test("every model has a name of its own and is found by it", () => {
  assert(algorithms.length > 0);
  for (const algorithm of algorithms) assertEquals(algorithmNamed(algorithm.name), algorithm);
});

Deno.test("names are snake_case and every model has a description", () => {
  for (const { name, description } of algorithms) {
    assertMatch(name, /^[a-z]+(_[a-z]+)*$/);
    assert(description.length > 20, name);
  }
});

Deno.test("an unknown model is refused with the names of all models", () => {
  const error = assertThrows(() => algorithmNamed("svdd"), InputError, `Cannot find model "svdd"`);
  for (const { name } of algorithms) assert(error.message.includes(name));
});
