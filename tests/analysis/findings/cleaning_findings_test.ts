import { cleaningAdvice } from "../../../src/analysis/findings/cleaning_advice.ts";
import {
  activityFinding,
  dayFindings,
  heavyUsers,
  issueFindings,
  placeholderFinding,
  ratingFinding,
  stepFindings,
} from "../../../src/analysis/findings/cleaning_findings.ts";
import { assertEquals } from "../../assert.ts";

const issue = (name: string, share: number) => ({ issue: name, rows: 1000 * share, share });

const issues = [
  issue("category path missing", .98),
  issue("brand missing", .4234),
  issue("exact duplicate of an earlier row", .054),
  issue("price zero", .001),
];

/** Of users with one event and with hundreds. */
const activity = (rarely: number, heavily: number) => [
  { from: 1, users: 900, userShare: .9, events: 900, eventShare: .45, purchases: rarely },
  { from: 100, users: 90, userShare: .09, events: 900, eventShare: .45, purchases: heavily },
  { from: 500, users: 10, userShare: .01, events: 200, eventShare: .1, purchases: 0 },
];

const day = (date: string, views: number) => ({ date, views, carts: 0, removals: 0, purchases: 0 });

Deno.test("issues are named with their shares, and so is their absence", () => {
  assertEquals(issueFindings(issues), [
    "98% of the rows lack a category path and 42.3% lack a brand.",
    "5.4% of the rows are exact copies of an earlier one.",
    "0.1% of the rows have a price of zero.",
  ]);
  assertEquals(issueFindings(issues.map(({ issue }) => ({ issue, rows: 0, share: 0 }))), [
    "Every row has a category path and a brand.",
    "No row is an exact copy of an earlier one.",
    "Every row has a price above zero.",
  ]);
});

Deno.test("active users look like bots only if they buy less than others", () => {
  assertEquals(
    activityFinding(activity(90, 11), 100),
    "10% of users have 100 events or more and make 55% of all events. 1% of their events are " +
      "purchases, against 10% of the other users': for what they do, they buy less than others, " +
      "as bots would.",
  );
  assertEquals(
    activityFinding(activity(9, 110), 100).split(": ")[1],
    "they don't look like bots, which rarely buy.",
  );
  assertEquals(activityFinding(activity(9, 9), 1000), "No user has 1,000 events or more.");
});

Deno.test("users with many events are added up", () => {
  const { users, eventShare, purchases } = heavyUsers(activity(1, 2), 100);
  assertEquals({ users, eventShare, purchases }, { users: 100, eventShare: .55, purchases: 2 });
});

Deno.test("cleaning is summed up by what it removes", () => {
  const steps = [{ step: "malformed rows", removed: 4 }, {
    step: "exact duplicates",
    removed: 50,
  }];
  const report = { rowsIn: 1000, rowsOut: 946, steps, removals: 5000, cartsCancelled: 1200 };
  assertEquals(stepFindings(report), [
    "Cleaning removes 54 of 1,000 rows (5.4%), above all exact duplicates (50).",
    "1,200 of 5,000 removals cancel a cart of the same session, which then doesn't count.",
  ]);
  assertEquals(stepFindings({ ...report, rowsOut: 1000, cartsCancelled: 0, removals: 1 }), [
    "Cleaning keeps all 1,000 rows.",
    "None of 1 removal cancels a cart of the same session.",
  ]);
  assertEquals(
    stepFindings({ ...report, removals: 0 })[1],
    "No event removes a product from the cart.",
  );
});

Deno.test("placeholders are counted", () => {
  const report = { rowsOut: 200, unknownBrands: 50, unknownCategories: 190 };
  assertEquals(
    placeholderFinding(report),
    "Of the rows kept, 25% have the placeholder as brand and 95% as category path.",
  );
  assertEquals(
    placeholderFinding({ rowsOut: 200, unknownBrands: 0, unknownCategories: 0 }),
    "No row needs a placeholder.",
  );
});

Deno.test("purchases weigh more than their number", () => {
  const views = { eventType: "view", rating: 1, events: 96, share: .96 };
  const purchases = { eventType: "purchase", rating: 4, events: 4, share: .04 };
  assertEquals(
    ratingFinding([purchases, views]),
    "Purchases are 4% of events, but 14.3% of the sum of ratings.", // 16 of 112
  );
  assertEquals(ratingFinding([views]), "There are no purchases, so no rating is 4.");
});

Deno.test("days without events are counted, and a single day says nothing", () => {
  assertEquals(dayFindings([day("2019-10-01", 5), day("2019-10-04", 9)]), [
    "2 of 4 days have no events: check whether the export is complete.",
    "2019-10-04 has most events, 9, and 2019-10-01 fewest, 5.",
  ]);
  assertEquals(
    dayFindings([day("2019-10-01", 5), day("2019-10-02", 9)])[0],
    "Every one of the 2 days has events.",
  );
  assertEquals(dayFindings([day("2019-10-01", 5)]), []);
});

Deno.test("the advice on data follows what is wrong with it", () => {
  const report = { rowsIn: 1000, rowsOut: 946 };
  const days = Array.from({ length: 31 }, (_, i) => ({
    date: `2019-10-${String(i + 1).padStart(2, "0")}`,
  }));
  const [describe, copies, heavy, complete] = cleaningAdvice({
    ...{ issues, report, days },
    activity: activity(9, 9),
  });
  assertEquals(describe.startsWith("Fill in the category path first: 98% of the rows"), true);
  assertEquals(copies.startsWith("Find out what sends 5.4% of the rows twice: these 54"), true);
  assertEquals(heavy.startsWith("Look at the 100 users with 100 events or more"), true);
  assertEquals(complete, "Trust the export's completeness: all 31 days have events.");

  const none = issues.map(({ issue }) => ({ issue, rows: 0, share: 0 }));
  const advice = cleaningAdvice({
    ...{ issues: none, report, days: [days[0], days[9]] },
    activity: activity(9, 9).slice(0, 1),
  });
  assertEquals(advice.slice(0, 4), [
    "Keep the product feed as it is: every row has a category path and a brand.",
    "Leave the tracker alone: it sends nothing twice.",
    "Don't bother about bots: no user has 100 events.",
    "Ask for the 8 days between 2019-10-01 and 2019-10-10 that have no events.",
  ]);
  const [, few, , short, train] = cleaningAdvice({
    issues: [issue("exact duplicate of an earlier row", .00099)],
    ...{ report: { rowsIn: 946, rowsOut: 946 }, days: days.slice(0, 1) },
    activity: activity(9, 9),
  });
  assertEquals(few, "Don't worry about copies: they are 0.099% of the rows, 1 in all.");
  assertEquals(short, "Export more days: 1 day won't show who returns.");
  assertEquals(
    train,
    "Train on all 946 rows: `deno task clean` writes them, `deno task train` cleans by itself.",
  );
});
