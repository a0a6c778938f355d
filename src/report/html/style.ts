/** The style sheet of a report's page: light and dark, one column of text beside its contents. */

import { COMPARE_STYLE } from "./style-compare.ts";
import { FIGURE_STYLE } from "./style-figures.ts";
import { PRINT_STYLE } from "./style-print.ts";

/** Text has a contrast of 4.5 : 1 or more on its ground, marks of 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11). */
const COLOURS = `
:root{color-scheme:light dark;
--ground:#fff;--raised:#f6f7f8;--text:#1b1d20;--muted:#5a6068;--rule:#d9dce0;--faint:#eceef0;
--main:#0a5c9e;--second:#b84a00;--third:#00735a;--fourth:#85389a;--base:#62676e;--good:#00694f;--bad:#a8321a}
@media screen and (prefers-color-scheme:dark){:root{
--ground:#14161a;--raised:#1d2025;--text:#e7e9ec;--muted:#a4abb4;--rule:#3a3f47;--faint:#262a30;
--main:#6fb6f0;--second:#f0a04b;--third:#4fcfa8;--fourth:#d79bea;--base:#a9b0b8;--good:#5fd3a8;--bad:#f59a80}}
`;

const LAYOUT = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1.5rem}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
code,pre,.sequence,.hash{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.skip{position:absolute;left:-99rem;top:.5rem;padding:.5rem 1rem;background:var(--text);color:var(--ground);border-radius:4px;z-index:1}
.skip:focus{left:1rem}
a{color:var(--main);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--main);outline-offset:2px;border-radius:2px}
main{max-width:78rem;margin:0 auto;padding:2rem 1rem 5rem}
header,.sections{min-width:0}
nav.contents{font-size:.875rem;line-height:1.4;margin:2rem 0 0}
nav.contents p{margin:0 0 .4rem;color:var(--muted);font-weight:600}
nav.contents ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;column-gap:1.4rem}
nav.contents a{display:block;padding:.3rem 0;color:var(--text);text-decoration:none;overflow-wrap:anywhere}
nav.contents a:hover{color:var(--main);text-decoration:underline}
@media (min-width:68rem){
main{display:grid;grid-template-columns:13rem minmax(0,1fr);column-gap:4rem;padding-top:4rem}
header,.sections{grid-column:2}
nav.contents{grid-area:1/1/3/2;position:sticky;top:2.5rem;align-self:start;max-height:calc(100vh - 4rem);overflow:auto;margin:0;padding-left:1px}
nav.contents ol{display:block}}
h1,h2,h3{line-height:1.2;text-wrap:balance;overflow-wrap:anywhere;font-weight:650}
h1{font-size:clamp(1.7rem,4vw,2.3rem);letter-spacing:-.015em;margin:0 0 .4rem}
h2{font-size:1.45rem;letter-spacing:-.01em;margin:4.5rem 0 .75rem;padding-top:1.5rem;border-top:1px solid var(--rule)}
h3{font-size:1.05rem;margin:2.75rem 0 .6rem}
p{margin:.6rem 0;max-width:44rem}
.lead,.note,figcaption,caption{color:var(--muted)}
.lead{margin-top:0}
.note{font-size:.875rem}
`;

const VERDICTS = `
.verdicts{list-style:none;margin:2rem 0 0;padding:0;display:grid;gap:.6rem}
.verdicts li{display:grid;grid-template-columns:1.6rem minmax(0,1fr);column-gap:.6rem;padding:.8rem 1rem;background:var(--raised);border-left:3px solid var(--base);border-radius:3px}
.verdicts .sign{font-weight:700;text-align:center}
.verdicts b{display:block;overflow-wrap:anywhere}
.verdicts .above{border-color:var(--good)}.verdicts .above .sign{color:var(--good)}
.verdicts :is(.below,.failed){border-color:var(--bad)}.verdicts :is(.below,.failed) .sign{color:var(--bad)}
`;

const TABLES = `
.scroll{overflow-x:auto;margin:1rem 0 1.5rem}
.scroll:focus-visible{outline-offset:4px}
table{border-collapse:collapse;min-width:min(100%,30rem);font-size:.875rem;line-height:1.4;font-variant-numeric:tabular-nums lining-nums}
caption{text-align:left;padding:0 0 .6rem}
caption div{position:sticky;left:0;max-width:min(44rem,100vw - 2.2rem)}
caption b,figcaption b{color:var(--text)}
th,td{padding:.4rem .9rem .4rem 0;text-align:right;vertical-align:baseline;white-space:nowrap}
th:last-child,td:last-child{padding-right:.2rem}
th{font-weight:600}
thead th{border-bottom:1px solid var(--text);vertical-align:bottom;line-height:1.25;white-space:normal;min-width:4.2rem}
tbody th,.text{text-align:left}
tbody th{font-weight:400}
tbody tr+tr>*{border-top:1px solid var(--faint)}
tbody+tbody tr:first-child>*{border-top:1px solid var(--rule)}
tbody:last-child tr:last-child>*{border-bottom:1px solid var(--rule)}
tr.strong>*{font-weight:650}
td small{color:var(--muted);font-size:.92em;margin-left:.35em}
.dense th,.dense td{padding-right:.7rem}
.dense td small{display:block;margin:0}
td.best{font-weight:650}
.wrap{white-space:normal;min-width:12rem;overflow-wrap:anywhere}
.sub{color:var(--muted)}
.confusion td{min-width:6.5rem;text-align:center;padding:.65rem .8rem;border:2px solid var(--ground)!important;background:color-mix(in srgb,var(--main) calc(var(--share)*30%),var(--raised))}
.confusion td small{display:block;margin:0;color:inherit}
.confusion thead th{text-align:center}
.confusion th{border:0!important}
.confusion tbody th{vertical-align:middle}
.hash{font-size:.8rem;overflow-wrap:anywhere;white-space:normal}
.badge{display:inline-block;border:1px solid var(--bad);color:var(--bad);border-radius:3px;padding:0 .4rem;font-size:.8rem;font-weight:600}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.3rem 1.5rem;margin:1rem 0;font-size:.9rem}
dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
pre{background:var(--raised);padding:1rem;border-radius:3px;overflow-x:auto;font-size:.8rem;line-height:1.5}
pre:empty{display:none}
details{margin:.6rem 0 1.2rem}
figure+details{margin-top:-1.2rem}
summary{cursor:pointer;font-size:.875rem;color:var(--main);width:max-content;max-width:100%;padding:.2rem 0}
@media screen and (max-width:45rem){tbody th{white-space:normal;min-width:4.5rem;position:sticky;left:0;background:var(--ground)}td small{display:block;margin:0}th,td{padding-right:.55rem}thead th{min-width:3rem}}
@media (max-width:30rem){dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:.5rem}}
`;

export const STYLE: string = [
  COLOURS,
  LAYOUT,
  VERDICTS,
  TABLES,
  FIGURE_STYLE,
  COMPARE_STYLE,
  PRINT_STYLE,
].join("");
