/** Unpacks the events, and what of them lies inside a gate. Part of the script of the review page. */
export const dataPart = `  var data = JSON.parse(document.getElementById('header').textContent);
  var bytes = null;
  var MOVE = .02;
  var PER_MOVE = Math.round(MOVE / data.step);
  var byKey = {};
  data.items.forEach(function (item, i) { item.rank = i + 1; byKey[item.tube + '|' + item.gate] = item; });

  function unpack() {
    var text = document.getElementById('events').textContent;
    var raw = atob(text);
    var packed = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) packed[i] = raw.charCodeAt(i);
    var stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Response(stream).arrayBuffer().then(function (buffer) {
      bytes = new Uint8Array(buffer);
      document.getElementById('events').textContent = '';
    });
  }
  function column(item, c) {
    var out = new Int16Array(item.n);
    var low = item.offset + 2 * c * item.n, high = low + item.n;
    for (var i = 0; i < item.n; i++) out[i] = bytes[low + i] | bytes[high + i] << 8;
    return out;
  }
  /* Columns of one gate of one tube: of edges, of markers for drawing, and the marks. */
  function open(item) {
    var edges = item.edges.map(function (edge, e) { return { edge: edge, k: column(item, e) }; });
    var seen = {};
    edges.forEach(function (one) { if (!one.edge.line && !seen[one.edge.markers[0]]) seen[one.edge.markers[0]] = { k: one.k, base: one.edge.at }; });
    item.axes.forEach(function (marker, a) { seen[marker] = { k: column(item, item.edges.length + a), base: 0 }; });
    var at = item.offset + 2 * (item.edges.length + item.axes.length) * item.n;
    var shapes = item.outlines.filter(function (outline) { return seen[outline.markers[0]] && seen[outline.markers[1]]; });
    return { item: item, edges: edges, shapes: shapes, values: seen, marks: bytes.subarray(at, at + item.n) };
  }
  function isBeyond(one, i, moves) {
    var limit = PER_MOVE * (moves[one.edge.handle] || 0);
    return one.edge.side === 'min' ? one.k[i] >= limit : one.k[i] < limit;
  }
  /* Within the outlines, where they lie now, and in what cannot be moved; as placed the program has said it exactly. */
  function inRest(opened, i, moves) {
    var isMoved = opened.shapes.some(function (shape) { return moves[shape.markers[0]] || moves[shape.markers[1]]; });
    if (!isMoved) return (opened.marks[i] & 1) === 1;
    return (opened.marks[i] & 4) === 4 && opened.shapes.every(function (shape) {
      var x = opened.values[shape.markers[0]], y = opened.values[shape.markers[1]];
      return inOutline(shape.points, x.base + (x.k[i] + .5) * data.step - (moves[shape.markers[0]] || 0) * MOVE, y.base + (y.k[i] + .5) * data.step - (moves[shape.markers[1]] || 0) * MOVE);
    });
  }
  function inOutline(points, x, y) {
    var inside = false;
    for (var i = 0, j = points.length - 1; i < points.length; j = i++) {
      var a = points[i], b = points[j];
      if (a[1] > y !== b[1] > y && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]) inside = !inside;
    }
    return inside;
  }
  function isShapeMoved(item, moves) {
    return item.outlines.some(function (outline) { return moves[outline.markers[0]] || moves[outline.markers[1]]; });
  }
  function insideCount(opened, moves) {
    var count = 0;
    for (var i = 0; i < opened.item.n; i++) {
      var inside = inRest(opened, i, moves);
      for (var e = 0; inside && e < opened.edges.length; e++) inside = isBeyond(opened.edges[e], i, moves);
      if (inside) count++;
    }
    return count;
  }
  /* Count in the whole parent, with the 95 % error of the sample; exact where the sample is the parent. */
  function estimate(item, count, moves) {
    var share = item.n === 0 ? 0 : count / item.n;
    var sampled = Math.max(0, 1 - 1 / item.factor);
    var error = 1.96 * item.factor * Math.sqrt(item.n * share * (1 - share) * sampled);
    return { count: Math.round(count * item.factor), error: Math.ceil(error), percent: 100 * share, exact: item.factor === 1 && !isShapeMoved(item, moves || {}) };
  }
  /* The plots of a gate, each of two markers: those of a border or an outline, then single cuts in pairs. */
  function planes(item) {
    var pairs = [], pool = [];
    function pair(markers) { if (!pairs.some(function (p) { return p[0] === markers[0] && p[1] === markers[1]; })) pairs.push(markers); }
    item.edges.forEach(function (edge) { if (edge.line) pair(edge.markers); });
    item.outlines.forEach(function (outline) { pair(outline.markers); });
    function add(marker) {
      if (pool.indexOf(marker) < 0 && !pairs.some(function (p) { return p.indexOf(marker) >= 0; })) pool.push(marker);
    }
    item.edges.forEach(function (edge) { if (!edge.line) add(edge.markers[0]); });
    item.axes.forEach(add);
    var singles = [];
    for (var i = 0; i < pool.length; i += 2) singles.push([pool[i], pool[i + 1] || pool[0]]);
    return singles.concat(pairs);
  }
  /* The plot on which most hangs. */
  function mainPlane(item, all) {
    var lever = item.edges.filter(function (edge) { return edge.handle === item.lever; })[0];
    var p = lever ? all.map(function (plane) { return lever.markers.every(function (marker) { return plane.indexOf(marker) >= 0; }); }).indexOf(true) : -1;
    return p >= 0 ? p : Math.max(0, all.length - 1);
  }
  function gateName(gate) {
    var parts = gate.population.split('/');
    return parts[parts.length - 1];
  }
  function words(flag) { return flag.split('_').join(' '); }`;
