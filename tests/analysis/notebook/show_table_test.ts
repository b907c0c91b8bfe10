import { tableForms } from "../../../src/analysis/notebook/show_table.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("numbers are right-aligned with separators, text is left-aligned", () => {
  const rows = [{ name: "a <b> & c", sales: 1_234_567, rate: .012345 }];
  const forms = tableForms(rows, {
    "#": (_, index) => index + 1,
    Name: ({ name }) => name,
    Sales: ({ sales }) => sales,
    Rate: ({ rate }) => rate,
  });
  assertEquals(
    forms["text/plain"],
    "#  Name           Sales    Rate\n1  a <b> & c  1,234,567  0.0123",
  );
  assertEquals(
    forms["text/html"],
    [
      `<table>`,
      `<thead><tr><th style="text-align: right">#</th>` +
      `<th style="text-align: left">Name</th>` +
      `<th style="text-align: right">Sales</th>` +
      `<th style="text-align: right">Rate</th></tr></thead>`,
      `<tbody>`,
      `<tr><td style="text-align: right">1</td>` +
      `<td style="text-align: left">a &lt;b&gt; &amp; c</td>` +
      `<td style="text-align: right">1,234,567</td>` +
      `<td style="text-align: right">0.0123</td></tr>`,
      `</tbody>`,
      `</table>`,
    ].join("\n"),
  );
});

Deno.test("a table without rows shows its titles", () => {
  const forms = tableForms<object>([], { Brand: () => "", Sales: () => 0 });
  assertEquals(forms["text/plain"], "Brand  Sales");
});

Deno.test("without columns, a table shows all properties of its rows", () => {
  const forms = tableForms([{ brand: "runail", price: 5 }]);
  assertEquals(forms["text/plain"], "brand   price\nrunail      5");
});
