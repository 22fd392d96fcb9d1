// A score sheet keeps itself: what is typed at a criterion stands in this browser at once, and on the
// server after a pause. The points are counted at once (running-total.js) and by the server; a colleague's
// work in between is shown beside.
(function () {
  'use strict';
  var form = document.querySelector('form[data-score-sheet]');
  var owner = document.body.dataset.owner;
  if (!form || !owner) { return; }
  var word = window.portal.word;
  var counting = window.portal.counting || { count: ignore, refuse: ignore, settle: ignore };
  var KEY = 'portal-sheet:' + owner + ':' + form.dataset.sheet + ':';
  var PAUSE = 800;
  var AGAIN = 5000;
  var DAYS = 30 * 86400000;
  var LEAVING = 3000;
  var timer = null;
  var busy = false;
  var leaving = false;
  var refused = {};  // criteria that the server did not take, until something else is typed

  function ignore() {}
  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function criterion(pk) { return form.querySelector('[data-criterion="' + pk + '"]'); }
  function fields(article) { return article.querySelectorAll('[data-field]'); }
  function valueOf(field) { return field.type === 'checkbox' ? (field.checked ? field.value : '') : field.value; }
  function put(field, value) {
    if (field.type === 'checkbox') { field.checked = value === field.value; } else { field.value = value; }
  }
  function values(article) {
    var found = {};
    each(fields(article), function (field) { found[field.name] = valueOf(field); });
    return found;
  }
  function read(pk) {
    try { return JSON.parse(localStorage.getItem(KEY + pk)); } catch (_none) { return null; }
  }
  function keep(pk, item) {
    try { localStorage.setItem(KEY + pk, JSON.stringify(item)); } catch (_full) { /* it is on its way */ }
  }
  function drop(pk) {
    try { localStorage.removeItem(KEY + pk); } catch (_none) { /* nothing kept */ }
  }
  function waiting() {
    return Object.keys(localStorage).filter(function (key) { return key.indexOf(KEY) === 0; })
      .map(function (key) { return key.slice(KEY.length); });
  }
  function say(text, tone) {
    var box = document.querySelector('[data-saved]');
    if (!box) { return; }
    box.querySelector('[data-saved-text]').textContent = text;
    box.classList.toggle('t-warn', tone === 'warn');
  }
  function clock() {
    return new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });
  }

  // What is not confirmed rests on what its page showed, even when the page is opened again.
  function note(article) {
    var pk = article.dataset.criterion;
    var before = read(pk);
    keep(pk, { at: Date.now(), values: values(article), seen: before ? before.seen : article.dataset.seen });
    counting.count(pk, values(article));
  }
  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
  }

  function flush() {
    clearTimeout(timer);
    if (busy) { return later(PAUSE); }
    var pk = waiting().find(function (one) {
      var article = criterion(one);
      return !refused[one] && !(article && article.querySelector('.conflict[data-open]'));
    });
    if (!pk) { return null; }
    var item = read(pk);
    if (!item || Date.now() - item.at > DAYS) { drop(pk); return later(0); }
    busy = true;
    say(word('saving'));
    var data = new FormData();
    data.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
    data.append('c' + pk + '-seen', item.seen);
    Object.keys(item.values).forEach(function (name) { data.append(name, item.values[name]); });
    return fetch(form.dataset.scoreSheet, {
      method: 'POST', body: data, credentials: 'same-origin',
      headers: { 'X-Requested-With': 'fetch', 'HX-Request': 'true' }
    }).then(function (answer) {
      if (answer.redirected || answer.status === 401 || answer.status === 403) {
        say(word('signed-out'), 'warn');
        return null;
      }
      if ([200, 409, 410, 422].indexOf(answer.status) < 0) { throw new Error(String(answer.status)); }
      return answer.json().then(function (said) { settle(pk, item, answer.status, said); });
    }).catch(function () {
      say(word('unsaved'), 'warn');
      later(AGAIN);
    }).then(function () { busy = false; });
  }

  function settle(pk, item, status, said) {
    var article = criterion(pk);
    if (status === 410 || status === 422) {
      refused[pk] = true;
      counting.refuse(pk);
      if (article) { refuse(article, said.faults.join(' ')); }
      say(said.faults.join(' ') + (article ? '' : typedIn(item)), 'warn');
      return later(0);
    }
    var now = said.criteria[pk];
    if (window.portal.stayed) { window.portal.stayed(); }
    if (status === 409) {
      if (article) { said.conflicts.forEach(function (one) { show(article, item, now, one); }); }
      say('', 'warn');
      return later(0);
    }
    var left = read(pk);
    var typedOn = left && JSON.stringify(left.values) !== JSON.stringify(item.values);
    if (left && (typedOn || leaving)) { left.seen = now.seen; keep(pk, left); } else { drop(pk); }
    if (article) { paint(article, now, !typedOn); }
    document.querySelector('[data-total]').textContent = said.total;
    document.querySelector('[data-missing]').textContent = said.missing;
    counting.settle(said, valuesLeft);
    say(word('saved') + ' ' + clock());
    return later(leaving ? LEAVING : typedOn ? PAUSE : 0);
  }

  function valuesLeft(pk) {
    var left = read(pk);
    return left && left.values;
  }

  // What somebody typed at a criterion that this page no longer has: not lost, only not taken.
  function typedIn(item) {
    var texts = Object.keys(item.values).map(function (name) { return item.values[name]; });
    return texts.filter(Boolean).map(function (text) { return ' “' + text + '”'; }).join(';');
  }

  function refuse(article, text) {
    var place = article.querySelector('[data-refusal]');
    if (place) { place.textContent = text; place.hidden = !text; }
  }

  function paint(article, now, all) {
    article.dataset.seen = now.seen;
    article.querySelector('[data-seen-field]').value = now.seen;
    article.querySelector('[data-points]').textContent = now.answered ? now.points : '–';
    article.querySelector('[data-working]').textContent = now.working;
    article.classList.toggle('done', now.answered);
    each(fields(article), function (field) {
      if (all && document.activeElement !== field && field.name in now.values) { put(field, now.values[field.name]); }
      var fault = document.getElementById(field.name + '-fault');
      if (!fault) { return; }
      fault.textContent = now.faults[field.name] || '';
      fault.hidden = !fault.textContent;
      field.closest('.field').classList.toggle('bad', !fault.hidden);
      field.setAttribute('aria-invalid', String(!fault.hidden));
    });
  }

  // Both texts, field by field; nothing goes on until the person has chosen.
  function show(article, item, now, one) {
    var old = article.querySelector('.conflict[data-open="' + one.name + '"]');
    if (old) { old.remove(); }
    var box = document.getElementById('conflict-words').content.cloneNode(true).querySelector('fieldset');
    box.dataset.open = one.name;
    box.querySelector('[data-label]').textContent = one.label;
    box.querySelector('[data-kept]').textContent = one.kept || '–';
    box.querySelector('[data-mine]').textContent = one.mine || '–';
    box.addEventListener('click', function (event) {
      var button = event.target.closest('button');
      if (!button) { return; }
      event.preventDefault();
      var field = form.elements[one.name];
      put(field, button.value === 'kept' ? one.kept : one.mine);
      box.remove();
      var seen = JSON.parse(item.seen);
      seen[one.name.slice(one.name.indexOf('-') + 1)] = JSON.parse(now.seen)[one.name.slice(one.name.indexOf('-') + 1)];
      item.seen = JSON.stringify(seen);
      keep(article.dataset.criterion, { at: Date.now(), values: values(article), seen: item.seen });
      counting.count(article.dataset.criterion, values(article));
      later(0);
    });
    article.querySelector('.crit-two').before(box);
    box.scrollIntoView({ block: 'nearest' });
  }

  form.addEventListener('input', function (event) {
    var article = event.target.closest('[data-criterion]');
    if (!article || !event.target.matches('[data-field]')) { return; }
    delete refused[article.dataset.criterion];
    refuse(article, '');
    note(article);
    later(PAUSE);
  });
  form.addEventListener('submit', function (event) {
    if (form.querySelector('.conflict input[type=radio]')) { return; }  // chosen without this script
    event.preventDefault();
    flush();
  });

  // Down the column: Enter goes to the next field, Shift+Enter back.
  form.addEventListener('keydown', function (event) {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.isComposing) { return; }
    if (!event.target.matches('input[data-field], select[data-field]')) { return; }
    event.preventDefault();
    var column = Array.prototype.slice.call(form.querySelectorAll('input[data-field], select[data-field]'));
    var next = column[column.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    if (next) {
      next.focus();
      if (next.select) { next.select(); }
    }
  });
  // For whoever judges: Ctrl+Enter keeps this criterion and goes to the next; J and K walk.
  function walk(step) {
    var rows = Array.prototype.slice.call(form.querySelectorAll('[data-criterion]'));
    var here = rows.indexOf(document.activeElement.closest('[data-criterion]') || form.querySelector('.crit.at'));
    var next = rows[Math.max(0, Math.min(rows.length - 1, here + step))];
    each(rows, function (row) { row.classList.toggle('at', row === next); });
    next.scrollIntoView({ block: 'center' });
    return next;
  }
  if (form.classList.contains('judging')) {
    window.portal.key('j', 'down', function () { walk(1); });
    window.portal.key('k', 'up', function () { walk(-1); });
    document.addEventListener('keydown', function (event) {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        flush();
        var field = walk(1).querySelector('[data-field]');
        if (field) { field.focus(); }
      } else if (/^[0-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && document.activeElement === document.body) {
        var at = form.querySelector('.crit.at [data-field]');
        if (at) { at.focus(); at.select(); }
      }
    });
  }
  document.addEventListener('keydown', function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') { event.preventDefault(); flush(); }
  });

  // The next page may have been read on the server just before this was saved: so it stays here, and
  // that page shows it and sends it once more. A link that only downloads leads nowhere else.
  window.addEventListener('beforeunload', function () {
    leaving = true;
    setTimeout(function () { leaving = false; }, LEAVING);
  });

  // What an earlier page could not send is shown again and sent.
  waiting().forEach(function (pk) {
    var article = criterion(pk);
    var item = read(pk);
    if (!item) { return; }
    if (article) {
      each(fields(article), function (field) {
        if (field.name in item.values) { put(field, item.values[field.name]); }
      });
    }
    counting.count(pk, item.values);
  });
  window.addEventListener('online', function () { later(0); });
  if (waiting().length) { later(0); }
}());
