/** Decisions, undo, and the patches that they make. Part of the script of the review page. */
export const statePart = `  var store = 'cytopair-review-' + data.study + (data.second ? '-second' : '');
  var decisions = [];
  var here = { item: null, moves: {}, plane: 0, handle: null, scope: 'subject', reason: '' };

  function keep() {
    try { localStorage.setItem(store, JSON.stringify({ author: author(), decisions: decisions })); } catch (refused) { /* a browser may keep nothing: the patches are on the page */ }
  }
  function restore() {
    try {
      var kept = JSON.parse(localStorage.getItem(store) || 'null');
      if (!kept) return;
      document.getElementById('author').value = kept.author || '';
      decisions = kept.decisions.filter(function (one) {
        var item = byKey[one.key];
        return item && item.replaces === one.replaces;
      });
    } catch (refused) { decisions = []; }
  }
  function author() { return document.getElementById('author').value.trim(); }
  function keyOf(item) { return item.tube + '|' + item.gate; }
  function decisionOf(item) {
    var key = keyOf(item);
    return decisions.filter(function (one) { return one.key === key; })[0];
  }
  function covers(decision, item) {
    var from = byKey[decision.key];
    if (from.gate !== item.gate) return false;
    if (from.tube === item.tube || decision.scope === 'all') return true;
    var a = data.tubes[from.tube], b = data.tubes[item.tube];
    if (decision.scope === 'subject') return a.group !== null && a.group === b.group;
    return decision.scope === 'batch' && a.batch === b.batch;
  }
  /* What was decided of another tube and holds here too. */
  function broughtHere(item) {
    return decisions.filter(function (one) { return one.action !== 'accept' && one.key !== keyOf(item) && covers(one, item); });
  }
  function movesOf(item) {
    var moves = {};
    decisions.forEach(function (one) {
      if (one.action === 'shift' && covers(one, item)) Object.keys(one.moves).forEach(function (handle) { moves[handle] = one.moves[handle]; });
    });
    return moves;
  }
  function isOut(item) {
    return decisions.some(function (one) { return one.action === 'exclude' && covers(one, item); });
  }
  /* Two decisions may not change one gate of one tube: the program would refuse both. */
  function conflict(item, scope) {
    var wanted = { key: keyOf(item), scope: scope };
    var others = data.items.filter(function (other) { return other.gate === item.gate && covers(wanted, other); });
    var clash = decisions.filter(function (one) {
      return one.action !== 'accept' && one.key !== keyOf(item) && others.some(function (other) { return covers(one, other); });
    })[0];
    return clash ? data.tubes[byKey[clash.key].tube].code : '';
  }
  function today() {
    var now = new Date();
    function two(x) { return (x < 10 ? '0' : '') + x; }
    return now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate());
  }
  function decide(item, what) {
    var key = keyOf(item);
    decisions = decisions.filter(function (one) { return one.key !== key; });
    what.key = key; what.author = author(); what.date = today(); what.at = new Date().toISOString(); what.replaces = item.replaces;
    decisions.push(what);
    keep();
  }
  function by(n) { return Math.round(n * MOVE * 100) / 100; }
  function patches() {
    var list = [];
    decisions.forEach(function (one) {
      var item = byKey[one.key];
      var head = { tube: data.tubes[item.tube].code, population: data.gates[item.gate].population, action: one.action };
      var tail = { author: one.author, date: one.date, reason: one.reason || undefined, replaces: one.replaces };
      if (one.action === 'shift') {
        Object.keys(one.moves).forEach(function (handle) {
          if (one.moves[handle]) list.push(Object.assign({}, head, { axis: handle, by: by(one.moves[handle]), frame: 'u', scope: one.scope }, tail));
        });
      } else list.push(Object.assign({}, head, one.action === 'exclude' ? { scope: one.scope } : {}, tail));
    });
    return list;
  }
  /* As the program writes it: every text in the quotes of JSON, which YAML reads alike. */
  function overridesText() {
    var list = patches();
    if (list.length === 0) return '[]\\n';
    return list.map(function (patch) {
      return '- ' + Object.keys(patch).filter(function (key) { return patch[key] !== undefined; }).map(function (key) { return key + ': ' + JSON.stringify(patch[key]); }).join('\\n  ') + '\\n';
    }).join('');
  }
  function acceptedText() {
    return JSON.stringify({ format: 'cytopair/accepted/1', second: data.second, looked: decisions.map(function (one) {
      var item = byKey[one.key];
      return { tube: data.tubes[item.tube].code, population: data.gates[item.gate].population, action: one.action, author: one.author, at: one.at, replaces: one.replaces };
    }) }, null, 2) + '\\n';
  }`;
