/** The review page's style sheet; plots stay on white, whatever the reader's colours. */
export const pageStyle = `:root{color-scheme:light dark;--ground:#fff;--raised:#f3f5f4;--ink:#1c2126;--soft:#525a63;--rule:#cfd6d2;--accent:#0b5d69;--on-accent:#fff;--warn:#7a4a00}
@media(prefers-color-scheme:dark){:root{--ground:#14181b;--raised:#1d2327;--ink:#e6e9e8;--soft:#a9b1b6;--rule:#394147;--accent:#7cccd6;--on-accent:#08262b;--warn:#f3c77a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
header{padding:.7rem 1rem;border-bottom:1px solid var(--rule);display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;align-items:baseline}
h1{font-size:1.15rem;margin:0}h2{font-size:1.05rem;margin:.2rem 0;overflow-wrap:anywhere}h3{font-size:.92rem;margin:.8rem 0 .2rem}
header p{margin:0;color:var(--soft)}
#status{color:var(--warn);min-height:1.45em;flex-basis:100%}
.layout{display:grid;grid-template-columns:16rem minmax(0,1fr) 16.5rem;gap:1rem;padding:.8rem 1rem}
ul,ol{list-style:none;margin:0;padding:0}
button,select,input,textarea{font:inherit;color:inherit;background:var(--raised);border:1px solid var(--rule);border-radius:4px;padding:.25rem .6rem;min-height:2rem}
button{cursor:pointer}button:disabled{opacity:.5;cursor:default}
button:focus-visible,canvas:focus-visible,select:focus-visible,input:focus-visible,textarea:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
button[aria-current=true],button[aria-pressed=true]{background:var(--accent);color:var(--on-accent);border-color:var(--accent)}
button.main{background:var(--accent);color:var(--on-accent);border-color:var(--accent)}
.gate{display:flex;justify-content:space-between;width:100%;border:0;background:none;text-align:left;gap:.5rem;overflow-wrap:anywhere}
.gate .done{color:var(--soft);white-space:nowrap;font-size:.85em}.gate[aria-current=true] .done{color:inherit}
#sheet{display:flex;flex-wrap:wrap;gap:.5rem}
.tile{display:flex;flex-direction:column;align-items:center;padding:.3rem;width:7.1rem;background:none;font-size:.82rem;line-height:1.3}
.tile canvas,.small canvas{background:#fff;border:1px solid var(--rule)}
.tile .of{color:var(--soft);overflow:hidden;text-overflow:ellipsis;max-width:100%;white-space:nowrap}
.state{color:var(--soft)}.state.flagged{color:var(--warn)}.state.done{color:var(--accent);font-weight:600}
.view{display:flex;flex-wrap:wrap;gap:1rem}
.plotbox{display:grid;grid-template-columns:3.2rem 480px 44px;grid-template-rows:44px 480px 2.6rem}
#x-hist{grid-area:1/2}#y-axis{grid-area:2/1;position:relative}#plot{grid-area:2/2;border:1px solid #8a9096;touch-action:none;background:#fff;cursor:crosshair}#y-hist{grid-area:2/3}#x-axis{grid-area:3/2;position:relative}
.tick{position:absolute;font-size:.75rem;color:var(--soft)}#x-axis .tick{transform:translateX(-50%);top:6px}#x-axis .tick::before{content:"";position:absolute;left:50%;top:-6px;height:6px;border-left:1px solid var(--soft)}
#y-axis .tick{right:9px;transform:translateY(50%)}#y-axis .tick::before{content:"";position:absolute;right:-9px;top:50%;width:6px;border-top:1px solid var(--soft)}
#x-axis .minor::before{height:3px}#y-axis .minor::before{width:3px}
#x-axis .marker{position:absolute;left:50%;top:1.3rem;transform:translateX(-50%);font-weight:600}#y-axis .marker{position:absolute;left:0;top:50%;writing-mode:vertical-rl;transform:rotate(180deg) translateY(50%);font-weight:600}
.strip{display:flex;flex-wrap:wrap;gap:.4rem;margin:.3rem 0}.small{display:flex;flex-direction:column;align-items:center;font-size:.78rem;padding:.2rem;background:none;max-width:8rem;overflow-wrap:anywhere}
#live{font-size:1.1rem;font-weight:600;min-height:1.5em;margin:.2rem 0}
#handles li{display:flex;gap:.3rem;align-items:center;margin:.2rem 0}.handle{flex:1;text-align:left}.by{width:5em;text-align:right}
#reasons{display:flex;flex-wrap:wrap;gap:.3rem}.row{display:flex;flex-wrap:wrap;gap:.4rem;margin:.5rem 0}
#flags li{color:var(--warn);font-size:.88rem}.soft{color:var(--soft);font-size:.88rem;overflow-wrap:anywhere}
.plain{border:0;background:none;padding:0 .2rem;min-height:0;color:var(--accent);text-decoration:underline}
#decisions{max-height:16rem;overflow:auto;font-size:.88rem}#decisions li{padding:.2rem 0;border-bottom:1px solid var(--rule);overflow-wrap:anywhere}
textarea{width:100%;height:8rem;font:12px/1.35 ui-monospace,Menlo,Consolas,monospace}
label{display:block}.tools{min-width:14rem;flex:1}label.check{display:flex;gap:.4rem;align-items:center}label.check input{min-height:0}
@media(max-width:1180px){.layout{grid-template-columns:16rem minmax(0,1fr)}.patches{grid-column:1/-1}}
@media(max-width:760px){.layout{grid-template-columns:minmax(0,1fr);padding:.5rem}.plotbox{grid-template-columns:2.4rem minmax(0,1fr);grid-template-rows:auto 2.6rem;width:100%}
#x-hist,#y-hist{display:none}#y-axis{grid-area:1/1}#plot{grid-area:1/2;width:100%!important;height:auto!important;aspect-ratio:1}#x-axis{grid-area:2/2}button{min-height:2.6rem}.tile{width:6.9rem}
#gates{display:flex;flex-wrap:wrap;gap:.2rem}#gates .gate{width:auto;padding-left:.5rem!important}}
`;
