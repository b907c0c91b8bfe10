import { InputError } from "../../src/base/input_error.ts";
import { folderDestination } from "../../src/export/folder.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";

Deno.test("files of a folder are written, read and removed, and its folders made", () =>
  withFolder(async (folder) => {
    const destination = folderDestination(`${folder}/new`);
    assertEquals(await destination.read("a/b"), undefined);
    assertEquals(await destination.has("a/b"), false);
    await destination.write("a/b", new Uint8Array([1]));
    await destination.write("a/b", new Uint8Array([2]));
    assertEquals(await destination.read("a/b"), new Uint8Array([2]));
    assertEquals(await destination.has("a/b"), true);
    await destination.remove("a/b");
    assertEquals(await destination.has("a/b"), false);
  }));

for (const folder of ["", "gs://shop/events", "S3://shop/events", "https://shop.example.com"]) {
  Deno.test(`"${folder}" is no folder of this machine`, () => {
    assertThrows(() => folderDestination(folder), InputError, `"${folder}": it must be a folder`);
  });
}
