// Nothing typed is lost. Every form that is posted and has a field to write in: a copy in this browser at
// every pause; with data-autosave="address" one on the server as well. data-autosave="off": a form that
// keeps nothing, or keeps by itself. Copies belong to the signed-in person (data-owner on the body).
(function () {
  'use strict';
  var word = window.portal.word;
  var owner = document.body.dataset.owner;
  var PAUSE = 2000;
  var DAYS = 30 * 86400000;
  var SKIP = { csrfmiddlewaretoken: 1, once: 1, version: 1 };
  // What the page showed when it was typed: without it the text would come back as if it were typed
  // on what a colleague saved later. Other hidden fields are keys, and never kept.
  var BASE = /^(seen|[^-]+-\d+-kept)$/;

  // Forms of one page are told apart by what they are for.
  function keyOf(form) {
    var own = form.getAttribute('action');
    var goes = own && own.charAt(0) !== '?' ? new URL(own, location.href).pathname : location.pathname;
    var name = form.id || (goes === location.pathname ? '' : goes);
    return 'portal-text:' + owner + ':' + (form.dataset.autosaveKey || location.pathname) + ':' + name;
  }
  var WRITTEN = 'textarea, input:not([type]), ' + ['text', 'number', 'email', 'tel', 'url', 'date'].map(function (type) {
    return 'input[type="' + type + '"]';
  }).join(', ');
  // Whether a copy is kept: secrets never are, and a form that writes on its own says so.
  function keeps(form) {
    if (form.dataset.autosave === 'off' || form.method !== 'post') { return false; }
    if (form.querySelector('[type="password"], [autocomplete="one-time-code"]')) { return false; }
    return 'autosave' in form.dataset || Array.prototype.some.call(form.elements, function (field) { return field.matches(WRITTEN); });
  }
  // What stands in the form; `written`: as the server wrote it, before anybody typed.
  function values(form, written) {
    var kept = {};
    function chosen(option) { return written ? option.defaultSelected : option.selected; }
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || SKIP[field.name] || field.disabled || /^choose-/.test(field.name)) { return; }
      if (/^(file|password|submit|button|hidden)$/.test(field.type) && !BASE.test(field.name)) { return; }
      if (field.type === 'checkbox' || field.type === 'radio') {
        kept[field.name] = kept[field.name] || [];
        if (written ? field.defaultChecked : field.checked) { kept[field.name].push(field.value); }
      } else if (field.multiple && field.options) {
        kept[field.name] = Array.prototype.filter.call(field.options, chosen).map(function (o) { return o.value; });
      } else if (field.options) {
        kept[field.name] = (Array.prototype.filter.call(field.options, chosen).pop() || field.options[0] || field).value;
      } else { kept[field.name] = written ? field.defaultValue : field.value; }
    });
    return kept;
  }
  // What its person sees of it, to tell whether anything is worth offering. Ticks alone are not, unless
  // the form says data-autosave: many a list is ticked for a button and left.
  function visible(kept, form) {
    var all = 'autosave' in form.dataset;
    return JSON.stringify(kept, function (name, value) {
      return BASE.test(name) || (!all && Array.isArray(value)) ? undefined : value;
    });
  }
  // Rows that were added when it was typed (rows.js) are added again.
  function addRows(form, kept) {
    form.querySelectorAll('[data-rows]').forEach(function (box) {
      var count = box.querySelector('[name="' + box.dataset.rows + '-TOTAL_FORMS"]');
      var add = box.querySelector('[data-add-row]');
      var last = Math.max.apply(null, Object.keys(kept).map(function (name) {
        return name.indexOf(box.dataset.rows + '-') === 0 ? parseInt(name.slice(box.dataset.rows.length + 1), 10) || 0 : -1;
      }).concat(-1));
      for (var at = Number(count.value); add && at <= last; at += 1) { add.click(); }
    });
  }
  // Rows that a colleague added later are not of that page; the server puts them in again.
  function dropLater(form, kept) {
    form.querySelectorAll('[name$="-DELETE"]').forEach(function (mark) {
      var row = form.elements[mark.name.replace(/DELETE$/, 'kept')];
      if (!('seen' in kept) || mark.name in kept || !row || !row.value) { return; }
      mark.checked = true;
      mark.closest('.row-of-set, tr').classList.add('gone');
    });
  }
  function fill(form, kept) {
    addRows(form, kept);
    dropLater(form, kept);
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!(field.name in kept) || SKIP[field.name]) { return; }
      var value = kept[field.name];
      if (field.type === 'checkbox' || field.type === 'radio') {
        field.checked = value.indexOf(field.value) >= 0;
        if (/-DELETE$/.test(field.name)) { field.closest('.row-of-set, tr').classList.toggle('gone', field.checked); }
      }
      else if (field.multiple && field.options) {
        Array.prototype.forEach.call(field.options, function (o) { o.selected = value.indexOf(o.value) >= 0; });
      } else if (field.type !== 'file') { field.value = value; }
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
  // `onServer`: the server has the same text, so this copy may go when its person signs out.
  function keep(key, kept, onServer) {
    var copy = { at: Date.now(), values: kept, onServer: Boolean(onServer) };
    try { localStorage.setItem(key, JSON.stringify(copy)); } catch (_full) { /* the server has it */ }
  }
  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (_none) { return null; }
  }
  function drop(key) {
    try { localStorage.removeItem(key); } catch (_none) { /* nothing kept */ }
  }
  function clockOf(at) {
    return new Date(at).toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });
  }
  function when(at) {
    var day = new Date(at);
    return clockOf(at) + (day.toDateString() === new Date().toDateString() ? '' : ', ' + day.toLocaleDateString('vi-VN'));
  }
  function say(form, text, tone) {
    var box = form.querySelector('[data-saved]') || ('autosave' in form.dataset && document.querySelector('[data-saved]'));
    if (!box) { return; }
    box.querySelector('[data-saved-text]').textContent = text;
    box.classList.toggle('t-warn', tone === 'warn');
  }

  var offered = {};  // a page may show the button of a step twice
  function offer(form, key, copy) {
    if (offered[key]) { return; }
    offered[key] = true;
    // What the server keeps of it was said above; while a later text is offered, only that is.
    var earlier = form.querySelector('.kept-back');
    var bar = document.createElement('div');
    bar.className = 'kept-back';
    bar.setAttribute('role', 'region');
    bar.setAttribute('aria-label', word('kept'));
    var text = document.createElement('span');
    text.textContent = word('kept') + ' ' + when(copy.at);
    var acts = document.createElement('span');
    acts.className = 'end';
    function refuse() {
      drop(key);
      if (earlier) { earlier.hidden = false; }
    }
    [['restore', 'btn-second', function () { fill(form, copy.values); }], ['drop', 'btn-plain', refuse]].forEach(function (act) {
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn btn-tight ' + act[1];
      button.textContent = word(act[0]);
      button.addEventListener('click', function () { act[2](); bar.remove(); });
      acts.appendChild(button);
    });
    bar.append(text, acts);
    if (earlier) { earlier.hidden = true; }
    form.prepend(bar);
    for (var fold = form.closest('details'); fold; fold = fold.parentElement.closest('details')) { fold.open = true; }
  }

  function watch(form) {
    if (!owner || form.dataset.watched) { return; }
    form.dataset.watched = '1';
    var key = keyOf(form);
    var start = JSON.stringify(values(form, true));
    var copy = read(key);
    if (copy && Date.now() - copy.at < DAYS && visible(copy.values, form) !== visible(JSON.parse(start), form)) { offer(form, key, copy); }
    else if (copy) { drop(key); }
    var timer = null;
    var last = start;

    function save() {
      timer = null;
      var now = JSON.stringify(values(form));
      if (now === last) { return; }
      keep(key, JSON.parse(now));
      if (!form.dataset.autosave) { last = now; say(form, (form.dataset.savedWords || word('saved')) + ' ' + clockOf(Date.now())); return; }
      say(form, word('saving'));
      fetch(form.dataset.autosave, {
        method: 'POST', body: new FormData(form), credentials: 'same-origin',
        headers: { 'X-Requested-With': 'fetch', 'HX-Request': 'true' }
      }).then(function (answer) {
        if (answer.redirected || answer.status === 401 || answer.status === 403) { say(form, word('signed-out'), 'warn'); return; }
        if (!answer.ok) { throw new Error(String(answer.status)); }
        last = now;
        keep(key, JSON.parse(now), true);
        if (window.portal.stayed) { window.portal.stayed(); }
        say(form, (form.dataset.savedWords || word('saved')) + ' ' + clockOf(Date.now()));
      }).catch(function () {
        say(form, word('unsaved'), 'warn');
        timer = timer || setTimeout(save, 10000);
      });
    }
    function soon() {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    }
    form.addEventListener('input', soon);
    if (JSON.stringify(values(form)) !== start) { soon(); }  // typed before this script came
    // A closed tab must not cost the last two seconds.
    window.addEventListener('pagehide', function () {
      var now = JSON.stringify(values(form));
      if (!form.dataset.sent && now !== last) { keep(key, JSON.parse(now)); }
    });
    // Sent: the copy stays until an answer names this form as taken.
    form.addEventListener('submit', function () {
      clearTimeout(timer);
      var sent = values(form);
      keep(key, sent);
      try { sessionStorage.setItem('portal-sent', JSON.stringify({ key: key, once: (form.elements.once || {}).value || '' })); } catch (_none) { /* offered again later */ }
    });
  }

  // The answer names the form that was taken (core.ui.once.taken). Without that name the page may only
  // follow a sign-in that came in place of the answer, and the copy stays to be offered.
  function settle() {
    var sent = null;
    if (document.querySelector('form[data-again]')) { return; }  // not taken yet: 403_csrf.html
    try { sent = JSON.parse(sessionStorage.getItem('portal-sent')); } catch (_none) { return; }
    if (!sent || !owner || sent.key.indexOf('portal-text:' + owner + ':') !== 0) { return; }
    try { sessionStorage.removeItem('portal-sent'); } catch (_none) { return; }
    var taken = /(?:^|; )taken=([^;]+)/.exec(document.cookie);
    if (taken && sent.once && taken[1] === sent.once) { drop(sent.key); }
  }

  // On a shared machine nothing should stay behind that the server has as well.
  function signOut() {
    var mine = 'portal-text:' + owner + ':';
    Object.keys(localStorage).forEach(function (key) {
      var copy = key.indexOf(mine) === 0 && read(key);
      if (copy && copy.onServer) { drop(key); }
    });
  }
  document.querySelectorAll('form[data-sign-out]').forEach(function (form) {
    form.addEventListener('submit', signOut);
  });

  function begin() { Array.prototype.filter.call(document.forms, keeps).forEach(watch); }
  settle();
  begin();
  document.body.addEventListener('htmx:afterSwap', begin);
}());
