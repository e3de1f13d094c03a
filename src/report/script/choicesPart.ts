/** Choices of patient, visit, batch, flag and order; they stand in the address of the page. Part of the script of the gates. */
export const choicesPart = `  /* Choices, and the address that holds them. */
  function fill(id, values) {
    var select = document.getElementById('by-' + id);
    values.forEach(function (pair) { make('option', pair[1], select).value = pair[0]; });
    select.parentNode.hidden = select.options.length < 2;
  }
  function distinct(key) {
    var all = [];
    tubes.forEach(function (tube) { if (tube[key] && all.indexOf(tube[key]) < 0) all.push(tube[key]); });
    return all;
  }
  function same(value) { return [value, value]; }
  fill('subject', distinct('subject').map(same));
  fill('visit', data.visits.map(same));
  fill('batch', distinct('batch').sort().map(same));
  var borne = {};
  data.gates.forEach(function (gate) { gate.rows.forEach(function (row) { row.flags.forEach(function (flag) { borne[flag] = true; }); }); });
  fill('flag', [['*', 'any that asks for a look']].concat(Object.keys(borne).sort().map(function (flag) { return [flag, words(flag)]; })));
  var selects = Array.prototype.slice.call(controls.querySelectorAll('select'));
  function address(view) {
    var parts = Object.keys(choice).filter(function (key) { return choice[key]; }).map(function (key) { return key + '=' + encodeURIComponent(choice[key]); });
    if (view) parts.push(view);
    history.replaceState(null, '', '#gates' + (parts.length ? '?' + parts.join('&') : ''));
  }
  selects.forEach(function (select) {
    select.addEventListener('change', function () { choice[select.dataset.by] = select.value; address(); redraw(); });
  });
  section.querySelectorAll('button[data-fold]').forEach(function (button) {
    button.addEventListener('click', function () { folds.forEach(function (fold) { fold.open = button.dataset.fold === 'open'; }); });
  });
  section.querySelector('button[data-look]').addEventListener('click', function () {
    var opened = folds.filter(function (fold) { return fold.open; })[0] || folds[0];
    var g = Number(opened.dataset.gate);
    var rows = shownRows(data.gates[g]);
    if (rows.length) openPlot(g, rows[0].tube);
  });`;
