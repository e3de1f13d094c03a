/** One gate of one tube: its plots, what lies around it, and what may be decided. Part of the script of the review page. */
export const tubePart = `  var SIDE = 480;
  var canvas = document.getElementById('plot');
  var opened = null;
  function showTube(item) {
    document.getElementById('overview').hidden = true;
    document.getElementById('tube').hidden = false;
    opened = open(item);
    var all = planes(item);
    here.item = item; here.planes = all; here.plane = mainPlane(item, all);
    var decision = decisionOf(item);
    here.moves = Object.assign({}, movesOf(item));
    here.handle = item.lever;
    here.isPending = false;
    here.scope = decision && decision.scope ? decision.scope : data.tubes[item.tube].group === null ? 'tube' : 'subject';
    document.getElementById('scope').value = here.scope;
    setReason('');
    chooseHandle();
    around();
    redraw();
    document.getElementById('tube').scrollIntoView({ block: 'nearest' });
    canvas.focus({ preventScroll: true });
  }
  function handles() {
    var names = [];
    if (!here.item) return names;
    here.item.edges.forEach(function (edge) { if (names.indexOf(edge.handle) < 0) names.push(edge.handle); });
    outlineMarkers(here.item).forEach(function (marker) { names.push(marker); });
    return names;
  }
  /* An outline is moved as a whole along each marker that no edge cuts. */
  function outlineMarkers(item) {
    var names = [];
    item.outlines.forEach(function (outline) {
      outline.markers.forEach(function (marker) {
        if (names.indexOf(marker) < 0 && !item.edges.some(function (edge) { return edge.markers.indexOf(marker) >= 0; })) names.push(marker);
      });
    });
    return names;
  }
  function isShown(name, plane) {
    return here.item.edges.some(function (edge) { return edge.handle === name && inPlane(edge, plane); }) || outlineMarkers(here.item).indexOf(name) >= 0 && plane.indexOf(name) >= 0;
  }
  function shownHandles() { return handles().filter(function (name) { return isShown(name, here.planes[here.plane]); }); }
  function chooseHandle(name) {
    var shown = shownHandles();
    here.handle = name && shown.indexOf(name) >= 0 ? name : shown.indexOf(here.handle) >= 0 ? here.handle : shown[0] || null;
  }
  /* Name, flags, parents, further plots, moves: all but the plot itself. */
  function around() {
    var item = here.item, gate = data.gates[item.gate], tube = data.tubes[item.tube];
    document.getElementById('tube-title').textContent = tube.code + ' \\u00b7 ' + gateName(gate);
    document.getElementById('tube-path').textContent = gate.population + ' (' + words(gate.method) + ', ' + words(item.rule) + '), ' + (item.parent === null ? 'of all events' : item.parent + ' events in the parent') + (item.factor > 1 ? ', ' + item.n + ' of them shown' : '');
    var flags = document.getElementById('flags');
    flags.textContent = '';
    item.flags.forEach(function (flag) { make('li', words(flag) + ': ' + data.flags[flag], flags); });
    small(document.getElementById('chain'), chainOf(item).map(function (other) { return { item: other, plane: null }; }));
    small(document.getElementById('planes'), here.planes.map(function (plane, p) { return { item: item, plane: p }; }));
    document.getElementById('planes').hidden = here.planes.length < 2;
    showHandles();
    showDecision();
    showPatches();
  }
  function chainOf(item) {
    var path = data.gates[item.gate].population.split('/');
    return path.slice(0, -1).map(function (_, i) {
      var population = path.slice(0, i + 1).join('/');
      return data.items.filter(function (other) { return other.tube === item.tube && data.gates[other.gate].population === population; })[0];
    }).filter(Boolean);
  }
  function small(list, plots) {
    list.textContent = '';
    plots.forEach(function (one) {
      var button = make('button', '', make('li', '', list), 'small');
      button.type = 'button';
      var picture = make('canvas', '', button);
      picture.setAttribute('aria-hidden', 'true');
      var all = planes(one.item);
      var plane = one.plane === null ? all[mainPlane(one.item, all)] : all[one.plane];
      if (!plane) return;
      plot(sized(picture, 104, 104), one.item === here.item ? opened : open(one.item), plane, one.item === here.item ? here.moves : movesOf(one.item), 104, { dot: 1.2, line: 1.4, most: 900, ghost: false });
      make('span', one.plane === null ? gateName(data.gates[one.item.gate]) : plane[0] + ' \\u00d7 ' + plane[1], button);
      if (one.plane === here.plane && one.item === here.item) button.setAttribute('aria-current', 'true');
      button.addEventListener('click', function () {
        if (one.plane === null) showTube(one.item);
        else { here.plane = one.plane; chooseHandle(); around(); redraw(); }
      });
    });
  }
  function showHandles() {
    var list = document.getElementById('handles');
    list.textContent = '';
    handles().forEach(function (name) {
      var row = make('li', '', list);
      var n = here.moves[name] || 0;
      function button(text, label, step) {
        var one = make('button', text, row, 'step');
        one.type = 'button';
        one.setAttribute('aria-label', label);
        one.disabled = isLocked();
        one.addEventListener('click', function () { choosePlaneOf(name); move(name, step); around(); });
      }
      button('\\u2212', 'move ' + name + ' down by 0.02 u', -1);
      var choose = make('button', name, row, 'handle');
      choose.type = 'button';
      choose.setAttribute('aria-pressed', name === here.handle ? 'true' : 'false');
      choose.addEventListener('click', function () { choosePlaneOf(name); around(); redraw(); });
      button('+', 'move ' + name + ' up by 0.02 u', 1);
      make('span', (n > 0 ? '+' : '') + by(n).toFixed(2) + ' u', row, 'by');
    });
    if (!handles().length) make('li', 'Nothing of this gate can be shifted: accept it, or take it out with a reason.', list);
  }
  function choosePlaneOf(name) {
    var p = here.planes.map(function (plane) { return isShown(name, plane); }).indexOf(true);
    if (shownHandles().indexOf(name) < 0 && p >= 0) here.plane = p;
    chooseHandle(name);
  }
  function isLocked() { return broughtHere(here.item).length > 0; }
  /* One way to move an edge, whoever asks: mouse, finger or key. */
  function move(name, steps) { moveTo(name, (here.moves[name] || 0) + steps); }
  function moveTo(name, n) {
    if (!name || isLocked()) { if (isLocked()) say('this gate moves with that of ' + data.tubes[byKey[broughtHere(here.item)[0].key].tube].code + ': remove that decision first'); return; }
    here.moves = Object.assign({}, here.moves);
    here.moves[name] = within(name, n);
    here.isPending = true;
    redraw();
  }
  /* A lower side stays below the upper one. */
  function within(name, n) {
    here.item.edges.forEach(function (edge) {
      if (edge.handle !== name || edge.line) return;
      here.item.edges.forEach(function (other) {
        if (other.handle === name || other.line || other.markers[0] !== edge.markers[0] || other.side === edge.side) return;
        var limit = (other.at + (here.moves[other.handle] || 0) * MOVE - edge.at) / MOVE;
        n = edge.side === 'min' ? Math.min(n, Math.ceil(limit) - 1) : Math.max(n, Math.floor(limit) + 1);
      });
    });
    return n;
  }
  var waiting = false;
  function redraw() {
    if (waiting || !here.item) return;
    waiting = true;
    requestAnimationFrame(function () { waiting = false; if (here.item) paint(); });
  }
  function paint() {
    var began = performance.now();
    var plane = here.planes[here.plane] || ['', ''];
    plot(sized(canvas, SIDE, SIDE), opened, plane, here.moves, SIDE, { dot: 2, line: 2.5, most: 4000, ghost: true, chosen: here.handle, back: document.getElementById('back').checked });
    axis('x-axis', plane[0], true); axis('y-axis', plane[1], false);
    margins(plane);
    count();
    window.lastFrame = performance.now() - began;
  }
  function axis(id, marker, isX) {
    var box = document.getElementById(id);
    var range = data.gates[here.item.gate].ranges[marker];
    box.textContent = '';
    make('span', marker, box, 'marker');
    if (range) ticks(marker, range).forEach(function (tick) {
      var one = make('span', tick.label, box, tick.label ? 'tick' : 'tick minor');
      one.style[isX ? 'left' : 'bottom'] = 100 * tick.at + '%';
    });
  }
  /* How the parent's events lie along each axis, those that the other cuts keep filled. */
  function margins(plane) {
    [['x-hist', 0], ['y-hist', 1]].forEach(function (one) {
      var isX = one[1] === 0, marker = plane[one[1]], values = opened.values[marker], range = data.gates[here.item.gate].ranges[marker];
      var own = document.getElementById(one[0]), depth = 44, bins = 80;
      var context = sized(own, isX ? SIDE : depth, isX ? depth : SIDE);
      if (!values || !range) return;
      var all = new Float64Array(bins), kept = new Float64Array(bins), most = 1;
      for (var i = 0; i < opened.item.n; i++) {
        var bin = Math.floor((values.base + values.k[i] * data.step - range[0]) / (range[1] - range[0]) * bins);
        if (bin < 0 || bin >= bins) continue;
        all[bin]++;
        var keeps = inRest(opened, i, here.moves);
        for (var e = 0; keeps && e < opened.edges.length; e++) {
          var edge = opened.edges[e];
          if (edge.edge.markers.indexOf(marker) < 0) keeps = isBeyond(edge, i, here.moves);
        }
        if (keeps) kept[bin]++;
        most = Math.max(most, all[bin]);
      }
      [[all, ink.faint], [kept, ink.inside]].forEach(function (layer) {
        context.fillStyle = layer[1];
        for (var b = 0; b < bins; b++) {
          var h = layer[0][b] / most * depth, w = SIDE / bins;
          if (isX) context.fillRect(b * w, depth - h, w, h); else context.fillRect(0, SIDE - (b + 1) * w, h, w);
        }
      });
    });
  }
  function count() {
    var item = here.item, found = estimate(item, insideCount(opened, here.moves), here.moves);
    var text = item.parent === null ? '' : (isShapeMoved(item, here.moves) ? 'about ' : '') + found.count + (found.exact ? ' events' : ' \\u00b1 ' + Math.max(1, found.error) + ' events');
    if (decisionOf(item) && !here.isPending) text += (text ? ', ' : '') + found.percent.toFixed(2) + ' % of the parent';
    document.getElementById('live').textContent = text || 'the share is shown once the gate is decided';
    document.getElementById('live').dataset.count = found.count;
  }`;
