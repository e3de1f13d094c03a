/** The page's style sheet: light and dark by the reader's choice, telephone to paper, no request to anything. */
export const style = `:root{color-scheme:light dark;--ground:#fff;--raised:#f5f6f4;--ink:#1c2126;--soft:#525a63;--rule:#d5d9d6;--accent:#0b5d69;
--shown:#0b5d69;--shown-ink:#fff;--warn:#7a4a00;--warn-ground:#fdf0d8;--bad:#8f1d1d;--bad-ground:#fbe4e2;--up:#00677a;--down:#b8620f;--other:#6b737d}
@media(prefers-color-scheme:dark){:root{--ground:#14181b;--raised:#1d2327;--ink:#e6e9e8;--soft:#a9b1b6;--rule:#394147;--accent:#7cccd6;
--shown:#7cccd6;--shown-ink:#08262b;--warn:#f3c77a;--warn-ground:#3a2c12;--bad:#f7aaa4;--bad-ground:#421d1b;--up:#4fc3d1;--down:#ef9a63;--other:#98a1a9}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:.9rem}
.brand{margin:0;color:var(--soft);font-size:.85rem}
h1{margin:0;font-size:clamp(1.25rem,1.05rem + .6vw,1.5rem);line-height:1.2;letter-spacing:-.01em;text-wrap:balance;overflow-wrap:anywhere}
h2{margin:2.6rem 0 .7rem;padding-top:.7rem;border-top:2px solid var(--ink);font-size:1.35rem;line-height:1.25}
h3{margin:1.6rem 0 .3rem;font-size:1.08rem}
p{max-width:72ch;margin:.4rem 0}p,li,dd{overflow-wrap:anywhere}
a{color:var(--accent)}
code{font:12.5px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;margin:.2rem 0 0;padding:0;list-style:none}
nav a{display:inline-block;padding:.25rem 0}
.minor,.facts,.who,.label,.role,.level{color:var(--soft);font-size:.86em;font-weight:400}
.role{margin-left:.4rem}
.remark,.missing{padding:.5rem .8rem;background:var(--raised);border-left:3px solid var(--accent);max-width:72ch}
.missing,div.remark{margin:.6rem 0}
.missing p,.missing ul,.remark p,.remark ul{margin:0}
.legend,.note,.path{color:var(--soft);font-size:.88rem}
.path{margin:.2rem 0 .6rem;overflow-wrap:anywhere}
.key{display:inline-block;width:2.4em;height:.75em;vertical-align:-.05em;border:1px solid var(--rule)}
.key.line,.key.up,.key.down,.key.other{height:0;border:0;border-top:3px solid #c2410c;vertical-align:.25em;width:1.8em}
.key.up{border-top-color:var(--up)}.key.down{border-top:3px dashed var(--down)}.key.other{border-top-color:var(--other)}
.scroll{overflow-x:auto;max-width:100%;margin:.5rem 0}
.scroll:focus-visible,summary:focus-visible,a:focus-visible,button:focus-visible,input:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;font-size:.92rem}
caption{text-align:left;color:var(--soft);font-size:.9rem;padding-bottom:.4rem}
th,td{padding:.32rem .7rem .32rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
thead th{color:var(--soft);font-weight:600;font-size:.86rem;vertical-align:bottom;border-bottom:1px solid var(--ink)}
tbody th{font-weight:600}
td.wide{white-space:nowrap}
table.results{width:100%}
.results th,.results td{border-bottom:0}
.results thead th{border-bottom:1px solid var(--ink)}
.results tbody tr:first-child>*{padding-top:.7rem}
.results tr.said>td{border-bottom:1px solid var(--rule);padding:.1rem 0 .8rem}
.said p,.stay{position:sticky;left:0;width:min(60rem,100vw - 2.5rem);max-width:none;margin:0}
.effect{font-weight:600}
.bar{display:block}
.bar .none{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 2}.bar .margins{fill:var(--accent);opacity:.16}
.bar .whisker{stroke:var(--ink);stroke-width:2}.bar .point{fill:var(--ink)}
.verdict{display:inline-block;padding:.05rem .5rem;border:1px solid var(--soft);border-radius:.3rem;font-size:.86rem}
.verdict.shown{background:var(--shown);border-color:var(--shown);color:var(--shown-ink);font-weight:600}
.verdict.none,.verdict.ok,.verdict.note{border-color:var(--rule);color:var(--soft)}
.verdict.failed,.verdict.error{background:var(--bad-ground);border-color:var(--bad-ground);color:var(--bad)}
.verdict.warning,.verdict.excluded,.verdict.not_evaluable,.flag{background:var(--warn-ground);border-color:var(--warn-ground);color:var(--warn)}
.flag{display:inline-block;padding:0 .4rem;border-radius:.3rem;font-size:.78rem;line-height:1.5}
.grid td.absent{color:var(--soft);font-style:italic}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.3rem 0}
details.gate{border-bottom:1px solid var(--rule);margin:0}
details.gate>summary{padding:.5rem 0;overflow-wrap:anywhere}
.depth{color:var(--soft);letter-spacing:.1em}
.controls{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:.8rem 0}
.controls[hidden],.saves[hidden]{display:none}
.controls input,.controls button{font:inherit;padding:.2rem .5rem;color:var(--ink);background:var(--ground);border:1px solid var(--soft);border-radius:.3rem}
figure{margin:0}
.sheets{display:flex;flex-wrap:wrap;gap:.8rem 2rem;padding:.2rem 0 1rem}
.sheet{flex:1 1 min(34rem,100%);min-width:0}
.sheet figcaption{font-weight:600;font-size:.9rem}.sheet .many{color:var(--soft);font-weight:400}
.frame{overflow-x:auto;max-width:100%}
.controls select{font:inherit;max-width:12rem;color:var(--ink);background:var(--ground);border:1px solid var(--soft);border-radius:.3rem;padding:.15rem}
.controls label[hidden]{display:none}
dialog{width:min(72rem,100vw - 1rem);max-width:none;max-height:calc(100vh - 1rem);color:var(--ink);background:var(--ground);border:1px solid var(--soft);border-radius:.4rem;padding:.8rem}
dialog::backdrop{background:rgb(0 0 0/.5)}
dialog h2{margin:0;padding:0;border:0;font-size:1.15rem;overflow-wrap:anywhere}
dialog button,.who-list button,.saves button{font:inherit;font-size:.85rem;padding:.15rem .5rem;margin:.1rem;color:var(--ink);background:var(--raised);border:1px solid var(--soft);border-radius:.3rem;cursor:pointer}
.bar-of-view{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.3rem;position:sticky;top:-.8rem;background:var(--ground);padding:.2rem 0;z-index:1}
.large{display:flex;flex-wrap:wrap;gap:.6rem 1.2rem}.large canvas,.tree canvas{max-width:100%}
.large figcaption{font-size:.88rem}
.tree{display:flex;flex-wrap:wrap;gap:.8rem}.tree figure{font-size:.82rem}.tree p{margin:0}
dialog li.asks{color:var(--warn);font-weight:600}dialog ul{margin:.3rem 0;padding-left:1.1rem;font-size:.9rem}
.key.dot{width:.6em;height:.6em;border-radius:50%;border:0;background:#c2410c;vertical-align:0}
.who-list{margin:.4rem 0;font-size:.88rem}.who-list button[aria-pressed=true]{background:var(--accent);color:var(--ground)}
.marking .fig .who:not(.on),.marking .fig .f-name:not(.on){opacity:.14}
.fig .who.on .line{stroke-width:2.2}.marking tr[data-s].on{background:var(--raised)}
.saves{font-size:.8rem}.fig rect[fill="#00677a"]{fill:var(--up)}.fig .curve{stroke:var(--up)}.fig .f-none{stroke:var(--ink)}.marking .fig .row:not(.on){opacity:.3}.further .saves{display:block}.further .saves[hidden]{display:none}
button.sort{all:unset;cursor:pointer}button.sort:focus-visible{outline:2px solid var(--accent)}
button.sort::after{content:" ↕";color:var(--rule)}[aria-sort=ascending] button.sort::after{content:" ↑";color:inherit}[aria-sort=descending] button.sort::after{content:" ↓";color:inherit}
.find{display:block;font-size:.88rem;color:var(--soft)}.find input{font:inherit;color:var(--ink);background:var(--ground);border:1px solid var(--soft);border-radius:.3rem}
.map{font-size:.75rem}.map th[scope=col]{writing-mode:vertical-rl;transform:rotate(180deg)}.map td{min-width:1.9rem}.map td.own{background:var(--raised)}.map caption{text-align:left}
dialog h3{font-size:1rem;margin:.8rem 0 .2rem}.trace canvas{max-width:100%}
.heat td{text-align:right}.heat td.empty{color:var(--soft);text-align:center}
.courses{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(24rem,100%),1fr));gap:1.2rem 1.6rem}
.course-card{min-width:0}
.fig{display:block;width:100%;height:auto}
.fig text{fill:var(--ink)}.fig .f-axis text,.fig .f-facts,.fig .f-legend text{fill:var(--soft)}.fig .f-name text{stroke:var(--ground)}
.fig .f-band{fill:var(--raised)}.fig .f-axis path:not(.f-tick){stroke:var(--rule)}.fig .f-axis path:last-of-type{stroke:var(--soft)}
.fig .up{stroke:var(--up)}.fig .up .dot:not(.zero){fill:var(--up)}
.fig .down{stroke:var(--down)}.fig .down .dot:not(.zero){fill:var(--down)}
.fig .level,.fig .unpaired{stroke:var(--other)}.fig .level .dot:not(.zero),.fig .unpaired .dot:not(.zero){fill:var(--other)}
.fig .zero{fill:var(--ground)}
.fig .f-name{stroke:none}.fig .quartiles{stroke:var(--ink)}
.fig .hit{pointer-events:stroke}
.brand{max-width:none}.masthead{display:block}
.answers{display:block;margin:.5rem 0;font-size:.92rem}
.answers>div{padding:.25rem 0;border-top:1px solid var(--rule)}
.answers dt{color:var(--ink)}.answers .asked{color:var(--soft)}
.answers p{margin:0;max-width:none}.answers .verdict{margin-right:.25rem}
.lost{margin:.4rem 0;padding:.3rem .8rem;border-left:4px solid var(--bad);background:var(--bad-ground);color:var(--bad)}
.lost p{margin:0;max-width:none;font-weight:600}
.look{margin:.4rem 0;padding:.3rem .8rem;border-left:4px solid var(--warn);background:var(--warn-ground);font-size:.92rem}
.look.none{border-color:var(--rule);background:var(--raised);max-width:none}
.look ul{margin:0;padding-left:1.1rem}.look h2.plain{margin:0;padding:0;border:0;font-size:1rem}
.primaries{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(34rem,100%),1fr));gap:.4rem 1.4rem;margin:.4rem 0}
figure.primary{display:grid;grid-template-columns:150fr 241fr;gap:.3rem}
.numbers td:not(:last-child),.numbers thead th:not(:first-child):not(:last-child){text-align:right;white-space:nowrap}
.numbers th[scope=row]{font-weight:400}
.d1{padding-left:.7rem}.d2{padding-left:1.4rem}.d3{padding-left:2.1rem}.d4{padding-left:2.8rem}.d5{padding-left:3.5rem}.d6{padding-left:4.2rem}.d7{padding-left:4.9rem}.d8{padding-left:5.6rem}
.place{overflow-wrap:anywhere;min-width:9rem}
dl:not(.answers){display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.2rem;font-size:.92rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
footer{padding-bottom:3rem;margin-top:2.5rem;color:var(--soft);font-size:.85rem}
@media(max-width:34rem){header,main,footer{padding-left:.9rem;padding-right:.9rem}.said p,.stay{width:calc(100vw - 1.8rem)}dl:not(.answers){grid-template-columns:1fr}dl:not(.answers) dd{margin-bottom:.5rem}
figure.primary{grid-template-columns:1fr}figure.primary .pair{max-width:15rem}
.results .draw{display:none}}
@media print{:root{color-scheme:light}body{font-size:10pt}nav,.controls,script{display:none!important}h2{break-after:avoid}figure,tbody,tr{break-inside:avoid}
.scroll,.frame{overflow:visible}a{color:inherit;text-decoration:none}button.sort::after{content:""}.find,dialog{display:none!important}
body{font-size:8.5pt}header,main,footer{padding:0}h2{margin-top:1.2rem}.primaries{grid-template-columns:1fr 1fr}.courses{display:block;columns:3;column-gap:.6rem}.course-card{break-inside:auto}.course-card .fig{break-inside:avoid}
.sheets{gap:.4rem 2%}.sheet{flex:0 0 36%}.sheet canvas{width:100%!important;height:auto!important}.results{font-size:8pt}.said p,.stay{position:static;width:auto}details.gate>summary{break-after:avoid}summary{color:#333}
.saves{display:none!important}#frequencies details,#frequencies summary{margin:0;padding:0}#frequencies .folds{columns:3}}`;
