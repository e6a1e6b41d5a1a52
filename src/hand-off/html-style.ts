/** The look of a hand-off in HTML: one column, tables that become lists on a phone, black on white on paper. */
export const handOffStyle = `
:root{--text:#1a2230;--quiet:#556070;--back:#fff;--card:#f3f5f8;--line:#c5ccd6;--bad:#b3261e;--good:#1b6e37;--open:#8a5a00}
@media screen and (prefers-color-scheme:dark){:root{--text:#e6ebf2;--quiet:#a4afbf;--back:#161c26;--card:#202936;--line:#465164;--bad:#ff9a91;--good:#67d587;--open:#edc35c}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:1rem/1.5 system-ui,"DejaVu Sans",sans-serif}
main{max-width:50rem;margin:0 auto;padding:1rem}
h1{font-size:1.35rem;line-height:1.3;margin:.5rem 0;overflow-wrap:anywhere}
h2{font-size:1.1rem;margin:1.6rem 0 .5rem}
h3{font-size:1rem;margin:1.2rem 0 .3rem}
p{margin:.4rem 0;overflow-wrap:anywhere}
.quiet,.label{color:var(--quiet)}
.label{margin-bottom:0;font-size:.9rem}
.standing{border-left:.3rem solid var(--open);background:var(--card);padding:.2rem 1rem .6rem}
.standing h2{margin-top:.4rem}
.standing.found{border-color:var(--bad)}
.standing.healthy{border-color:var(--good)}
pre{background:var(--card);border:1px solid var(--line);border-radius:.3rem;padding:.5rem .7rem;margin:.4rem 0;font:.85rem/1.45 ui-monospace,"DejaVu Sans Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
code{font:.9em ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.badge,.risk{font-size:.85rem;font-weight:normal;color:var(--quiet);border:1px solid var(--line);border-radius:1rem;padding:.05rem .6rem;white-space:nowrap}
.risk.drops-this-tunnel{color:var(--open);border-color:var(--open)}
.risk.drops-other-tunnels{color:var(--bad);border-color:var(--bad);font-weight:bold}
ol,ul{padding-left:1.3rem;margin:.4rem 0}
li{margin:.3rem 0;overflow-wrap:anywhere}
figure{margin:1rem 0}
figure svg{max-width:100%;height:auto;display:block}
table{border-collapse:collapse;width:100%;font-size:.93rem;margin:.5rem 0}
th,td{border-bottom:1px solid var(--line);padding:.35rem .6rem .35rem 0;text-align:left;vertical-align:top;overflow-wrap:anywhere;white-space:pre-line}
th,td[data-head=who],td[data-head=on]{overflow-wrap:break-word}
tr:has(td[data-head=who]) th,tr:has(td[data-head=command]) th{white-space:nowrap}
thead th{color:var(--quiet);font-weight:normal}
tr.differs th,tr.differs td:nth-of-type(-n+2){color:var(--bad);font-weight:bold}
tr.missing th{color:var(--open)}
@media screen and (max-width:34rem){
table,tbody,tr,th,td{display:block;border:0}
thead{display:none}
tr{border-bottom:1px solid var(--line);padding:.4rem 0}
th,td{padding:.1rem 0;overflow-wrap:anywhere}
td[data-head=who],tr:has(td[data-head=who]) th{display:inline;margin-right:.5rem}
td:not(:empty)::before{content:attr(data-head);color:var(--quiet);font-weight:normal;font-size:.85rem;margin-right:.5rem}
td[data-head=""]::before,td[data-head=who]::before,td[data-head=what]::before{content:none}
}
@media print{
main{max-width:none;padding:0}
body{font-size:10pt}
h2,h3{break-after:avoid}
li,tr,figure,pre{break-inside:avoid}
.appendix{break-before:page}
.appendix pre{break-inside:auto}
@page{margin:16mm}
}
`;
