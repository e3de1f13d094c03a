/** Follows the address of the page: to a choice, a plot, a tube or a population. Part of the script of the gates. */
export const linksPart = String.raw`  function tubeNamed(id) { return tubes.map(function (tube) { return tube.sampleId; }).indexOf(id); }
  function plain(text) { try { return decodeURIComponent(text); } catch (fault) { return text; } }
  function follow() {
    var hash = location.hash.slice(1);
    var parts = hash.replace(/^gates\??/, '').split('&');
    var known = false;
    parts.forEach(function (part) {
      var cut = part.indexOf('=');
      if (cut < 0) return;
      var key = part.slice(0, cut), value = part.slice(cut + 1);
      if (Object.prototype.hasOwnProperty.call(choice, key)) { choice[key] = plain(value); known = true; }
      if (key === 'tube' && tubeNamed(plain(value)) >= 0) openTube(tubeNamed(plain(value)));
      if (key === 'plot') {
        var dot = value.indexOf('.'), g = Number(value.slice(0, dot)), t = tubeNamed(plain(value.slice(dot + 1)));
        if (data.gates[g] && t >= 0) openPlot(g, t);
      }
    });
    if (known) { selects.forEach(function (select) { select.value = choice[select.dataset.by]; }); redraw(); section.scrollIntoView(); }
    var fold = /^gate-\d+$/.test(hash) ? document.getElementById(hash) : null;
    if (fold) { fold.open = true; fold.scrollIntoView(); }
  }
  window.addEventListener('hashchange', follow);
  follow();`;
