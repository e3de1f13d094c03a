/** Deciding, dragging and keys. Part of the script of the review page. */
export const decidePart = `  function setReason(text) {
    here.reason = text;
    Array.prototype.forEach.call(document.querySelectorAll('#reasons button'), function (button) { button.setAttribute('aria-pressed', button.textContent === text ? 'true' : 'false'); });
    if (!text) document.getElementById('other').value = '';
  }
  function reason() { return document.getElementById('other').value.trim() || here.reason; }
  Array.prototype.forEach.call(document.querySelectorAll('#reasons button'), function (button) {
    button.addEventListener('click', function () { setReason(button.textContent); document.getElementById('other').value = ''; say(''); });
  });
  document.getElementById('other').addEventListener('input', function () { if (this.value.trim()) { here.reason = ''; setPressed(); } });
  function setPressed() { Array.prototype.forEach.call(document.querySelectorAll('#reasons button'), function (button) { button.setAttribute('aria-pressed', 'false'); }); }
  document.getElementById('scope').addEventListener('change', function () { here.scope = this.value; });
  document.getElementById('back').addEventListener('change', redraw);
  document.getElementById('author').addEventListener('change', function () { keep(); showPatches(); });

  function refusal(isChange) {
    if (!author()) { document.getElementById('author').focus(); return 'your initials are needed first: they stand in every patch'; }
    if (isChange && !reason()) return 'a reason is needed: choose one, or write your own';
    if (!isChange) return '';
    if (isLocked()) return 'this gate moves with another tube: remove that decision first';
    var clash = conflict(here.item, here.scope);
    return clash ? clash + ' is changed by a decision of its own: remove that first, or choose "this tube"' : '';
  }
  function accept() {
    if (here.isPending) return say('the gate was moved: record the move with a reason, or take it back with Esc');
    var own = decisionOf(here.item);
    if (own && own.action !== 'accept') return say('this gate is changed already: remove that decision first');
    var why = refusal(false);
    if (why) return say(why);
    decide(here.item, { action: 'accept', moves: {} });
    say('accepted');
    next();
  }
  function record() {
    var moves = {};
    Object.keys(here.moves).forEach(function (name) { if (here.moves[name]) moves[name] = here.moves[name]; });
    if (!Object.keys(moves).length) return say('nothing was moved: accept the gate with A, or drag an edge');
    var why = refusal(true);
    if (why) return say(why);
    decide(here.item, { action: 'shift', moves: moves, scope: here.scope, reason: reason() });
    settled('move recorded; the share may be looked at now');
  }
  function exclude() {
    var why = refusal(true);
    if (why) return say(why);
    here.moves = {};
    decide(here.item, { action: 'exclude', moves: {}, scope: here.scope, reason: reason() });
    settled('taken out');
  }
  function settled(words) { here.isPending = false; around(); redraw(); showNav(); say(words); }
  function showDecision() {
    var own = decisionOf(here.item), box = document.getElementById('decision');
    var brought = broughtHere(here.item)[0];
    box.textContent = own ? 'decided by ' + own.author + ': ' + { shift: 'moved', accept: 'accepted', exclude: 'taken out' }[own.action] + (own.reason ? ', ' + own.reason : '') : brought ? 'changed with ' + data.tubes[byKey[brought.key].tube].code : 'not decided';
  }
  function takeBack() {
    if (here.isPending) { showTube(here.item); say('the move was taken back'); return; }
    if (!decisions.length) return say('nothing to take back');
    var last = decisions.pop();
    keep();
    showTube(byKey[last.key]);
    showNav();
    say('the last decision was taken back');
  }

  var drag = null;
  function at(event) {
    var box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * SIDE / box.width, (event.clientY - box.top) * SIDE / box.height];
  }
  function distance(edge, p) {
    var plane = here.planes[here.plane];
    var s = segment(edge, edge.at + (here.moves[edge.handle] || 0) * MOVE, plane, frame(here.item, plane, SIDE));
    return toSegment(p, s);
  }
  function toSegment(p, s) {
    var dx = s[2] - s[0], dy = s[3] - s[1], length = dx * dx + dy * dy;
    var t = length === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - s[0]) * dx + (p[1] - s[1]) * dy) / length));
    return Math.hypot(p[0] - s[0] - t * dx, p[1] - s[1] - t * dy);
  }
  /* The nearest edge, or both where they meet: a corner. */
  function grasp(p, reach) {
    var plane = here.planes[here.plane];
    var near = here.item.edges.filter(function (edge) { return inPlane(edge, plane) && distance(edge, p) <= reach; });
    near.sort(function (a, b) { return distance(a, p) - distance(b, p); });
    if (!near.length) return graspOutline(p, reach, plane);
    return near.filter(function (edge, i) { return near.slice(0, i).every(function (other) { return other.markers.join() !== edge.markers.join(); }); });
  }
  /* An outline goes along in both directions that no edge cuts. */
  function graspOutline(p, reach, plane) {
    var f = frame(here.item, plane, SIDE), found = [];
    here.item.outlines.forEach(function (outline) {
      if (plane.indexOf(outline.markers[0]) < 0 || plane.indexOf(outline.markers[1]) < 0) return;
      var turned = outline.markers[0] !== plane[0];
      var points = outline.points.map(function (q) {
        var u = [q[0] + (here.moves[outline.markers[0]] || 0) * MOVE, q[1] + (here.moves[outline.markers[1]] || 0) * MOVE];
        return turned ? [f.px(u[1]), f.py(u[0])] : [f.px(u[0]), f.py(u[1])];
      });
      var isNear = points.some(function (a, i) { return toSegment(p, a.concat(points[(i + 1) % points.length])) <= reach; });
      if (isNear) found = outlineMarkers(here.item).filter(function (marker) { return plane.indexOf(marker) >= 0; }).map(function (marker) { return { handle: marker, markers: [marker] }; });
    });
    return found;
  }
  canvas.addEventListener('pointerdown', function (event) {
    if (!here.item) return;
    var edges = grasp(at(event), event.pointerType === 'mouse' ? 12 : 26);
    if (!edges.length) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    chooseHandle(edges[0].handle);
    drag = { id: event.pointerId, from: at(event), edges: edges, start: edges.map(function (edge) { return here.moves[edge.handle] || 0; }) };
    canvas.focus({ preventScroll: true });
  });
  canvas.addEventListener('pointermove', function (event) {
    if (!drag || event.pointerId !== drag.id) return;
    var p = at(event), plane = here.planes[here.plane], ranges = data.gates[here.item.gate].ranges;
    var x = ranges[plane[0]], y = ranges[plane[1]];
    var du = [(p[0] - drag.from[0]) / SIDE * (x[1] - x[0]), (drag.from[1] - p[1]) / SIDE * (y[1] - y[0])];
    drag.edges.forEach(function (edge, i) {
      var along = edge.line ? du[0] * edge.line.direction[0] + du[1] * edge.line.direction[1] : edge.markers[0] === plane[0] ? du[0] : du[1];
      var n = drag.start[i] + Math.round(along / MOVE);
      if (n !== (here.moves[edge.handle] || 0)) moveTo(edge.handle, n);
    });
  });
  function drop(event) { if (drag && event.pointerId === drag.id) { drag = null; around(); redraw(); } }
  canvas.addEventListener('pointerup', drop);
  canvas.addEventListener('pointercancel', drop);

  /* An arrow moves the chosen edge along its own axis; across it, it chooses the edge of the other axis. */
  function arrow(isX, step) {
    var plane = here.planes[here.plane], shown = shownHandles();
    function fits(name) {
      if (outlineMarkers(here.item).indexOf(name) >= 0) return name === plane[isX ? 0 : 1];
      return here.item.edges.some(function (edge) { return edge.handle === name && inPlane(edge, plane) && (edge.line || edge.markers[0] === plane[isX ? 0 : 1]); });
    }
    var name = fits(here.handle) ? here.handle : shown.filter(fits)[0];
    if (!name) return;
    chooseHandle(name);
    move(name, step);
    showHandles();
  }
  document.addEventListener('keydown', function (event) {
    var target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
    var key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === '?') { var help = document.getElementById('help'); help.open = !help.open; event.preventDefault(); return; }
    if (key === 'z') { takeBack(); event.preventDefault(); return; }
    if (key === 'n') { next(); event.preventDefault(); return; }
    if (!here.item) return;
    var step = event.shiftKey ? 5 : 1;
    var does = {
      ArrowLeft: function () { arrow(true, -step); }, ArrowRight: function () { arrow(true, step); },
      ArrowDown: function () { arrow(false, -step); }, ArrowUp: function () { arrow(false, step); },
      Escape: function () { if (here.isPending) takeBack(); else showSheet(); },
      a: accept, e: exclude, m: record,
    }[key];
    if (does) { event.preventDefault(); does(); }
  });
  function on(id, does) { document.getElementById(id).addEventListener('click', does); }
  on('accept', accept); on('record', record); on('exclude', exclude); on('undo', takeBack); on('next', next); on('to-sheet', showSheet);
  /* For trials: what the page counts in a gate of a tube, its edges moved by so many steps of 0.02 u. */
  window.review = {
    header: data,
    count: function (i, moves) { return estimate(data.items[i], insideCount(open(data.items[i]), moves || {}), moves || {}); },
  };
  unpack().then(function () { restore(); showSheet(); document.body.dataset.ready = 'true'; });`;
