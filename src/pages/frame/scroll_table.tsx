import type { Child } from "hono/jsx";

/**
 * A table that scrolls by itself where it is wider than the page.
 *
 * @param rows The first cell of each is its heading.
 */
export function ScrollTable(
  { caption, titles, rows }: {
    caption: string;
    titles: readonly string[];
    rows: readonly (readonly Child[])[];
  },
) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={caption}>
      <table>
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>{titles.map((title) => <th scope="col">{title}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(([heading, ...cells]) => (
            <tr>
              <th scope="row">{heading}</th>
              {cells.map((cell) => <td>{cell}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
