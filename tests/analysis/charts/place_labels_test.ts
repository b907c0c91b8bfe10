import { type LabelledPoint, placeLabels } from "../../../src/analysis/charts/place_labels.ts";
import { textWidth } from "../../../src/analysis/charts/text_width.ts";
import { assert, assertEquals } from "../../assert.ts";

const size = { width: 300, height: 200, fontSize: 10 };

Deno.test("a label is to the right of its point, or to the left if there is no space", () => {
  assertEquals(placeLabels([{ x: 50, y: 50, label: "svd" }], size), [
    { x: 59, y: 50, align: "left" },
  ]);
  assertEquals(placeLabels([{ x: 295, y: 50, label: "svd" }], size), [
    { x: 286, y: 50, align: "right" },
  ]);
});

Deno.test("labels of neighbouring points don't overlap", () => {
  const points: LabelledPoint[] = Array.from({ length: 6 }, (_, i) => ({
    x: 150 + 4 * i,
    y: 100 + 3 * (i % 2),
    label: `model ${i}`,
  }));
  const boxes = placeLabels(points, size).map(({ x, y, align }, i) => {
    const width = textWidth(points[i].label, size.fontSize);
    const left = x - { left: 0, center: width / 2, right: width }[align];
    return { left, right: left + width, top: y - 5, bottom: y + 5 };
  });
  boxes.forEach((a, i) =>
    boxes.slice(0, i).forEach((b) =>
      assert(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top)
    )
  );
});
