import { join } from "node:path";
import { chooseMonth, monthsIn } from "../../../src/analysis/tables/months.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { TempFolder } from "../../../src/base/temp_folder.ts";
import { assertEquals, assertStringIncludes, assertThrows } from "../../assert.ts";

const september = { month: "2019-09", events: 10, days: 30 };
const october = { month: "2019-10", events: 10, days: 25 };
const november = { month: "2019-11", events: 99, days: 24 };

Deno.test("months are counted over all files, before cleaning", async () => {
  using folder = new TempFolder();
  const header = "event_time,event_type,product_id,user_id\n";
  const row = (time: string) => `${time} UTC,view,1,2\n`;
  const write = (name: string, ...times: string[]) =>
    Deno.writeTextFile(join(folder.path, name), header + times.map(row).join(""));
  await write("b.csv", "2019-11-01 00:00:00", "2019-10-31 23:59:59");
  await write("a.csv", "2019-10-31 00:00:00", "2019-10-01 00:00:00");
  assertEquals(await monthsIn([join(folder.path, "*.csv")]), [
    { month: "2019-10", events: 3, days: 2 },
    { month: "2019-11", events: 1, days: 1 },
  ]);
});

Deno.test("the latest month with events on 25 days is chosen, and the reason says so", () => {
  const { month, reason } = chooseMonth([september, october, november]);
  assertEquals(month, "2019-10");
  assertStringIncludes(reason, "2019-10 is used, the latest of 3 months");
});

Deno.test("a single month, or none that is full, leaves nothing to choose", () => {
  assertEquals(chooseMonth([november]), { reason: "All events are of 2019-11." });
  const { month, reason } = chooseMonth([november, { ...november, month: "2019-12" }]);
  assertEquals(month, undefined);
  assertStringIncludes(reason, "All 2 months are used");
});

Deno.test("the analyst's own choice goes first, if there are events of it", () => {
  assertEquals(chooseMonth([september, october], "2019-09").month, "2019-09");
  assertThrows(
    () => chooseMonth([september, october], "2020-01"),
    InputError,
    'Cannot use month "2020-01": it must be one that has events (--month), one of 2019-09, 2019-10',
  );
});
