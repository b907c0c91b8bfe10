import { Matrix, solve } from "ml-matrix";
import { createRandom } from "../../../src/linalg/random.ts";
import { ridgeInfluence, solveRidge } from "../../../src/linalg/dense/ridge.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "../../assert.ts";

const WIDTH = 6;
const STRENGTH = 0.7;

for (const count of [1, 5, 6, 7, 40]) {
  Deno.test(`${count} rows of ${WIDTH}: the solution is that of both normal equations`, () => {
    const random = createRandom(count);
    const a = new Matrix(
      Array.from({ length: count }, () => Array.from({ length: WIDTH }, random.normal)),
    );
    const y = Array.from({ length: count }, random.normal);
    const right = Matrix.columnVector(y);
    const primal = solve(
      a.transpose().mmul(a).add(Matrix.eye(WIDTH).mul(STRENGTH)),
      a.transpose().mmul(right),
    ).to1DArray();
    const dual = a.transpose().mmul(
      solve(a.mmul(a.transpose()).add(Matrix.eye(count).mul(STRENGTH)), right),
    ).to1DArray();

    const x = solveRidge(Float64Array.from(a.to1DArray()), Float64Array.from(y), {
      width: WIDTH,
      strength: STRENGTH,
    });
    assertEquals(x.length, WIDTH);
    x.forEach((value, f) => {
      assertAlmostEquals(value, primal[f], 1e-10);
      assertAlmostEquals(value, dual[f], 1e-10);
    });
  });

  Deno.test(`the influences of ${count} targets sum to the prediction at any point`, () => {
    const random = createRandom(10 + count);
    const rows = Float64Array.from({ length: count * WIDTH }, random.normal);
    const y = Float64Array.from({ length: count }, random.normal);
    const shape = { width: WIDTH, strength: STRENGTH };
    const x = solveRidge(rows, y, shape);
    const influence = ridgeInfluence(rows, count, shape);
    for (let n = 0; n < 3; n++) {
      const point = Float64Array.from({ length: WIDTH }, random.normal);
      const prediction = x.reduce((sum, value, f) => sum + value * point[f], 0);
      const parts = influence(point);
      assertEquals(parts.length, count);
      assertAlmostEquals(parts.reduce((sum, c, i) => sum + c * y[i], 0), prediction, 1e-10);
    }
  });
}

Deno.test("without rows the solution is zero", () => {
  const nothing = new Float64Array(0);
  assertEquals(solveRidge(nothing, nothing, { width: 3, strength: 1 }), new Float64Array(3));
});

Deno.test("rows and targets stay unchanged", () => {
  const rows = Float64Array.of(1, 2, 3, 4, 5, 6), y = Float64Array.of(7, 8);
  solveRidge(rows, y, { width: 3, strength: 1 });
  assertEquals(rows, Float64Array.of(1, 2, 3, 4, 5, 6));
  assertEquals(y, Float64Array.of(7, 8));
});

Deno.test("repeated rows need a positive strength", () => {
  const rows = Float64Array.of(1, 1, 1, 1, 1, 1), y = Float64Array.of(1, 1);
  const solveWith = (strength: number) => () => solveRidge(rows, y, { width: 3, strength });
  assertThrows(solveWith(0), RangeError, "must be positive");
  assertThrows(solveWith(-1), RangeError, "must be positive");
});
