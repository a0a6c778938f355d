/** The style of figures; charts are drawn 360 units wide and shown about as wide as that. */

export const FIGURE_STYLE = `
figure{margin:1.5rem 0 2rem}
figcaption{font-size:.875rem;margin-top:.9rem;max-width:44rem}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20.5rem),1fr));gap:2rem 2.5rem;align-items:start}
.panel{max-width:30rem;min-width:0}
.panel>p{font-size:.9rem;font-weight:600;margin:0 0 .6rem}
.chart{display:block;width:100%;height:auto;overflow:visible;font-size:11.5px;font-variant-numeric:tabular-nums lining-nums}
.chart text{fill:var(--text);stroke:var(--ground);stroke-width:3px;stroke-linejoin:round;paint-order:stroke}
.chart .tick,.chart .axis-label{fill:var(--muted);font-size:10.5px}
.chart .small{font-size:9.5px}
.chart .strong{fill:var(--text)}
.chart .heading{fill:var(--muted);font-weight:600;font-size:10.5px}
.chart .row-label.main,.chart .row-value.main{font-weight:650}
.chart .grid{stroke:var(--faint)}
.chart .axis{stroke:var(--rule)}
.chart .track{stroke:var(--rule);stroke-dasharray:1 3}
.chart .reference{stroke:var(--muted);stroke-dasharray:4 3;fill:none}
.chart .line{fill:none;stroke-width:2;stroke-linejoin:round}
.chart .seed-line{fill:none;stroke-width:1;opacity:.4}
.chart .dashed{stroke-dasharray:6 4}
.chart .band{stroke:none;opacity:.18}
.chart .interval{fill:none;stroke-width:1.6}
.chart .seed{opacity:.45;stroke:none}
.chart .bar{opacity:.45}
.chart .mark{stroke:var(--ground);stroke-width:1.2}
.chart .main{--tone:var(--main)}.chart .second{--tone:var(--second)}.chart .third{--tone:var(--third)}.chart .fourth{--tone:var(--fourth)}.chart .base{--tone:var(--base)}
.chart .ring{fill:none;stroke-width:1.6}
.chart .line,.chart .seed-line,.chart .interval,.chart .ring{stroke:var(--tone)}
.chart .mark,.chart .band,.chart .bar,.chart .seed{fill:var(--tone)}
.chart .mark.base{fill:var(--ground);stroke:var(--base);stroke-width:1.8}
.sequences{list-style:none;padding:0;margin:1rem 0;font-size:.85rem}
.sequences li{margin:.7rem 0}
.sequence{overflow-wrap:anywhere;letter-spacing:.04em;line-height:1.5}
.sequence i{font-style:normal;font-weight:600}
.base-a{color:var(--third)}.base-c{color:var(--main)}.base-g{color:var(--second)}.base-t{color:var(--fourth)}.base-n{color:var(--muted)}
`;
