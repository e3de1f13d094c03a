/**
 * The page's own script: finds tubes by name or flags, folds and unfolds. Everything is readable without it; its controls
 * show themselves only where it runs. It holds no foreign text, and `</` nowhere.
 */
export const script = `(function () {
  var gates = document.getElementById('gates');
  if (!gates) return;
  var controls = gates.querySelector('.controls');
  var find = document.getElementById('find');
  var flagged = document.getElementById('flagged');
  var found = document.getElementById('found');
  var tubes = Array.prototype.slice.call(gates.querySelectorAll('figure.tube'));
  controls.hidden = false;
  function filter() {
    var text = find.value.trim().toLowerCase();
    var shown = 0;
    tubes.forEach(function (tube) {
      var fits = tube.dataset.find.indexOf(text) >= 0 && (!flagged.checked || tube.dataset.flagged === 'yes');
      tube.hidden = !fits;
      if (fits) shown += 1;
    });
    found.textContent = text || flagged.checked ? shown + ' of ' + tubes.length + ' plots' : '';
  }
  find.addEventListener('input', filter);
  flagged.addEventListener('change', filter);
  gates.querySelectorAll('button[data-fold]').forEach(function (button) {
    button.addEventListener('click', function () {
      gates.querySelectorAll('details').forEach(function (fold) { fold.open = button.dataset.fold === 'open'; });
    });
  });
})();`;
