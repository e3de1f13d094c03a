/** Sheets of thumbnails, one canvas for each step of a gate, drawn when they are seen. Part of the script of the gates. */
export const sheetsPart = `  /* Where each plot of a sheet lies: patients × visits, or one after the other. */
  function layout(rows, width) {
    var font = 11;
    var cells = [];
    var heads = [];
    if (choice.order === 'worst' || !data.visits.length) {
      var across = Math.max(1, Math.floor(width / Math.min(96, Math.max(70, width / 4))));
      var size = Math.min(92, Math.floor(width / across) - 4);
      rows.forEach(function (row, i) {
        cells.push({ row: row, x: i % across * (size + 4), y: Math.floor(i / across) * (size + 34), side: size, named: true });
      });
      return { cells: cells, heads: heads, height: Math.ceil(rows.length / across) * (size + 34), width: width };
    }
    var names = [];
    rows.forEach(function (row) { var name = tubes[row.tube].subject; if (names.indexOf(name) < 0) names.push(name); });
    var left = Math.min(96, Math.max.apply(null, [24].concat(names.map(function (name) { return 7 + 6.6 * name.length; }))));
    var side = Math.max(52, Math.min(88, Math.floor((width - left) / data.visits.length) - 4));
    var y = 16;
    data.visits.forEach(function (visit, v) { heads.push({ text: visit, x: left + v * (side + 4) + side / 2, y: font, middle: true }); });
    names.forEach(function (name) {
      var own = rows.filter(function (row) { return tubes[row.tube].subject === name; });
      var used = {};
      heads.push({ text: name || 'no patient', x: 0, y: y + 14, most: left - 4 });
      var depth = 1;
      var loose = 0;
      own.forEach(function (row) {
        var v = data.visits.indexOf(tubes[row.tube].visit);
        if (v < 0) v = loose++ % data.visits.length;
        var level = used[v] || 0;
        used[v] = level + 1;
        depth = Math.max(depth, level + 1);
        cells.push({ row: row, x: left + v * (side + 4), y: y + level * (side + 20), side: side });
      });
      data.visits.forEach(function (visit, v) { if (!used[v]) heads.push({ text: 'no tube', x: left + v * (side + 4) + side / 2, y: y + side / 2, middle: true, quiet: true }); });
      y += depth * (side + 20);
    });
    return { cells: cells, heads: heads, height: y, width: Math.max(width, left + data.visits.length * (side + 4)) };
  }

  function sheet(g, step, figure) {
    var entry = data.gates[g];
    var rows = shownRows(entry).filter(function (row) { return step < row.plots.length || step === 0; });
    figure.querySelector('.many').textContent = rows.length + ' of ' + entry.rows.length + ' plots';
    var canvas = figure.querySelector('canvas');
    var plan = layout(rows, Math.max(280, figure.clientWidth));
    canvas.plan = plan;
    var ratio = Math.min(window.devicePixelRatio || 1, Math.sqrt(12e6 / Math.max(1, plan.width * plan.height)));
    canvas.width = Math.round(plan.width * ratio); canvas.height = Math.round(plan.height * ratio);
    canvas.style.width = plan.width + 'px'; canvas.style.height = plan.height + 'px';
    canvas.setAttribute('aria-label', rows.length + ' plots of ' + entry.name + ', ' + entry.steps[step]);
    image(g, step, function (picture) {
      if (canvas.plan !== plan) return;
      var context = canvas.getContext('2d');
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, plan.width, plan.height);
      context.font = '11px system-ui, sans-serif';
      var soft = ink('--soft');
      var strong = ink('--ink');
      plan.heads.forEach(function (head) {
        context.fillStyle = head.quiet ? soft : strong; context.textAlign = head.middle ? 'center' : 'left';
        context.fillText(head.text, head.x, head.y, head.most || 96);
      });
      context.textAlign = 'left';
      plan.cells.forEach(function (cell) {
        plot(context, picture, entry, step, cell.row, cell);
        var look = asksForLook(cell.row);
        if (look || cell.row.flags.length) {
          context.beginPath(); context.arc(cell.x + cell.side - 7, cell.y + 7, 4, 0, 7);
          context.fillStyle = look ? line : '#fff'; context.fill();
          context.strokeStyle = line; context.lineWidth = 1; context.stroke();
        }
        context.fillStyle = strong;
        var share = cell.row.percent.split(' [')[0];
        /* A gate of one step shows its share of the parent, a longer one what each step keeps. */
        var kept = entry.steps.length > 1 && cell.row.plots[step] ? cell.row.plots[step][5] : share && share + ' %';
        context.fillText(kept || cell.row.count || '–', cell.x + 1, cell.y + cell.side + 12, cell.side);
        if (cell.named) { context.fillStyle = soft; context.fillText(who(tubes[cell.row.tube]) || tubes[cell.row.tube].sampleId, cell.x + 1, cell.y + cell.side + 25, cell.side); }
      });
      canvas.dataset.drawn = plan.cells.length;
    });
  }
  function cellAt(event) {
    var canvas = event.currentTarget;
    var frame = canvas.getBoundingClientRect();
    var x = event.clientX - frame.left;
    var y = event.clientY - frame.top;
    return canvas.plan.cells.filter(function (cell) { return x >= cell.x && x < cell.x + cell.side + 4 && y >= cell.y && y < cell.y + cell.side + 18; })[0];
  }
  function draw(fold) {
    var g = Number(fold.dataset.gate);
    var entry = data.gates[g];
    var place = fold.querySelector('.sheets');
    if (!place.firstChild) entry.steps.forEach(function (step, s) {
      var figure = make('figure', null, place);
      figure.className = 'sheet';
      var caption = make('figcaption', (s + 1) + '. ' + step + ' ', figure);
      make('span', '', caption).className = 'many';
      var frame = make('div', null, figure);
      frame.className = 'frame';
      var canvas = make('canvas', null, frame);
      canvas.setAttribute('role', 'img');
      canvas.addEventListener('click', function (event) { var cell = cellAt(event); if (cell) openPlot(g, cell.row.tube); });
      canvas.addEventListener('mousemove', function (event) {
        var cell = cellAt(event);
        canvas.style.cursor = cell ? 'zoom-in' : 'default';
        canvas.title = cell ? tubes[cell.row.tube].sampleId + ' ' + who(tubes[cell.row.tube]) + ': ' + (cell.row.percent || 'no share') + cell.row.flags.map(function (flag) { return '; ' + words(flag); }).join('') : '';
      });
    });
    Array.prototype.forEach.call(place.children, function (figure, s) { sheet(g, s, figure); });
    fold.dataset.ready = 'yes';
  }
  var folds = Array.prototype.slice.call(section.querySelectorAll('details.gate'));
  var seen = new IntersectionObserver(function (entries) {
    entries.forEach(function (one) { if (one.isIntersecting && one.target.open && one.target.dataset.ready !== 'yes') draw(one.target); });
  }, { rootMargin: '300px' });
  folds.forEach(function (fold) {
    seen.observe(fold);
    fold.addEventListener('toggle', function () { if (fold.open && fold.dataset.ready !== 'yes') draw(fold); });
  });
  window.addEventListener('beforeprint', function () { folds.forEach(function (fold) { if (fold.open && fold.dataset.ready !== 'yes') draw(fold); }); });
  var width = window.innerWidth;
  window.addEventListener('resize', function () { if (window.innerWidth !== width) { width = window.innerWidth; redraw(); } });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  function redraw() {
    var all = 0, shown = 0;
    data.gates.forEach(function (gate) { all += gate.rows.length; shown += gate.rows.filter(fits).length; });
    document.getElementById('found').textContent = shown === all ? '' : shown + ' of ' + all + ' plots';
    folds.forEach(function (fold) {
      fold.dataset.ready = 'no';
      var box = fold.getBoundingClientRect();
      if (fold.open && box.bottom > -300 && box.top < window.innerHeight + 300) draw(fold);
    });
    seen.disconnect();
    folds.forEach(function (fold) { seen.observe(fold); });
  }`;
