/** The gates at the left, and the contact sheet of one of them or of the queue. Part of the script of the review page. */
export const sheetPart = `  var chosen = -1;
  var page = 120;
  var sheet = document.getElementById('sheet');
  var nav = document.getElementById('gates');
  function make(name, text, parent, className) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    if (parent) parent.appendChild(element);
    return element;
  }
  function isDone(item) { return decisionOf(item) !== undefined; }
  function listed() { return chosen < 0 ? data.items : data.items.filter(function (item) { return item.gate === chosen; }); }
  function showNav() {
    nav.textContent = '';
    function entry(gate, name, items, depth) {
      var done = items.filter(isDone).length;
      var button = make('button', '', make('li', '', nav), 'gate');
      button.type = 'button';
      button.style.paddingLeft = (8 + 10 * depth) + 'px';
      make('span', name, button);
      make('span', done + ' of ' + items.length, button, 'done');
      if (gate === chosen) button.setAttribute('aria-current', 'true');
      button.addEventListener('click', function () { chosen = gate; page = 120; showSheet(); });
    }
    entry(-1, 'All, worst first', data.items, 0);
    data.gates.forEach(function (gate, g) {
      entry(g, gateName(gate), data.items.filter(function (item) { return item.gate === g; }), gate.population.split('/').length - 1);
    });
  }
  var seen = 'IntersectionObserver' in window ? new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) { if (entry.isIntersecting) { seen.unobserve(entry.target); entry.target.paint(); } });
  }, { rootMargin: '300px' }) : null;
  function showSheet() {
    document.getElementById('tube').hidden = true;
    document.getElementById('overview').hidden = false;
    here.item = null;
    showNav();
    sheet.textContent = '';
    var items = listed();
    items.slice(0, page).forEach(function (item) { tile(item); });
    document.getElementById('more').hidden = items.length <= page;
    document.getElementById('sheet-title').textContent = chosen < 0 ? 'Queue: all gates, the most doubtful with the most at stake first' : data.gates[chosen].population;
    showPatches();
  }
  function tile(item) {
    var button = make('button', '', make('li', '', sheet), 'tile');
    button.type = 'button';
    var canvas = make('canvas', '', button);
    canvas.setAttribute('aria-hidden', 'true');
    canvas.width = canvas.height = 96;
    canvas.paint = function () {
      var opened = open(item);
      var all = planes(item);
      plot(sized(canvas, 96, 96), opened, all[mainPlane(item, all)] || ['', ''], movesOf(item), 96, { dot: 1.2, line: 1.4, most: 700, ghost: false });
    };
    if (seen) seen.observe(canvas); else canvas.paint();
    var decision = decisionOf(item), moved = broughtHere(item).length > 0;
    var state = decision ? { shift: 'moved', accept: 'accepted', exclude: 'taken out' }[decision.action] : moved ? 'moved with another' : '';
    make('span', (chosen < 0 ? item.rank + '. ' : '') + data.tubes[item.tube].code, button, 'code');
    if (chosen < 0) make('span', gateName(data.gates[item.gate]), button, 'of');
    var foot = make('span', state || (item.flags.length ? item.flags.length + (item.flags.length === 1 ? ' flag' : ' flags') : ' '), button, 'state ' + (decision ? 'done' : moved ? 'done' : item.flags.length ? 'flagged' : ''));
    if (decision) foot.textContent += ' ' + shareText(item);
    button.addEventListener('click', function () { showTube(item); });
  }
  /* Only of a gate that is decided: a share betrays the visit. */
  function shareText(item) {
    if (isOut(item)) return '';
    return estimate(item, insideCount(open(item), movesOf(item))).percent.toFixed(1) + ' %';
  }
  document.getElementById('more').addEventListener('click', function () { page += 240; showSheet(); });
  function next() {
    var items = listed();
    var from = here.item ? items.indexOf(here.item) : -1;
    var after = items.slice(from + 1).concat(items.slice(0, from + 1)).filter(function (item) { return !isDone(item) && broughtHere(item).length === 0; });
    if (after.length) showTube(after[0]); else { say('all gates of this list are decided'); showSheet(); }
  }
  function say(text) { document.getElementById('status').textContent = text; }
  function showPatches() {
    var list = document.getElementById('decisions');
    list.textContent = '';
    decisions.slice().reverse().forEach(function (one) {
      var item = byKey[one.key];
      var what = one.action === 'shift' ? Object.keys(one.moves).filter(function (h) { return one.moves[h]; }).map(function (h) { return h + ' ' + (one.moves[h] > 0 ? '+' : '') + by(one.moves[h]).toFixed(2) + ' u'; }).join(', ') : one.action === 'accept' ? 'accepted' : 'taken out';
      var row = make('li', '', list);
      var open = make('button', data.tubes[item.tube].code + ' ' + gateName(data.gates[item.gate]), row, 'plain');
      open.type = 'button';
      open.addEventListener('click', function () { showTube(item); });
      make('span', ' ' + what + (one.reason ? ': ' + one.reason : '') + (one.scope && one.scope !== 'tube' ? ' (' + scopeWords[one.scope] + ')' : ''), row);
      var drop = make('button', 'remove', row, 'plain');
      drop.type = 'button';
      drop.addEventListener('click', function () { decisions = decisions.filter(function (other) { return other !== one; }); keep(); here.item ? showTube(here.item) : showSheet(); });
    });
    document.getElementById('overrides').value = overridesText();
    document.getElementById('count').textContent = decisions.length + ' of ' + data.items.length + ' gates looked at, ' + decisions.filter(function (one) { return one.action !== 'accept'; }).length + ' changed';
  }
  var scopeWords = { subject: 'this patient\\u2019s tubes', tube: 'this tube', batch: 'this batch', all: 'all tubes' };
  function save(name, text) {
    var link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    link.download = name;
    link.click();
  }
  document.getElementById('save-overrides').addEventListener('click', function () { save(data.second ? 'overrides-second.yaml' : 'overrides.yaml', overridesText()); });
  document.getElementById('save-accepted').addEventListener('click', function () { save('accepted.json', acceptedText()); });
  document.getElementById('copy').addEventListener('click', function () {
    var area = document.getElementById('overrides');
    area.select();
    var done = function () { say('overrides.yaml copied'); };
    if (navigator.clipboard) navigator.clipboard.writeText(area.value).then(done, function () { document.execCommand('copy'); done(); });
    else { document.execCommand('copy'); done(); }
  });`;
