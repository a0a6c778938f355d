/** The style of paper: A4, black on white whatever the screen, no figure or row cut in two, what is folded left out. */

export const PRINT_STYLE = `
@page{size:A4;margin:16mm 15mm}
@media print{
:root{color-scheme:light}
html{font-size:12.5px}
body{font-size:1rem;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{display:block;padding:0;max-width:none}
.skip,nav.contents{display:none}
h1,h2,h3,summary,.panel>p{break-after:avoid}
h2{margin-top:2.5rem}
h3{margin-top:1.75rem}
h3+p,h3+.note{break-after:avoid}
svg,.panel,table,tr,.verdicts li,.sequences li{break-inside:avoid}
figure{break-inside:auto}
figcaption,caption{break-before:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}
table{font-size:.74rem}
th,td{padding-right:.55rem}
thead th{min-width:0}
.panels{grid-template-columns:repeat(2,minmax(0,1fr));gap:1.2rem 1.8rem}
.panel{max-width:20rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
details:not([open]),summary{display:none}
a{color:inherit;text-decoration:none}}
`;
