// Draws canvas[data-chart] from its json_script. Colours and type come from tokens.css.
(function () {
  'use strict';
  var Chart = window.Chart;
  if (!Chart) { return; }
  var css = getComputedStyle(document.documentElement);
  function token(name) { return css.getPropertyValue(name).trim(); }
  var colours = [token('--red'), token('--ink-3'), token('--info-e'), token('--warn-e')];
  var dashes = [[], [5, 4], [2, 3], [9, 4]];

  Chart.defaults.font.family = token('--font');
  Chart.defaults.font.size = 13;
  Chart.defaults.color = token('--ink-3');
  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.locale = document.documentElement.lang === 'en' ? 'en-GB' : 'vi-VN';

  // The value stands at the end of each bar: readable without colour and without hover.
  function values(unit) {
    return {
      id: 'values',
      afterDatasetsDraw: function (chart) {
        var pen = chart.ctx;
        pen.save();
        pen.font = '600 13px ' + token('--font');
        pen.fillStyle = token('--ink');
        pen.textBaseline = 'middle';
        chart.getDatasetMeta(0).data.forEach(function (bar, i) {
          var text = Number(chart.data.datasets[0].data[i]).toLocaleString(Chart.defaults.locale) + (unit === '%' ? ' %' : '');
          pen.fillText(text, bar.x + 6, bar.y);
        });
        pen.restore();
      }
    };
  }
  function sets(data) {
    return data.series.map(function (one, i) {
      if (data.kind === 'line') {
        return { label: one.name, data: one.numbers, borderColor: colours[i % 4], backgroundColor: colours[i % 4],
          borderWidth: i ? 2 : 2.5, borderDash: dashes[i % 4], pointRadius: i ? 0 : 3, tension: 0.25, spanGaps: false };
      }
      var paint = data.series.length > 1 ? colours[(i + 1) % 4] : one.numbers.map(function (_n, at) {
        return at === data.stress ? token('--red') : token('--ink-3');
      });
      return { label: one.name, data: one.numbers, backgroundColor: paint, maxBarThickness: 28, borderRadius: 3 };
    });
  }
  // Long names of bars stand on several lines, so that a phone does not cut them.
  function lines(name, most) {
    return name.split(' ').reduce(function (rows, word) {
      var last = rows[rows.length - 1];
      if (last !== undefined && (last + ' ' + word).length <= most) { rows[rows.length - 1] = last + ' ' + word; } else { rows.push(word); }
      return rows;
    }, []);
  }
  // Bars share the height evenly, so each gets the room of the longest name.
  var NARROW = 420, LINE = 17;
  function letters(width) { return width < NARROW ? 16 : 32; }
  function room(canvas, data) {
    if (data.kind !== 'hbar') { return; }
    var width = letters(canvas.parentNode.clientWidth);
    var most = data.labels.reduce(function (rows, name) { return Math.max(rows, lines(name, width).length); }, 1);
    var height = Math.max(250, data.labels.length * (most * LINE + 10) + 40) + 'px';
    if (canvas.parentNode.style.height !== height) { canvas.parentNode.style.height = height; }
  }
  function options(data) {
    var line = token('--line');
    var flat = data.kind === 'hbar';
    var legend = data.series.length > 1 ?
      { align: 'start', labels: { usePointStyle: true, pointStyle: data.kind === 'line' ? 'line' : 'rect', pointStyleWidth: 26, padding: 14 } } : { display: false };
    var measure = { beginAtZero: true, max: data.most || undefined, grid: { color: line }, border: { display: false },
      ticks: { precision: 0 }, title: { display: Boolean(data.unit), text: data.unit } };
    var names = { grid: { display: false }, border: { color: line }, ticks: { color: token('--ink-2') } };
    if (flat) {
      measure.display = false;
      names.ticks.autoSkip = false;
      names.ticks.callback = function (at) { return lines(this.getLabelForValue(at), letters(this.chart.width)); };
    }
    return { indexAxis: flat ? 'y' : 'x', layout: { padding: { right: flat ? 52 : 0 } }, plugins: { legend: legend },
      scales: flat ? { x: measure, y: names } : { x: names, y: measure } };
  }
  function draw(canvas) {
    var data = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
    var asked = options(data);
    // A phone that is turned: the names take other lines, so the bars other room.
    asked.onResize = function () { room(canvas, data); };
    room(canvas, data);
    new Chart(canvas, {
      type: data.kind === 'line' ? 'line' : 'bar',
      data: { labels: data.labels, datasets: sets(data) },
      options: asked,
      plugins: data.kind === 'hbar' && data.series.length === 1 ? [values(data.unit)] : []
    });
    canvas.dataset.drawn = '1';
  }
  function all() { document.querySelectorAll('canvas[data-chart]:not([data-drawn])').forEach(draw); }
  // A canvas keeps the face that it was drawn with, so ours has to be there first.
  Promise.all(['400', '600'].map(function (weight) {
    return document.fonts.load(weight + ' 13px "Be Vietnam Pro"', 'Đến ạ');
  })).then(all, all);
}());
