/** The rules of times, prices, ids and lines as SQL give what they give in JavaScript. */
import { assertEquals } from "../../assert.ts";
import { parseTime } from "../../../src/base/parse_time.ts";
import { parseObject } from "../../../src/events/read/json/flatten.ts";
import { NO_OBJECT } from "../../../src/events/read/json/json_to_csv.ts";
import { splitQuoted } from "../../../src/events/read/csv/quotes.ts";
import { isMissing } from "../../../src/events/read/values/missing.ts";
import { type DecimalMark, parsePrice } from "../../../src/events/read/values/prices.ts";
import { readServerAddress } from "../../../src/spark/connect/server_address.ts";
import { openSession } from "../../../src/spark/connect/session.ts";
import { jsonProblemSql } from "../../../src/spark/read/json_lines.ts";
import { fieldsSql, lineProblemSql } from "../../../src/spark/sql/csv_fields.ts";
import { sqlText } from "../../../src/spark/sql/quote.ts";
import { isTimeSql, timeSql } from "../../../src/spark/sql/times.ts";
import { idSql, isIntegerSql, isMissingSql, priceSql } from "../../../src/spark/sql/values.ts";
import { master, needsServer } from "../spark_server.ts";

/** Evaluates an expression of the column `x` for each text. */
async function evaluate<Value>(texts: readonly string[], select: string): Promise<Value[]> {
  await using spark = await openSession(readServerAddress(master!));
  const values = texts.map((text, i) => `(${i}, ${sqlText(text)})`).join(", ");
  await spark.view("texts", `SELECT * FROM VALUES ${values} AS texts(i, x)`);
  const rows = await spark.rows<{ value: Value }>("evaluate", `${select} ORDER BY i`);
  return rows.map(({ value }) => value);
}

const TIMES = [
  "2019-10-01 00:00:00 UTC",
  "2019-10-01 23:59:59",
  "2019-10-01T12:34:56Z",
  "2019-10-01T12:34:56.789+03:00",
  "2019-10-01 12:34:56,123456789 -0530",
  "2019-10-01 12:34",
  "2019-10-01 2:05 PM",
  "2019-10-01 12:00:00 AM",
  "2019-10-01 12:00:00 pm",
  "2019-10-01 00:00 AM",
  "2019-10-01 13:00 PM",
  "2019-10-01",
  " 2019-10-01 \t",
  "\u00a02019-10-01 01:02:03 utc",
  "20191001",
  "20191301",
  "1569888000",
  "1569888000.25",
  "1569888000123",
  "1569888000123456",
  "1569888000123456789",
  "12345678901234567890",
  "0",
  "1",
  "99999999999",
  "2019-02-29",
  "2020-02-29 24:00:00",
  "2020-02-29 23:60:00",
  "2020-02-29 23:00:60",
  "2020-02-29 23:00:00+15:00",
  "2020-02-29 23:00:00+14:59",
  "1970-01-01 00:00:00+01:00",
  "1969-12-31",
  "2099-12-31 23:59:59",
  "2100-01-01",
  "0000-00-00",
  "yesterday",
  "",
  "NULL",
  "a|b|c|d|e|f|g|h|i",
  "2019-10-01 00:00:00 CET",
  "2019/10/01",
];

Deno.test("times are read alike", needsServer, async () => {
  const times = `SELECT i, ${timeSql("x")} AS micros FROM texts`;
  const micros = await evaluate<number | null>(
    TIMES,
    `SELECT i, CAST(CASE WHEN ${isTimeSql("micros")} THEN micros END AS DOUBLE) AS value ` +
      `FROM (${times})`,
  );
  assertEquals(
    TIMES.map((text, i) => [text, micros[i]]),
    TIMES.map((text) => [text, parseTime(text) ?? null]),
  );
});

const PRICES = [
  ...["4.99", "12,50", "1,000.00", "1.000,00", "1.000.000,5", "$4.99", "4.99 USD", "EUR 12", "12€"],
  ...[
    "-3.5",
    "0",
    "-0",
    ".5",
    "5.",
    "1e3",
    "1E-2",
    "-",
    "",
    "NULL",
    "n/a",
    "N/A",
    "free",
    "1 234,5",
  ],
  ...[
    "1'234.50",
    "1\u00a0234.5",
    "12,3456",
    "1,00",
    "1,0000",
    "--1",
    "1.2.3",
    "USD",
    "₹99",
    "US$5",
  ],
  ...["AB12", "ABCD12", "12AB", "7.", "1,234,567", "12.5e400", " 4.99 ", "00.50", "+5"],
];

for (const decimal of [".", ","] satisfies DecimalMark[]) {
  Deno.test(`prices with the decimal mark ${decimal} are read alike`, needsServer, async () => {
    const value = `coalesce(CAST(${priceSql("x", decimal)} AS STRING), 'missing') AS value`;
    const values = await evaluate<string>(PRICES, `SELECT i, ${value} FROM texts`);
    const numbers = values.map((value) => {
      return value === "missing" ? undefined : Number(value.replace(/^inf$/i, "Infinity"));
    });
    assertEquals(
      PRICES.map((text, i) => [text, numbers[i]]),
      PRICES.map((text) => [text, parsePrice(text, decimal)]),
    );
  });
}

