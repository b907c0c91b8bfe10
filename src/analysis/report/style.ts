/** The style sheet: light and dark screens, and paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #222222; --faint: #666666; --line: #dddddd;
  --accent: #0072b2; --mark: #fff3d6; --card: #f6f7f9;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #16181c; --text: #e4e6ea; --faint: #a0a6b0; --line: #3a3f48;
    --accent: #6cb8ea; --mark: #3d3315; --card: #20242b;
  }
  figure svg > rect:first-child { fill: transparent; }
  figure svg text { fill: var(--text); }
  figure svg .role-title-subtitle text { fill: var(--faint); }
  figure svg .role-axis-grid line, figure svg .role-axis-tick line,
  figure svg .role-axis-domain line { stroke: var(--line); }
  figure svg [stroke="#000000"], figure svg [stroke="black"] { stroke: var(--text); }
  figure svg [fill="#000000"] { fill: var(--text); }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 68rem;
  background: var(--page); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif;
}
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 {
  font-size: 1.35rem; margin: 3rem 0 .5rem; padding-top: .75rem;
  border-top: 1px solid var(--line);
}
p, dl.terms { max-width: 46rem; }
.faint, caption, footer { color: var(--faint); }
.words { font-size: 1.3rem; line-height: 1.4; max-width: 40rem; }
.cards {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem;
  margin: 1.5rem 0;
}
.cards div { background: var(--card); border-radius: .5rem; padding: .75rem 1rem; }
.cards dt { color: var(--faint); font-size: .85rem; }
.cards dd { margin: 0; font-size: 1.35rem; font-weight: 600; overflow-wrap: anywhere; }
.cards dd small { display: block; font-size: .8rem; font-weight: 400; color: var(--faint); }
.products { list-style: none; padding: 0; margin: 0; display: grid; gap: .6rem; }
.product { display: flex; gap: .7rem; align-items: flex-start; min-width: 0; }
.picture { width: 3rem; height: 3rem; border-radius: .4rem; flex: none; }
.about { min-width: 0; flex: 1; overflow-wrap: anywhere; }
.about p { margin: 0; font-size: .85rem; }
.example {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
  gap: 0 2rem; margin: 1rem 0; padding: .25rem 1rem 1rem;
  background: var(--card); border-radius: .5rem;
}
.example h3 { font-size: 1rem; margin: .75rem 0 .5rem; }
blockquote {
  margin: 1rem 0; padding: .75rem 1rem; border-left: 4px solid var(--accent);
  background: var(--card); max-width: 46rem; overflow-wrap: anywhere;
}
.scroll { overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .4rem; }
caption span {
  position: sticky; left: 0; display: inline-block; max-width: min(100%, 100vw - 2.5rem);
}
th, td {
  padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: right;
  font-weight: 400; white-space: nowrap;
}
th:first-child, td:first-child { text-align: left; padding-left: .25rem; }
thead th { font-weight: 600; vertical-align: bottom; }
tr.chosen > * { background: var(--mark); }
thead small { display: block; font-weight: 400; color: var(--faint); }
.wrap { display: inline-block; max-width: 40rem; white-space: normal; overflow-wrap: anywhere; }
figure { margin: 1.25rem 0; overflow-x: auto; }
figure svg { max-width: max(100%, 34rem); height: auto; }
dl.terms dt { font-weight: 600; margin-top: .6rem; }
dl.terms dd { margin: 0; }
@media print {
  @page { margin: 1.5cm; }
  body { padding: 0; max-width: none; font-size: 10.5pt; }
  h2 { margin-top: 1.5rem; }
  h2, h2 + p, dt { break-after: avoid; }
  figure, table, .cards, .example, blockquote { break-inside: avoid; }
  .scroll, figure { overflow: visible; }
  figure svg { max-width: 100%; }
  table { font-size: 8pt; }
  th, td { padding: .15rem .35rem; }
  tr.chosen > *, .cards div { print-color-adjust: exact; }
}
`;
