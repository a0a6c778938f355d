/** The style of comparisons: tables of numbers with drawings in their cells, and notes before the numbers. */

export const COMPARE_STYLE = `
.numbers tbody th{white-space:normal;max-width:17rem;min-width:11rem}
.numbers td{line-height:1.25}
.numbers td small{margin:0;font-size:.88em}
.numbers .group{display:block;width:0;white-space:nowrap;font-weight:650;padding-bottom:.15rem}
.overview tbody tr:first-child td{vertical-align:top;padding-top:calc(.55rem + 1.4em)}
.differs{color:var(--second);white-space:nowrap}
.chart.strip{display:inline-block;width:10rem;vertical-align:middle}
.numbers thead th.text{font-weight:600}
.chart .chance{fill:var(--rule)}
.chart.strip .axis{stroke:var(--muted)}
.notes{margin:1.6rem 0 0;padding:.9rem 1.1rem;background:var(--raised);border-left:3px solid var(--second);border-radius:3px;font-size:.9rem}
.notes ul{margin:.35rem 0 0;padding-left:1.1rem}
.notes li{margin:.25rem 0;max-width:44rem}
@media screen and (max-width:30rem){.numbers table{font-size:.8rem}.numbers tbody th{min-width:6.5rem;max-width:8rem;hyphens:auto}.numbers th,.numbers td{padding-right:.5rem}.overview table{min-width:0}.overview td,.overview td small{white-space:normal}.overview tr>:nth-child(4),.overview .drawn{display:none}}
`;
