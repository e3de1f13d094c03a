/** The page of one tube: its whole tree, cells found again in the gates above, time trace, spillover map. Part of the script of the gates. */
export const tubePart = `  /* Cells of this population are shown in the gates above it; -1: of none. */
  var cellsOf = -1;
  function extraOf(t) { return data.extras && data.extras[t]; }
  function isAbove(g, below) { for (var at = below; at >= 0; at = data.gates[at].parent) if (at === g) return true; return false; }
  function cellsIn(t) {
    var extra = extraOf(t);
    var own = extra ? extra.cells.filter(function (one) { return one[0] === cellsOf; })[0] : null;
    if (!own) return null;
    var text = atob(own[1]), axes = data.cellAxes[cellsOf], count = axes.length ? text.length / axes.length : 0;
    return { count: count, at: function (axis, cell) { var place = axes.indexOf(axis); return place < 0 ? 255 : text.charCodeAt(place * count + cell); } };
  }
  function dots(context, g, step, row, box, size) {
    var cells = isAbove(g, cellsOf) && row.plots[step] ? cellsIn(row.tube) : null;
    if (!cells) return;
    var entry = data.gates[g], own = row.plots[step], x = entry.axes[own[1]].all, y = entry.axes[own[2]].all;
    for (var cell = 0; cell < cells.count; cell++) {
      var across = cells.at(x, cell), up = cells.at(y, cell);
      if (across === 255 || up === 255) continue;
      context.beginPath();
      context.arc(box.x + across / 254 * box.side, box.y + (1 - up / 254) * box.side, size, 0, 2 * Math.PI);
      context.fillStyle = '#111'; context.strokeStyle = '#ffd84d'; context.lineWidth = size / 2;
      context.fill(); context.stroke();
    }
  }
  function chooser(t, again) {
    var extra = extraOf(t);
    if (!extra || !extra.cells.length) return;
    if (!extra.cells.some(function (one) { return one[0] === cellsOf; })) cellsOf = -1;
    var label = make('label', 'Find again in the gates above: ', dialog);
    var select = make('select', null, label);
    select.id = 'cells-of';
    make('option', 'no cells', select).value = '-1';
    extra.cells.forEach(function (one) {
      var option = make('option', data.gates[one[0]].name, select);
      option.value = one[0];
    });
    select.value = cellsOf;
    select.addEventListener('change', function () {
      cellsOf = Number(select.value);
      again();
      document.getElementById('cells-of').focus();
    });
    var shown = cellsIn(t);
    make('span', shown ? ' ' + shown.count + ' cells of ' + data.gates[cellsOf].name + ', from the sample on which the gates were placed' : '', label).className = 'minor';
  }
  function openTube(t) {
    view = null;
    var tube = tubes[t];
    var moves = show('All gates of ' + tube.sampleId);
    button('close', moves, function () { dialog.close(); });
    make('p', [who(tube), tube.batch && 'batch ' + tube.batch, tube.status].filter(Boolean).join(' · '), dialog).className = 'path';
    chooser(t, function () { openTube(t); });
    var place = make('div', null, dialog);
    place.className = 'tree';
    data.gates.forEach(function (entry, g) {
      var row = rowOf(g, t);
      if (row) smallGate(entry, g, row, place);
    });
    ran(t);
    spilled(t);
    address('tube=' + encodeURIComponent(tube.sampleId));
  }
  function smallGate(entry, g, row, place) {
    var figure = make('figure', null, place);
    button(entry.name, make('figcaption', null, figure), function () { openPlot(g, row.tube); });
    var side = 110, wide = Math.max(1, entry.steps.length) * (side + 4);
    var context = canvasIn(figure, wide, side, entry.name + ': ' + entry.steps.join(', then '));
    entry.steps.forEach(function (step, s) {
      image(g, s, function (picture) {
        var box = { x: s * (side + 4), y: 0, side: side };
        plot(context, picture, entry, s, row, box);
        dots(context, g, s, row, box, 1.5);
      });
    });
    make('p', row.percent ? row.percent + ' %' : row.count || 'not counted', figure);
    row.flags.forEach(function (flag) { make('span', words(flag), figure).className = isLook(flag) ? 'flag' : 'minor'; });
  }
  function canvasIn(parent, wide, high, said) {
    var canvas = make('canvas', null, parent);
    var ratio = window.devicePixelRatio || 1;
    canvas.width = wide * ratio; canvas.height = high * ratio;
    canvas.style.width = wide + 'px'; canvas.style.height = high + 'px';
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', said);
    var context = canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return context;
  }
  /* Rate as bars, light as a line: both flat in a tube that ran quietly. */
  function ran(t) {
    var trace = extraOf(t) && extraOf(t).trace;
    make('h3', 'Time', dialog);
    if (!trace) return make('p', 'The file keeps no time, or the tube was not surveyed.', dialog);
    var wide = Math.max(240, Math.min(560, dialog.clientWidth - 60)), high = 120, left = 34, floor = 104;
    var most = Math.max.apply(null, trace.counts) || 1;
    var lights = trace.light.filter(function (one) { return one !== ''; });
    var span = Math.max(.5, Math.max.apply(null, lights.map(Math.abs).concat(0)));
    var empty = trace.counts.filter(function (one) { return !one; }).length;
    var figure = make('figure', null, dialog);
    figure.className = 'trace';
    var context = canvasIn(figure, wide, high, 'Events in ' + trace.counts.length + ' stretches of ' + trace.channel + ', ' + empty + ' of them empty; light moved by at most ' + span.toFixed(2) + ' u');
    var each = (wide - left) / trace.counts.length;
    context.fillStyle = '#9aa3ab';
    trace.counts.forEach(function (count, i) { var tall = 88 * count / most; context.fillRect(left + i * each, floor - tall, Math.max(1, each - 1), tall); });
    context.strokeStyle = line; context.lineWidth = 2; context.beginPath();
    var isDown = false;
    trace.light.forEach(function (value, i) {
      if (value === '') { isDown = false; return; }
      var x = left + (i + .5) * each, y = 60 - value / span * 40;
      if (isDown) context.lineTo(x, y); else context.moveTo(x, y);
      isDown = true;
    });
    context.stroke();
    context.font = '11px system-ui, sans-serif'; context.fillStyle = ink('--ink'); context.textAlign = 'right';
    context.fillText('+' + span.toFixed(1), left - 4, 24); context.fillText('0', left - 4, 64); context.fillText('−' + span.toFixed(1), left - 4, 104);
    context.textAlign = 'left'; context.fillText(trace.channel + ', from the first to the last event', left, 117);
    make('figcaption', 'Bars: events in each of ' + trace.counts.length + ' equal stretches of ' + trace.channel + '. Line: how far the light of all channels of the template lay from its median, in u.', figure);
  }
  function spilled(t) {
    var extra = extraOf(t);
    make('h3', 'Spillover', dialog);
    make('p', extra && extra.compensation ? 'Compensation: ' + extra.compensation : 'Not compensated.', dialog);
    var matrix = extra && data.matrices[extra.matrix];
    if (!matrix) return;
    var frame = make('div', null, dialog);
    frame.className = 'scroll'; frame.tabIndex = 0;
    frame.setAttribute('role', 'region'); frame.setAttribute('aria-label', 'Spillover in percent');
    var table = make('table', null, frame);
    table.className = 'heat map';
    make('caption', 'Percent of a dye’s light (row) in each detector (column)', table);
    var head = make('tr', null, make('thead', null, table));
    make('td', '', head);
    matrix.channels.forEach(function (name) { make('th', name, head).scope = 'col'; });
    var body = make('tbody', null, table);
    matrix.channels.forEach(function (name, i) {
      var row = make('tr', null, body);
      make('th', name, row).scope = 'row';
      matrix.channels.forEach(function (_, j) {
        var percent = matrix.percent[i * matrix.channels.length + j];
        var cell = make('td', i === j || !percent ? '' : String(percent).replace('-', '−'), row);
        /* Half the light of a neighbour is much: the tint is full there. */
        if (i !== j && percent) cell.style.background = 'color-mix(in srgb,var(--accent) ' + Math.round(Math.min(1, Math.abs(percent) / 50) * 45 + 4) + '%,transparent)';
        if (i === j) cell.className = 'own';
      });
    });
  }
`;
