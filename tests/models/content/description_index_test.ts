import {
  indexDescriptions,
  withoutProducts,
} from "../../../src/models/content/description_index.ts";
import { csrOfRows } from "../../../src/linalg/sparse/csr.ts";
import { assertEquals } from "../../assert.ts";

const row = (indices: number[], values: number[]) => ({
  indices: Uint32Array.from(indices),
  values: Float32Array.from(values),
});

Deno.test("products with the same terms and weights share one description", () => {
  const rows = [
    row([0, 2], [0.5, 1]),
    row([1], [1]),
    row([0, 2], [0.5, 1]),
    row([], []),
    row([0, 2], [1, 0.5]),
    row([], []),
  ];
  const { byTerm, indptr, products } = indexDescriptions(csrOfRows(rows, 3));
  assertEquals(indptr, Uint32Array.of(0, 2, 3, 5, 6));
  assertEquals(products, Uint32Array.of(0, 2, 1, 3, 5, 4));
  // Term 0 is in the first and the last description, with 0.5 and 1.
  assertEquals(byTerm.indptr, Uint32Array.of(0, 2, 3, 5));
  assertEquals(byTerm.indices, Uint32Array.of(0, 3, 1, 0, 3));
  assertEquals(byTerm.values, Float32Array.of(0.5, 1, 1, 1, 0.5));
});

Deno.test("products left out are in no description, and the others stay where they are", () => {
  const rows = [row([0], [1]), row([1], [1]), row([0], [1]), row([], [])];
  const index = indexDescriptions(csrOfRows(rows, 2));
  const { byTerm, indptr, products } = withoutProducts(index, Uint32Array.of(3, 0));
  assertEquals(byTerm, index.byTerm);
  assertEquals(indptr, Uint32Array.of(0, 1, 2, 2));
  assertEquals(products, Uint32Array.of(2, 1));
});