Deno.test("ids are read alike, and integers are told from text", needsServer, async () => {
  const expected: [string, string | null, boolean][] = [
    ["541312140", "541312140", true],
    ["400003586.0", "400003586", true],
    ["400003586.50", "400003586.50", false],
    [" 7 ", "7", true],
    ["0", "0", true],
    ["-5", "-5", true],
    ["-5.00", "-5", true],
    ["007", "007", false],
    ["007.0", "007.0", false],
    ["+7", "+7", false],
    ["NULL", null, true],
    [" nan ", null, true],
    ["", null, true],
    ["9223372036854775807", "9223372036854775807", true],
    ["9223372036854775808", "9223372036854775808", false],
    ["ann", "ann", false],
    ["4.00E+08", "4.00E+08", false],
  ];
  const texts = expected.map(([text]) => text);
  const query = `FROM (SELECT i, ${idSql("x")} AS id FROM texts)`;
  const ids = await evaluate(texts, `SELECT i, id AS value ${query}`);
  const integers = await evaluate(texts, `SELECT i, (${isIntegerSql("id")}) AS value ${query}`);
  assertEquals(texts.map((text, i) => [text, ids[i], integers[i]]), expected);
});

Deno.test("words for a missing value are the same", needsServer, async () => {
  const texts = ["", " ", "\t", "NULL", " null ", "\\N", "none", "None", "nan", "0", "\ufeff"];
  const values = await evaluate(texts, `SELECT i, ${isMissingSql("x")} AS value FROM texts`);
  assertEquals(values, texts.map(isMissing));
});

const LINES = [
  ...["a,b,c", ",,", "a,b", "a,b,c,d", "", '"a",b,c', '"a,b",c,d', '"a ""x"" b",,c', '"",b,""'],
  ...[
    'a"b,c,d',
    '"a"b,c,d',
    '"a,b,c',
    'a,b,"c',
    'a,"b\\",c',
    "'a','b','c'",
    'a,b,""""',
    '"""",b,"',
  ],
];

for (const separator of [",", ";", "\t", "|"]) {
  Deno.test(`lines with ${JSON.stringify(separator)} are split alike`, needsServer, async () => {
    const lines = LINES.map((line) => line.replaceAll(",", separator));
    const facts = { fields: "f", separator, columns: 3 };
    const parts = [0, 1, 2].map((index) => `f[${index}]`).join(`, '¦', `);
    const values = await evaluate(
      lines,
      `SELECT i, coalesce(${lineProblemSql("x", facts)}, concat(${parts})) AS value ` +
        `FROM (SELECT *, ${fieldsSql("x", separator)} AS f FROM texts)`,
    );
    const expected = lines.map((line) => {
      const fields = splitQuoted(line, separator);
      if (typeof fields === "string") return fields;
      if (fields.length === 3) return fields.join("¦");
      return `${fields.length} field${fields.length === 1 ? "" : "s"}, not 3`;
    });
    assertEquals(
      lines.map((line, i) => [line, values[i]]),
      lines.map((line, i) => [line, expected[i]]),
    );
  });
}

/** Lines of JSON, and why Spark rejects each; undefined if both engines read it. */
const JSON_LINES: readonly [line: string, problem?: string][] = [
  ['{"user_id":"1","price":3}'],
  [' \t{"user_id" : null} \t'],
  ["{}"],
  ['{"brand":"{\\"a\\":[{\\"b\\":1}]} {\\"c\\":2}","title":"[{ } {"}'],
  ['{"meta":{"brand":{"id":1},"price":[1]},"tags":["a"]}'],
  ['{"shop":{"name":"x"}}'],
  ["[1]", "the line isn't a JSON object"],
  ['{"user_id":', "the line isn't a JSON object"],
  ['{"user_id":"1"} and more', "the line isn't a JSON object"],
  ['{"user_id":"1"}{"user_id":"2"}', "the line isn't a JSON object"],
  ['{"user_id":1} {"user_id":2}', "the line isn't a JSON object"],
  ['{"items":[{"item_id":"7"}]}', "the line has a list of items, which only one machine reads"],
  [
    '{"event_params": [ {"key":"price","value":{"int_value":3}}]}',
    "the line has a list of objects, which only one machine reads",
  ],
  [
    '{"itemBrand":{"name":"x"}}',
    "the value of a column is an object or a list, it must be a plain value",
  ],
  [
    '{"user_id":"1","category": ["a","b"]}',
    "the value of a column is an object or a list, it must be a plain value",
  ],
];

Deno.test("a line of JSON that would lose something is rejected", needsServer, async () => {
  const problems = await evaluate<string | null>(
    JSON_LINES.map(([line]) => line),
    `SELECT ${jsonProblemSql("x", ["user_id", "item.id"])} AS value FROM texts`,
  );
  assertEquals(problems, JSON_LINES.map(([, problem]) => problem ?? null));
});

Deno.test("what isn't an object alone in its line is rejected by both engines", () => {
  for (const [line, problem] of JSON_LINES) {
    assertEquals(parseObject(line) === undefined, problem === NO_OBJECT, line);
  }
});

Deno.test("a column that is nested in the first lines may be nested", needsServer, async () => {
  const line = '{"brand":{"name":"x"},"price":3}';
  const select = `SELECT ${jsonProblemSql("x", ["brand.name"])} AS value FROM texts`;
  assertEquals(await evaluate<string | null>([line], select), [null]);
});
