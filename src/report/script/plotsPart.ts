/** One plot on a canvas, and which plots a choice leaves. Part of the script of the gates. */
export const plotsPart = `  var section = document.getElementById('gates');
  var holder = document.getElementById('gate-data');
  if (!section || !holder) return;
  var data = JSON.parse(holder.textContent);
  var tubes = data.tubes;
  var line = '#c2410c';
  var images = {};
  var paths = {};
  var choice = { subject: '', visit: '', batch: '', flag: '', order: '' };
  var controls = section.querySelector('.controls');
  controls.hidden = false;

  function make(name, words, parent) {
    var element = document.createElement(name);
    if (words !== undefined && words !== null) element.textContent = words;
    if (parent) parent.appendChild(element);
    return element;
  }
  function ink(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
  function image(gate, step, then) {
    var key = gate + '-' + step;
    if (!images[key]) {
      var picture = new Image();
      picture.src = 'data:image/png;base64,' + document.getElementById('image-' + key).textContent;
      images[key] = picture.decode().then(function () { return picture; });
    }
    images[key].then(then);
  }
  function path(text) { return paths[text] || (paths[text] = new Path2D(text)); }
  function isLook(flag) { return data.flags[flag] && data.flags[flag][0] === 'look'; }
  function asksForLook(row) { return row.flags.some(isLook) || row.plots.length === 0 && row.says.length > 0 && row.says[0].indexOf('placed') > 0; }
  function who(tube) { return [tube.subject, tube.visit].filter(Boolean).join(' '); }
  function say(flag) { var known = data.flags[flag]; return known ? known[1] : flag; }
  function words(flag) { return flag.split('_').join(' '); }

  function fits(row) {
    var tube = tubes[row.tube];
    if (choice.subject && tube.subject !== choice.subject) return false;
    if (choice.visit && tube.visit !== choice.visit) return false;
    if (choice.batch && tube.batch !== choice.batch) return false;
    if (choice.flag === '*') return asksForLook(row);
    return !choice.flag || row.flags.indexOf(choice.flag) >= 0;
  }
  function shownRows(gate) {
    var rows = gate.rows.filter(fits);
    if (choice.order === 'worst') rows.sort(function (a, b) { return b.score - a.score || a.tube - b.tube; });
    return rows;
  }

  /* One plot: ground, density, border. */
  function plot(context, picture, entry, step, row, box) {
    var own = row.plots[step];
    context.fillStyle = '#fff';
    context.fillRect(box.x, box.y, box.side, box.side);
    if (own) {
      var sheet = entry.sheets[step];
      var bins = sheet.bins;
      context.imageSmoothingEnabled = box.side < 2 * bins;
      context.drawImage(picture, own[0] % sheet.columns * bins, Math.floor(own[0] / sheet.columns) * bins, bins, bins, box.x, box.y, box.side, box.side);
      context.save();
      context.beginPath(); context.rect(box.x, box.y, box.side, box.side); context.clip();
      context.translate(box.x, box.y);
      var scale = box.side / bins;
      context.scale(scale, scale);
      context.lineJoin = 'round';
      var edge = path(entry.lines[own[3]] || '');
      context.strokeStyle = 'rgba(255,255,255,.85)'; context.lineWidth = 3.4 / scale; context.stroke(edge);
      context.strokeStyle = line; context.lineWidth = 1.5 / scale; context.stroke(edge);
      context.lineWidth = .8 / scale; context.setLineDash([3 / scale, 2 / scale]); context.stroke(path(entry.lines[own[4]] || ''));
      context.restore();
    }
    context.strokeStyle = '#8a9096'; context.lineWidth = 1;
    context.strokeRect(box.x + .5, box.y + .5, box.side - 1, box.side - 1);
  }`;
