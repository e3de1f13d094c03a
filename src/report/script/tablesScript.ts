/** Sorts tables by a click on a head and shows only rows with a text; numbers are compared as numbers. */
export const tablesScript = String.raw`(function () {
  var fewRows = 10;
  function value(row, column) {
    var cell = row.cells[column];
    var text = cell ? cell.textContent.trim() : '';
    var found = /^[+−×<\s-]*(\d[\d.]*)/.exec(text);
    var number = found ? Number(found[1]) * (/^\s*[−-]/.test(text) ? -1 : 1) : NaN;
    return { text: text, number: number };
  }
  function compare(a, b) {
    var isA = !isNaN(a.number), isB = !isNaN(b.number);
    if (isA && isB) return a.number - b.number;
    if (isA !== isB) return isA ? -1 : 1;
    return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
  }
  function sortable(table) {
    var body = table.tBodies[0];
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener('click', function () {
        var down = head.getAttribute('aria-sort') === 'ascending';
        heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        var rows = Array.prototype.slice.call(body.rows).map(function (row, i) { return { row: row, i: i, value: value(row, column) }; });
        rows.sort(function (a, b) { return (down ? -1 : 1) * compare(a.value, b.value) || a.i - b.i; });
        rows.forEach(function (one) { body.appendChild(one.row); });
      });
    });
  }
  function searchable(table) {
    if (table.tBodies[0].rows.length <= fewRows) return;
    var label = document.createElement('label');
    label.className = 'find';
    label.textContent = 'Rows with ';
    var input = document.createElement('input');
    input.type = 'search';
    var count = document.createElement('span');
    label.appendChild(input);
    label.appendChild(count);
    table.parentNode.parentNode.insertBefore(label, table.parentNode);
    input.addEventListener('input', function () {
      var words = input.value.trim().toLowerCase().split(/\s+/);
      var shown = 0;
      Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
        var text = row.textContent.toLowerCase();
        var fits = words.every(function (word) { return text.indexOf(word) >= 0; });
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      count.textContent = ' ' + shown + ' of ' + table.tBodies[0].rows.length;
    });
  }
  function ready(table) {
    if (table.dataset.ready || table.tBodies.length !== 1 || !table.tHead || table.tHead.rows.length !== 1) return;
    var spans = Array.prototype.some.call(table.tHead.rows[0].cells, function (head) { return head.colSpan > 1; });
    if (spans || table.tBodies[0].rows.length < 3) return;
    table.dataset.ready = 'yes';
    sortable(table);
    searchable(table);
  }
  Array.prototype.forEach.call(document.querySelectorAll('.scroll > table'), function (table) {
    var fold = table.closest('details');
    if (!fold || fold.open) return ready(table);
    fold.addEventListener('toggle', function () { ready(table); });
  });
  document.addEventListener('cytopair-table', function (event) { ready(event.target); });
})();`;
