import { InputError } from "../../src/base/input_error.ts";
import { algorithmNamed, algorithms } from "../../src/models/mod.ts";
import { assert, assertEquals, assertMatch, assertThrows } from "../assert.ts";

Deno.test("every model is found by its name, which no other has", () => {
  assert(algorithms.length > 0);
  for (const algorithm of algorithms) assertEquals(algorithmNamed(algorithm.name), algorithm);
});

Deno.test("names are snake_case and every model says what it does", () => {
  for (const { name, description } of algorithms) {
    assertMatch(name, /^[a-z]+(_[a-z]+)*$/);
    assert(description.length > 20, name);
  }
});

Deno.test("what is worth trying are options that the model has, several different values each", () => {
  for (const { defaults, searchSpace = {} } of algorithms) {
    const space: Record<string, readonly unknown[]> = { ...searchSpace };
    for (const [name, values] of Object.entries(space)) {
      assert(Object.hasOwn(defaults, name), name);
      assert(values.length > 1 && new Set(values).size === values.length, name);
    }
  }
});

Deno.test("an unknown model is refused with the names that there are", () => {
  const error = assertThrows(() => algorithmNamed("svdd"), InputError, `Cannot find model "svdd"`);
  for (const { name } of algorithms) assert(error.message.includes(name));
});
