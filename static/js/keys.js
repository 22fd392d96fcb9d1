// One registry of keys. They never fire while somebody types in a field.
(function () {
  'use strict';
  var word = window.portal.word;
  var known = [];

  function typing(target) {
    return target.closest && target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog');
  }
  // add('k', 'up', act, {ctrl, always, when}): `when` says whether the key has a meaning on this page.
  function add(key, name, act, how) {
    how = how || {};
    if (how.when && !how.when()) { return; }
    known.push({ key: key, name: name, act: act, ctrl: Boolean(how.ctrl), always: Boolean(how.always) });
  }
  window.portal.key = add;

  document.addEventListener('keydown', function (event) {
    if (event.altKey || event.isComposing) { return; }
    var ctrl = event.ctrlKey || event.metaKey;
    var hit = known.find(function (one) {
      return one.key.toLowerCase() === event.key.toLowerCase() && one.ctrl === ctrl;
    });
    if (!hit || (typing(event.target) && !hit.always)) { return; }
    if (hit.act(event) !== false) { event.preventDefault(); }
  });

  var rows = Array.prototype.slice.call(document.querySelectorAll('tr[data-row]'));
  var at = -1;
  function go(step) {
    if (at >= 0) { rows[at].classList.remove('at'); }
    at = Math.max(0, Math.min(rows.length - 1, at + step));
    rows[at].classList.add('at');
    rows[at].scrollIntoView({ block: 'nearest' });
    var link = rows[at].querySelector('.rowlink');
    if (link) { link.focus(); }
  }
  function here() { return at >= 0 ? rows[at] : null; }
  function box(selector) { return document.querySelector(selector); }

  add('k', 'search', function () { var field = box('.go input'); field.focus(); field.select(); },
    { ctrl: true, always: true, when: function () { return box('.go input'); } });
  add('/', 'list', function () { box('[data-list-search]').focus(); }, { when: function () { return box('[data-list-search]'); } });
  var list = { when: function () { return rows.length; } };
  add('j', 'down', function () { go(1); }, list);
  add('k', 'up', function () { go(-1); }, list);
  add('x', 'choose', function () {
    var tick = here() && here().querySelector('input[type=checkbox]');
    if (tick) { tick.click(); }
  }, { when: function () { return rows.length && box('tr[data-row] input[type=checkbox]'); } });
  add('Enter', 'open', function (event) {
    var link = here() && here().querySelector('.rowlink');
    if (!link || event.target.closest('a, button, summary')) { return false; }
    link.click();
    return true;
  }, list);
  add('k', 'before', function () { box('[data-before]').click(); }, { when: function () { return box('[data-before]'); } });
  add('j', 'after', function () { box('[data-after]').click(); }, { when: function () { return box('[data-after]'); } });
  add('Enter', 'save', function () { box('[aria-keyshortcuts="Control+Enter"]').click(); },
    { ctrl: true, always: true, when: function () { return box('[aria-keyshortcuts="Control+Enter"]'); } });
  add('?', 'help', help);

  function help() {
    var dialog = document.getElementById('keys-dialog');
    var place = dialog.querySelector('[data-keys-list]');
    place.textContent = '';
    known.forEach(function (one) {
      var term = document.createElement('dt');
      var key = document.createElement('kbd');
      key.textContent = (one.ctrl ? 'Ctrl ' : '') + (one.key.length === 1 ? one.key.toUpperCase() : one.key);
      term.appendChild(key);
      var said = document.createElement('dd');
      said.textContent = word(one.name);
      place.append(term, said);
    });
    dialog.showModal();
  }

  // Choosing rows: the box in the head chooses the page; what is chosen is marked and counted.
  function mark() {
    var ticks = 0;
    rows.forEach(function (row) {
      var tick = row.querySelector('input[type=checkbox]');
      ticks += tick ? 1 : 0;
      row.classList.toggle('sel', Boolean(tick && tick.checked));
    });
    var chosen = document.querySelectorAll('tr.sel').length;
    document.querySelectorAll('[data-all]').forEach(function (box) {
      box.checked = chosen > 0 && chosen === ticks;
      box.indeterminate = chosen > 0 && chosen < ticks;
    });
    document.querySelectorAll('[data-chosen]').forEach(function (place) { place.textContent = String(chosen); });
    document.querySelectorAll('[data-when-chosen]').forEach(function (place) { place.hidden = chosen === 0; });
  }
  document.addEventListener('change', function (event) {
    if (event.target.matches('[data-all]')) {
      rows.forEach(function (row) {
        var tick = row.querySelector('input[type=checkbox]');
        if (tick) { tick.checked = event.target.checked; }
      });
    }
    if (event.target.closest('table')) { mark(); }
  });
  if (rows.length) { mark(); }
}());
