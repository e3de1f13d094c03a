/** Draws one gate of one tube on a canvas. Part of the script of the review page. */
export const plotPart = `  var ink = { gate: '#c2410c', ghost: '#64748b', out: '#8ea3b5', faint: '#dde3e8', inside: '#0b5d69', below: '#d97706' };
  function frame(item, plane, side) {
    var ranges = data.gates[item.gate].ranges;
    var x = ranges[plane[0]] || [-1, 8], y = ranges[plane[1]] || [-1, 8];
    return {
      x: x, y: y, side: side,
      px: function (u) { return (u - x[0]) / (x[1] - x[0]) * side; },
      py: function (u) { return side - (u - y[0]) / (y[1] - y[0]) * side; },
    };
  }
  function plot(context, opened, plane, moves, side, how) {
    var item = opened.item, f = frame(item, plane, side);
    var x = opened.values[plane[0]], y = opened.values[plane[1]];
    context.fillStyle = '#fff';
    context.fillRect(0, 0, side, side);
    if (x && y) dots(context, opened, plane, moves, f, x, y, how);
    lines(context, item, plane, moves, f, how);
  }
  function dots(context, opened, plane, moves, f, x, y, how) {
    var item = opened.item, size = how.dot, layers = [[], [], [], []];
    var step = Math.max(1, Math.floor(item.n / how.most));
    for (var i = 0; i < item.n; i += step) {
      var elsewhere = true, own = inRest(opened, i, moves);
      for (var e = 0; e < opened.edges.length; e++) {
        var one = opened.edges[e];
        if (isBeyond(one, i, moves)) continue;
        if (inPlane(one.edge, plane)) own = false; else elsewhere = false;
      }
      var layer = !elsewhere ? 0 : own ? 2 : 1;
      if (how.back && opened.marks[i] & 2) layer = 3;
      layers[layer].push(i);
    }
    var inks = [ink.faint, ink.out, ink.inside, ink.below];
    layers.forEach(function (list, l) {
      context.fillStyle = inks[l];
      for (var j = 0; j < list.length; j++) {
        var i = list[j];
        /* Half a step and a little to the side: events of one step would hide each other. */
        var jx = (i * 37 % 16) / 16 * data.step, jy = (i * 53 % 16) / 16 * data.step;
        var px = f.px(x.base + x.k[i] * data.step + jx), py = f.py(y.base + y.k[i] * data.step + jy);
        context.fillRect(Math.max(0, Math.min(f.side - size, px - size / 2)), Math.max(0, Math.min(f.side - size, py - size / 2)), size, size);
      }
    });
  }
  function inPlane(edge, plane) {
    return edge.markers.every(function (marker) { return plane.indexOf(marker) >= 0; });
  }
  function stroke(context, width, style, dash) {
    context.setLineDash([]);
    context.strokeStyle = 'rgba(255,255,255,.9)'; context.lineWidth = width + 2; context.stroke();
    context.setLineDash(dash || []); context.strokeStyle = style; context.lineWidth = width; context.stroke();
    context.setLineDash([]);
  }
  /* Ends of an edge in pixels. */
  function segment(edge, at, plane, f) {
    if (edge.line) {
      var d = edge.line.direction, o = edge.line.origin, w = edge.line.halfWidth;
      var c = [o[0] + d[0] * at, o[1] + d[1] * at];
      return [f.px(c[0] - d[1] * w), f.py(c[1] + d[0] * w), f.px(c[0] + d[1] * w), f.py(c[1] - d[0] * w)];
    }
    return edge.markers[0] === plane[0] ? [f.px(at), 0, f.px(at), f.side] : [0, f.py(at), f.side, f.py(at)];
  }
  function draw(context, s) { context.beginPath(); context.moveTo(s[0], s[1]); context.lineTo(s[2], s[3]); }
  function lines(context, item, plane, moves, f, how) {
    var ghost = data.gates[item.gate].ghost;
    var own = item.edges.filter(function (edge) { return inPlane(edge, plane); });
    if (how.ghost) own.forEach(function (edge) {
      if (edge.line || ghost[edge.handle] === undefined) return;
      draw(context, segment(edge, ghost[edge.handle], plane, f));
      stroke(context, 1, ink.ghost, [2, 4]);
    });
    item.outlines.forEach(function (outline) {
      if (plane.indexOf(outline.markers[0]) < 0 || plane.indexOf(outline.markers[1]) < 0) return;
      var turned = outline.markers[0] !== plane[0];
      context.beginPath();
      outline.points.forEach(function (p, i) {
        var u = [p[0] + (moves[outline.markers[0]] || 0) * MOVE, p[1] + (moves[outline.markers[1]] || 0) * MOVE];
        var x = f.px(turned ? u[1] : u[0]), y = f.py(turned ? u[0] : u[1]);
        if (i) context.lineTo(x, y); else context.moveTo(x, y);
      });
      context.closePath();
      stroke(context, how.line, ink.gate);
    });
    own.forEach(function (edge) {
      if (how.ghost && moves[edge.handle]) { draw(context, segment(edge, edge.at, plane, f)); stroke(context, 1, ink.gate, [5, 4]); }
      draw(context, segment(edge, edge.at + (moves[edge.handle] || 0) * MOVE, plane, f));
      stroke(context, how.chosen === edge.handle ? how.line + 2 : how.line, ink.gate);
      if (edge.line) band(context, edge, edge.at + (moves[edge.handle] || 0) * MOVE, f, how);
    });
  }
  /* Both sides of a ridge's strip, from its border on. */
  function band(context, edge, at, f, how) {
    var d = edge.line.direction, s = segment(edge, at, [edge.markers[0], edge.markers[1]], f);
    var far = [f.px(d[0] * 20) - f.px(0), f.py(d[1] * 20) - f.py(0)];
    draw(context, [s[0], s[1], s[0] + far[0], s[1] + far[1]]); stroke(context, how.line / 2, ink.gate);
    draw(context, [s[2], s[3], s[2] + far[0], s[3] + far[1]]); stroke(context, how.line / 2, ink.gate);
  }
  var decades = [[0, '0'], [1e3, '10³'], [1e4, '10⁴'], [1e5, '10⁵'], [-1e3, '−10³'], [1e2, '10²'], [1e6, '10⁶']];
  function ticks(marker, range) {
    var cofactor = data.markers[marker], kept = [];
    decades.forEach(function (decade) {
      var u = Math.asinh(decade[0] / cofactor);
      var at = (u - range[0]) / (range[1] - range[0]);
      if (at >= 0 && at <= 1 && !kept.some(function (one) { return Math.abs(one.at - at) < .08; })) kept.push({ at: at, label: decade[1] });
    });
    [2, 3, 4, 5, 6, 7, 8, 9].forEach(function (factor) {
      [1e2, 1e3, 1e4, 1e5].forEach(function (decade) {
        var at = (Math.asinh(factor * decade / cofactor) - range[0]) / (range[1] - range[0]);
        if (at >= 0 && at <= 1) kept.push({ at: at, label: '' });
      });
    });
    return kept;
  }
  function sized(canvas, width, height) {
    var ratio = window.devicePixelRatio || 1;
    canvas.width = width * ratio; canvas.height = height * ratio;
    canvas.style.width = width + 'px'; canvas.style.height = height + 'px';
    var context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    return context;
  }`;
