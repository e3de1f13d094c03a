/** One gate of one tube, large, with its parents; and all gates of one tube. Part of the script of the gates. */
export const viewPart = String.raw`  /* One tube, large. */
  var dialog = make('dialog', null, document.body);
  dialog.id = 'view';
  dialog.setAttribute('aria-labelledby', 'view-title');
  var view = null;
  function button(words, parent, act) { var made = make('button', words, parent); made.type = 'button'; made.addEventListener('click', act); return made; }
  function large(g, step, row, parent, side) {
    var entry = data.gates[g];
    var own = row.plots[step];
    var figure = make('figure', null, parent);
    var canvas = make('canvas', null, figure);
    var left = 46, below = 40, top = 8;
    var total = { x: left + side + 10, y: top + side + below };
    var ratio = window.devicePixelRatio || 1;
    canvas.width = total.x * ratio; canvas.height = total.y * ratio;
    canvas.style.width = total.x + 'px'; canvas.style.height = total.y + 'px';
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', entry.name + ', ' + entry.steps[step] + ': this step keeps ' + own[5]);
    image(g, step, function (picture) {
      var context = canvas.getContext('2d');
      context.scale(ratio, ratio);
      plot(context, picture, entry, step, row, { x: left, y: top, side: side });
      dots(context, g, step, row, { x: left, y: top, side: side }, 2.4);
      context.font = '12px system-ui, sans-serif';
      context.fillStyle = ink('--ink'); context.strokeStyle = ink('--soft'); context.lineWidth = 1;
      [entry.axes[own[1]], entry.axes[own[2]]].forEach(function (axis, isY) {
        axis.ticks.forEach(function (tick) {
          var length = tick[1] ? 6 : 3;
          context.beginPath();
          if (isY) { var y = top + (1 - tick[0]) * side; context.moveTo(left, y); context.lineTo(left - length, y); }
          else { var x = left + tick[0] * side; context.moveTo(x, top + side); context.lineTo(x, top + side + length); }
          context.stroke();
          if (!tick[1]) return;
          context.textAlign = isY ? 'right' : tick[0] > .96 ? 'right' : 'center';
          if (isY) context.fillText(tick[1], left - 8, Math.min(y + 4, top + side));
          else context.fillText(tick[1], x, top + side + 18);
        });
        context.textAlign = 'center';
        if (!isY) return context.fillText(axis.name, left + side / 2, top + side + 34);
        context.save(); context.translate(11, top + side / 2); context.rotate(-Math.PI / 2); context.fillText(axis.name, 0, 0); context.restore();
      });
      if (!own[5]) return;
      var spot = middle(entry.lines[own[3]] || '', entry.sheets[step].bins);
      context.font = 'bold 13px system-ui, sans-serif'; context.textAlign = 'center';
      var x = left + spot.x * side, y = top + spot.y * side;
      var wide = context.measureText(own[5]).width + 8;
      x = Math.min(left + side - wide / 2, Math.max(left + wide / 2, x));
      context.fillStyle = 'rgba(255,255,255,.85)'; context.fillRect(x - wide / 2, y - 12, wide, 17);
      context.fillStyle = '#8a2d08'; context.fillText(own[5], x, y + 1);
      canvas.dataset.drawn = '1';
    });
    make('figcaption', (step + 1) + '. ' + entry.steps[step] + (step ? ', of what the cuts before kept' : entry.parent >= 0 ? ', of ' + data.gates[entry.parent].name : '') + ': keeps ' + (own[5] || 'nothing, there is nothing'), figure);
    return figure;
  }
  /* Where the percentage stands: the middle of what is seen of the border, near its upper end. */
  function middle(text, bins) {
    var xs = [], ys = [], parts = text.match(/[MLHVZ]|-?\d+(?:\.\d+)?/g) || [], kind = 'M', isX = true, x = 0, y = 0;
    parts.forEach(function (part) {
      if (/[MLHVZ]/.test(part)) { kind = part; isX = true; return; }
      var number = Number(part);
      if (kind === 'H') x = number; else if (kind === 'V') y = number; else if (isX) { x = number; isX = false; return; } else { y = number; isX = true; }
      xs.push(x); ys.push(y);
    });
    if (!xs.length) return { x: .5, y: .06 };
    function clip(value) { return Math.min(bins, Math.max(0, value)); }
    var low = clip(Math.min.apply(null, ys)), high = clip(Math.max.apply(null, ys));
    return { x: (clip(Math.min.apply(null, xs)) + clip(Math.max.apply(null, xs))) / 2 / bins, y: Math.min(.97, (low + Math.min(4, (high - low) / 2)) / bins) };
  }
  function rowOf(g, t) { return data.gates[g].rows.filter(function (row) { return row.tube === t; })[0]; }
  function show(title) {
    dialog.textContent = '';
    var bar = make('div', null, dialog);
    bar.className = 'bar-of-view';
    var head = make('h2', title, bar);
    head.id = 'view-title';
    var moves = make('span', null, bar);
    if (!dialog.open) dialog.showModal();
    return moves;
  }
  function openPlot(g, t) {
    var row = rowOf(g, t);
    if (!row) return openTube(t);
    view = { gate: g, tube: t };
    var entry = data.gates[g];
    var tube = tubes[t];
    var moves = show(entry.name + ' in ' + tube.sampleId);
    button('previous', moves, function () { next(-1); });
    button('next', moves, function () { next(1); });
    button('all gates of this tube', moves, function () { openTube(t); });
    button('close', moves, function () { dialog.close(); });
    make('p', [who(tube), tube.batch && 'batch ' + tube.batch, tube.status !== 'ok' && tube.status, entry.path].filter(Boolean).join(' · '), dialog).className = 'path';
    var chain = make('p', 'Parents: ', dialog);
    chain.className = 'chain';
    for (var up = entry.parent, all = []; up >= 0; up = data.gates[up].parent) all.unshift(up);
    if (!all.length) make('span', 'all events', chain);
    all.forEach(function (number) { button(data.gates[number].name, chain, function () { openPlot(number, t); }); });
    var below = data.gates.map(function (gate, number) { return number; }).filter(function (number) { return data.gates[number].parent === g; });
    if (below.length) make('span', ' Below: ', chain);
    below.forEach(function (number) { button(data.gates[number].name, chain, function () { openPlot(number, t); }); });
    var share = row.percent ? row.percent + ' % of the parent, ' + row.count + ' of ' + row.of + ' events' : (row.count || 'no') + ' events, no percentage';
    make('p', share, dialog).className = 'share';
    var list = make('ul', null, dialog);
    row.says.forEach(function (text) { make('li', text, list); });
    row.flags.forEach(function (flag) { var item = make('li', words(flag) + ': ' + say(flag), list); item.className = isLook(flag) ? 'asks' : ''; });
    chooser(t, function () { openPlot(g, t); });
    var plots = make('div', null, dialog);
    plots.className = 'large';
    var side = Math.max(200, Math.min(480, dialog.clientWidth - 100));
    row.plots.forEach(function (own, step) { large(g, step, row, plots, side); });
    if (!row.plots.length) make('p', 'No plane to draw.', plots);
    address('plot=' + g + '.' + encodeURIComponent(tube.sampleId));
  }
  function next(by) {
    var rows = shownRows(data.gates[view.gate]);
    var here = rows.map(function (row) { return row.tube; }).indexOf(view.tube);
    var to = rows[(here + by + rows.length) % rows.length];
    if (to) openPlot(view.gate, to.tube);
  }
  dialog.addEventListener('close', function () { address(); });
  dialog.addEventListener('keydown', function (event) {
    if (!view) return;
    if (event.key === 'ArrowRight' || event.key === 'n') next(1);
    if (event.key === 'ArrowLeft' || event.key === 'p') next(-1);
  });`;
