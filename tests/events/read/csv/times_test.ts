import { isTime } from "../../../../src/events/read/csv/times.ts";
import { assertEquals } from "../../../assert.ts";

const times = ["2019-10-01 00:00:00 UTC", "2020-02-29 23:59:59 UTC", "2099-12-31 23:59:59 UTC"];
const noTimes = [
  "2019-02-29 00:00:00 UTC",
  "2019-04-31 00:00:00 UTC",
  "2019-13-01 00:00:00 UTC",
  "2019-00-01 00:00:00 UTC",
  "2019-10-00 00:00:00 UTC",
  "2019-10-01 24:00:00 UTC",
  "2019-10-01 00:60:00 UTC",
  "2019-10-01 00:00:60 UTC",
  "1969-12-31 23:59:59 UTC",
  "2100-01-01 00:00:00 UTC",
  "2019-10-01 00:00:00 MSK",
  "2019/10/01 00:00:00 UTC",
  "2019-10-01 00.00.00 UTC",
  "2019-1a-01 00:00:00 UTC",
  "2019-10-01 -1:00:00 UTC",
];
const iso = [
  "2019-10-01T00:00:00Z",
  "2019-10-01 00:00:00",
  "2019-10-01T00:00:00.123456+00:00",
  "2019-10-01 00:00:00-0000",
];
const others = ["2019-10-01T00:00:00+03:00", "2019-10-01", "2019-10-01T00:00", "", "yesterday"];

Deno.test("a time may also be ISO 8601, in UTC", () => {
  const accepted = [...times, ...noTimes, ...iso, ...others].filter(isTime);
  assertEquals(accepted, [...times, ...iso]);
});
