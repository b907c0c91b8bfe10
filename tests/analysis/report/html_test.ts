import { Html, html, htmlTable } from "../../../src/analysis/report/html.ts";
import { assertEquals, assertStringIncludes } from "../../assert.ts";

Deno.test("texts are escaped between tags and in attributes, pieces are not escaped twice", () => {
  const text = `"><script>alert('&')</script>`;
  const escaped = "&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;";
  const inner = html`<b title="${text}">${text}</b>`;
  assertEquals(inner.text, `<b title="${escaped}">${escaped}</b>`);
  assertEquals(html`<p>${inner}</p>`.text, `<p>${inner.text}</p>`);
});

Deno.test("numbers are unchanged, lists are joined, undefined values are empty", () => {
  assertEquals(html`${0},${["a", new Html("<i>"), 1]},${undefined}${false}.`.text, "0,a<i>1,.");
});

Deno.test("tables have a caption, headers for columns and rows, and highlighted rows", () => {
  const { text } = htmlTable(["Model", "NDCG"], [["<svd>", "0.1"], ["content", "0.2"]], {
    caption: "Lists & more",
    isHighlighted: (row) => row === 1,
  });
  assertStringIncludes(text, "<caption><span>Lists &amp; more</span></caption>");
  assertStringIncludes(text, '<th scope="col">Model</th><th scope="col">NDCG</th>');
  assertStringIncludes(text, '<tr><th scope="row">&lt;svd&gt;</th><td>0.1</td></tr>');
  assertStringIncludes(text, '<tr class="chosen"><th scope="row">content</th><td>0.2</td></tr>');
});

Deno.test("a table without titles has no empty head", () => {
  assertEquals(htmlTable([], [["a", "b"]], { caption: "c" }).text.includes("<thead>"), false);
});
