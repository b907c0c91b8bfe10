/** Well-known layouts are recognised by their header, and named. */
import { readEvents } from "../../../../src/events/read/read.ts";
import { assertEquals } from "../../../assert.ts";
import { column, withFiles } from "../../raw_files.ts";

const COLUMNS = ["event_time", "event_type", "product_id", "user_id", "user_session"];

/** A file's lines, its first note, and the first event of it. */
const FILES: Readonly<Record<string, [lines: string[], note: string, first: (string | null)[]]>> = {
  "Retailrocket": [
    [
      "timestamp,visitorid,event,itemid,transactionid",
      "1433221332117,257597,transaction,355908,4000",
    ],
    "layout Retailrocket events (--columns overrides)",
    ["2015-06-02 05:02:12.117", "purchase", "355908", "257597", null],
  ],
  "GA4": [
    [
      "event_date,event_timestamp,event_name,user_pseudo_id,user_id,ga_session_id,item_id",
      "20250301,1740787553000000,view_item,123.456,,1740787200,SKU_1",
    ],
    "layout GA4 export (--columns overrides)",
    ["2025-03-01 00:05:53", "view", "SKU_1", "123.456", "1740787200"],
  ],
  "Segment": [
    [
      "anonymous_id,event,timestamp,user_id,product_id,price,name",
      "a1,Product Added,2025-03-01T00:05:53Z,,P1,5,Lamp",
      "a1,Product Added,2025-03-01T00:05:54Z,ann,P1,5,Lamp",
    ],
    "layout Segment (--columns overrides)",
    ["2025-03-01 00:05:53", "cart", "P1", "a1", null],
  ],
  "Shopify": [
    [
      "Name,Email,Paid at,Created at,Lineitem name,Lineitem price,Lineitem sku,Vendor",
      "#1001,ann@example.com,,2025-03-01 02:05:53 +0200,Lamp,5.00,L-1,Acme",
    ],
    "layout Shopify orders, every row a purchase (--columns overrides)",
    ["2025-03-01 00:05:53", "purchase", "L-1", "ann@example.com", "#1001"],
  ],
  "Amazon Personalize": [
    ["USER_ID,ITEM_ID,TIMESTAMP", "7,11,1740787553"],
    "layout Amazon Personalize interactions, every row a view (--columns overrides)",
    ["2025-03-01 00:05:53", "view", "11", "7", null],
  ],
  "Amazon Personalize with types": [
    ["USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE", "7,11,1740787553,Purchase"],
    "layout Amazon Personalize interactions (--columns overrides)",
    ["2025-03-01 00:05:53", "purchase", "11", "7", null],
  ],
  "yoochoose clicks without a header": [
    ["11,2014-04-01T10:51:09.277Z,214536502,0", "11,2014-04-01T10:54:09.868Z,214536500,S"],
    "layout yoochoose clicks, every row a view (--columns overrides)",
    ["2014-04-01 10:51:09.277", "view", "214536502", "11", "11"],
  ],
  "yoochoose buys without a header": [
    ["420374,2014-04-06T18:44:58.314Z,214537888,12462,1"],
    "layout yoochoose buys, every row a purchase (--columns overrides)",
    ["2014-04-06 18:44:58.314", "purchase", "214537888", "420374", "420374"],
  ],
  "RecBole": [
    ["user_id:token\titem_id:token\trating:float\ttimestamp:float", "196\t242\t3\t881250949"],
    "layout RecBole interactions, every row a view (--columns overrides)",
    ["1997-12-04 15:55:49", "view", "242", "196", null],
  ],
  "MovieLens": [
    ["userId,movieId,rating,timestamp", "196,242,3.0,881250949"],
    "layout MovieLens ratings, every row a view (--columns overrides)",
    ["1997-12-04 15:55:49", "view", "242", "196", null],
  ],
  "MovieLens without a header": [
    ["196\t242\t3\t881250949"],
    "layout MovieLens ratings, every row a view (--columns overrides)",
    ["1997-12-04 15:55:49", "view", "242", "196", null],
  ],
};

for (const [name, [lines, note, first]] of Object.entries(FILES)) {
  Deno.test(`events are read as they are written by ${name}`, () =>
    withFiles({ "a.csv": lines.join("\n") }, async (folder) => {
      const { events, reading } = await readEvents([`${folder}/a.csv`]);
      assertEquals(reading.notes[0], note);
      assertEquals(COLUMNS.map((name) => column(events, name)[0]), first);
    }));
}

Deno.test("Segment's users are those who are known, otherwise anonymous ones", () =>
  withFiles({ "a.csv": FILES.Segment[0].join("\n") }, async (folder) => {
    const { events } = await readEvents([`${folder}/a.csv`]);
    assertEquals(column(events, "user_id"), ["a1", "ann"]);
    assertEquals(column(events, "title"), ["Lamp", "Lamp"]);
  }));

Deno.test("rows of a file without a header are counted from its first line", () =>
  withFiles({
    "u.data": [...Array(60).fill("196\t242\t3\t881250949"), "196\t242"].join("\n"),
  }, async (folder) => {
    const { rejects } = await readEvents([`${folder}/u.data`]);
    assertEquals(rejects.map(({ line, reason }) => [line, reason]), [[61, "2 fields, not 4"]]);
  }));

Deno.test("--columns goes before a layout", () =>
  withFiles({
    "a.csv": "timestamp,visitorid,event,itemid,transactionid,person\n1433221332117,1,view,2,,3\n",
  }, async (folder) => {
    const { events } = await readEvents([`${folder}/a.csv`], {
      format: { columns: { user_id: "person", user_session: "visitorid" } },
    });
    assertEquals(column(events, "user_id"), ["3"]);
    assertEquals(column(events, "user_session"), ["1"]);
  }));
