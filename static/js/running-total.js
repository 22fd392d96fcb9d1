// The points and the total of a score sheet while one types (points.js), until the server has counted.
// What the server says replaces them; a difference is a fault, and the console says so.
(function () {
  'use strict';
  var data = document.getElementById('points-data');
  var form = document.querySelector('form[data-score-sheet]');
  if (!data || !form) { return; }
  var points = window.portal.points;
  var word = window.portal.word;
  var sheet = points.sheet(JSON.parse(data.textContent));
  var byKey = {};
  sheet.all.forEach(function (node) { byKey[node.key] = node; });

  function article(node) { return form.querySelector('[data-criterion="' + node.key + '"]'); }
  function name(node, ask) { return 'c' + node.key + '-' + ask[0]; }
  function asked(node, values) {
    var found = {};
    node.asks.forEach(function (ask) { found[ask[0]] = values[name(node, ask)] || ''; });
    return found;
  }
  // What the server last said that it keeps: at first what it wrote into the page, before anybody typed.
  function kept(node) {
    if (node.kept) { return node.kept; }
    var found = {};
    node.asks.forEach(function (ask) {
      var field = form.elements[name(node, ask)];
      if (!field) { return; }
      var option = field.options && field.querySelector('option[selected]');
      found[name(node, ask)] = field.options ? (option ? option.value : '') : field.defaultValue;
    });
    return found;
  }

  // Somebody typed `values` (by the names of fields) at a criterion.
  function count(key, values) {
    var node = byKey[key];
    if (!node || !node.asks) { return; }
    var texts = asked(node, values);
    var before = asked(node, kept(node));
    node.waits = node.asks.some(function (ask) { return texts[ask[0]].trim() !== before[ask[0]].trim(); });
    node.mine = node.waits ? points.mark(node, texts) : null;
    paint(node);
    paintTotal();
  }
  // The server did not take it: what it keeps stands, until something else is typed.
  function refuse(key) {
    var node = byKey[key];
    if (!node || !node.waits) { return; }
    still(node);
    paintTotal();
  }
  function still(node) {
    node.waits = false;
    node.mine = null;
    paint(node);
  }
  function mark(node) { return node.mine || node.known; }
  function said(one) { return one.state === 'missing' ? '–' : points.shown(one.points); }

  function paint(node) {
    var at = article(node);
    if (!at) { return; }
    var working = at.querySelector('[data-working]');
    if (node.working === undefined) { node.working = working.textContent; }
    at.classList.toggle('counting', node.waits);
    at.querySelector('[data-points]').textContent = said(mark(node));
    working.textContent = node.waits ? word(node.mine ? 'provisional' : 'uncounted') : node.working;
  }
  function paintTotal() {
    var waiting = sheet.all.filter(function (node) { return node.waits; });
    var now = points.total(sheet.groups, mark);
    var note = document.querySelector('[data-counting]');
    document.querySelector('[data-total]').textContent = points.shown(now.points);
    document.querySelector('[data-missing]').textContent = now.missing;
    note.hidden = !waiting.length;
    note.textContent = word(waiting.every(function (node) { return node.mine; }) ? 'provisional' : 'uncounted');
  }

  // The server's answer: it has kept some criteria, and says how all of them stand. `left(key)` are the
  // values of a criterion that are still on their way.
  function settle(answer, left) {
    Object.keys(answer.criteria).forEach(function (key) {
      var node = byKey[key];
      var now = answer.criteria[key];
      if (!node || !node.asks) { return; }
      node.kept = now.values;
      node.working = now.working;
      if (node.before !== undefined) { node.before = now.before; }
      var mine = points.mark(node, asked(node, now.values));
      if (mine) { compare(key, said(mine), now.answered ? now.points : '–'); }
    });
    sheet.all.forEach(function (node, place) { node.known = points.written(answer.marks[place]); });
    var all = points.total(sheet.groups, function (node) { return node.known; });
    compare('total', points.shown(all.points) + ' ' + all.missing, answer.total + ' ' + answer.missing);
    sheet.all.forEach(function (node) {
      if (!node.waits && !(node.asks && answer.criteria[node.key])) { return; }
      var values = left(node.key);
      still(node);
      if (values) { count(node.key, values); }
    });
    paintTotal();
  }
  function compare(what, mine, theirs) {
    if (mine !== theirs) { console.error('Points of ' + what + ': ' + mine + ' here, ' + theirs + ' on the server'); }
  }

  window.portal.counting = { count: count, refuse: refuse, settle: settle };
}());
