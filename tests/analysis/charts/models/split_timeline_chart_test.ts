import { splitTimelineChart } from "../../../../src/analysis/charts/models/split_timeline_chart.ts";
import { emptyNote } from "../../../../src/analysis/charts/chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("a day has the colour of its part, or both colours if it belongs to two", async () => {
  const { axisTitles, marks, texts } = await draw(splitTimelineChart([
    { date: "2019-10-01", part: "train", events: 100 },
    { date: "2019-10-02", part: "train", events: 40 },
    { date: "2019-10-02", part: "validation", events: 60 },
    { date: "2019-10-03", part: "test", events: 100 },
  ]));
  assertEquals(axisTitles, ["Day", "Events"]);
  assertEquals(marks.length, 4);
  for (const part of ["train", "validation", "test"]) assert(texts.includes(part), part);
});

Deno.test("a single day isn't drawn", () => {
  const parts = ["train", "test"].map((part) => ({ date: "2019-10-01", part, events: 5 }));
  assertEquals(emptyNote(splitTimelineChart(parts)), "all events are of one day");
});
