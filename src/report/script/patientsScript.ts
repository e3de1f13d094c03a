/** Highlights a patient in all figures and tables at once, on hover, focus and tap; saves figures as SVG or PNG. */
export const patientsScript = String.raw`(function () {
  var marked = null, held = null;
  function mark(number) {
    if (number === marked) return;
    marked = number;
    document.querySelectorAll('[data-s].on').forEach(function (one) { one.classList.remove('on'); });
    document.body.classList.toggle('marking', number !== null);
    if (number !== null) document.querySelectorAll('[data-s="' + number + '"]').forEach(function (one) { one.classList.add('on'); });
    document.querySelectorAll('button[data-s]').forEach(function (one) { one.setAttribute('aria-pressed', String(one.dataset.s === held)); });
  }
  function own(target) { var found = target.closest && target.closest('[data-s]'); return found ? found.getAttribute('data-s') : null; }
  document.addEventListener('pointerover', function (event) { if (event.pointerType !== 'touch') mark(own(event.target) || held); });
  document.addEventListener('focusin', function (event) { mark(own(event.target) || held); });
  document.addEventListener('click', function (event) {
    var number = own(event.target);
    if (number === null) return;
    held = held === number ? null : number;
    marked = undefined;
    mark(held);
  });
  document.addEventListener('keydown', function (event) { if (event.key === 'Escape') { held = null; mark(null); } });
  document.querySelectorAll('.saves').forEach(function (place) { place.hidden = false; });
  document.addEventListener('click', function (event) {
    var kind = event.target.dataset && event.target.dataset.save;
    if (!kind) return;
    var svg = event.target.closest('figure').querySelector('svg.fig');
    var name = event.target.dataset.name;
    var text = new XMLSerializer().serializeToString(svg);
    var link = document.createElement('a');
    var address = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
    function save(href, ending) { link.href = href; link.download = name.replace(/\.svg$/, ending); link.click(); }
    if (kind === 'svg') return save(address, '.svg');
    var picture = new Image();
    picture.onload = function () {
      var canvas = document.createElement('canvas');
      var box = svg.viewBox.baseVal;
      /* 600 dots an inch at 85 mm */
      var scale = 600 / 72;
      canvas.width = Math.round(box.width * scale); canvas.height = Math.round(box.height * scale);
      var context = canvas.getContext('2d');
      context.fillStyle = '#fff'; context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
      save(canvas.toDataURL('image/png'), '.png');
    };
    picture.src = address;
  });
})();`;
