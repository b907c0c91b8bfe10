import { escapeHtml } from "../../base/std/html.ts";

/** HTML, as opposed to text that must be escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** A value in a template: text is escaped, HTML isn't, lists are joined, `undefined` is empty. */
export type HtmlValue = string | number | Html | readonly HtmlValue[] | undefined | false;

/**
 * A template for HTML that escapes text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const names = ["a<b", "c"];
 * assertEquals(
 *   html`<ul>${names.map((name) => html`<li>${name}</li>`)}</ul>`.text,
 *   "<ul><li>a&lt;b</li><li>c</li></ul>",
 * );
 * ```
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(
    parts.reduce((text, part, i) => text + textOf(values[i - 1]) + part),
  );
}

function textOf(value: HtmlValue): string {
  if (value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  return typeof value === "object" ? value.map(textOf).join("") : escapeHtml(String(value));
}

/**
 * A table; its first column is aligned left, the others right.
 *
 * @param head The columns' titles; empty for none.
 * @param options `caption`: what the table shows. `isHighlighted`: which rows to highlight.
 */
export function htmlTable(
  head: readonly HtmlValue[],
  rows: readonly (readonly HtmlValue[])[],
  { caption, isHighlighted = () => false }: {
    caption: string;
    isHighlighted?: (row: number) => boolean;
  },
): Html {
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="${caption}">
      <table>
        <caption><span>${caption}</span></caption>
        ${head.length > 0 && headRow(head)}
        <tbody>${rows.map((row, i) => tableRow(row, isHighlighted(i)))}</tbody>
      </table>
    </div>
  `;
}

function headRow(titles: readonly HtmlValue[]): Html {
  return html`
    <thead>
      <tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr>
    </thead>
  `;
}

function tableRow([first, ...others]: readonly HtmlValue[], highlighted: boolean): Html {
  const cells = html`<th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}`;
  return highlighted ? html`<tr class="chosen">${cells}</tr>\n` : html`<tr>${cells}</tr>\n`;
}
