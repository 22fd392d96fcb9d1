// A large file goes up in parts as soon as it is chosen, and goes on after a cut line or a reload:
// input[type=file][data-parts="address"]. Without this script (or without crypto, which a page has
// only over https) the form sends the file whole, as ever.
(function () {
  'use strict';
  if (!window.crypto || !crypto.subtle || !window.fetch) { return; }
  var word = window.portal.word;
  var PART = 1048576;
  var PAUSES = [1000, 2000, 4000, 8000, 15000];
  var KEY = 'portal-parts:' + (document.body.dataset.owner || '') + ':' + location.pathname;

  function human(octets) { return (octets / PART).toLocaleString('vi-VN', { maximumFractionDigits: 1 }) + ' MB'; }
  function hex(digest) {
    return Array.prototype.map.call(new Uint8Array(digest), function (octet) { return ('0' + octet.toString(16)).slice(-2); }).join('');
  }
  function wait(pause) {
    return new Promise(function (go) {
      var timer = setTimeout(done, pause);
      function done() {
        clearTimeout(timer);
        window.removeEventListener('online', done);
        go();
      }
      window.addEventListener('online', done);
    });
  }
  function remember(file) {
    try {
      if (file) { localStorage.setItem(KEY, JSON.stringify({ name: file.name, size: file.size })); } else { localStorage.removeItem(KEY); }
    } catch (_full) { /* then nobody is reminded */ }
  }

  function Upload(field) {
    this.field = field;
    this.form = field.form;
    this.address = field.dataset.parts;
    this.token = field.form.elements.csrfmiddlewaretoken.value;
    this.box = document.createElement('div');
    this.box.className = 'mt-2';
    this.box.setAttribute('role', 'status');
    this.bar = document.createElement('progress');
    this.bar.className = 'bar info';
    this.bar.max = 100;
    this.bar.setAttribute('aria-label', word('uploading'));
    this.said = document.createElement('span');
    this.said.className = 'small-2 muted';
    this.box.append(this.bar, this.said);
    field.after(this.box);
  }
  Upload.prototype.say = function (text, percent) {
    this.said.textContent = text;
    this.bar.hidden = percent === undefined;
    if (percent !== undefined) { this.bar.value = percent; }
  };
  Upload.prototype.post = function (query, body) {
    return fetch(this.address + query, {
      method: 'POST', body: body, credentials: 'same-origin',
      headers: { 'X-CSRFToken': this.token, 'HX-Request': 'true' }
    }).then(function (answer) {
      if (answer.redirected || answer.status === 401 || answer.status === 403) { throw new Stop(word('signed-out')); }
      if ([200, 404, 409, 422].indexOf(answer.status) < 0) { throw new Error(String(answer.status)); }
      if (answer.status === 404) { return { gone: true }; }
      return answer.json();
    }).then(function (said) {
      if (said.fault) { throw new Stop(said.fault); }
      return said;
    });
  };
  // Again and again while the line is cut; each answer says from where to go on.
  Upload.prototype.insist = function (query, body) {
    var self = this;
    var tries = 0;
    function once() {
      return self.post(query, body).catch(function (fault) {
        if (fault instanceof Stop || self.stopped) { throw fault; }
        self.say(word('cut'), self.bar.value);
        tries += 1;
        return wait(PAUSES[Math.min(tries, PAUSES.length) - 1]).then(once);
      });
    }
    return once();
  };
  Upload.prototype.run = function (file) {
    var self = this;
    this.say(word('uploading') + ' ' + file.name, 0);
    remember(file);
    return file.arrayBuffer().then(function (all) { return crypto.subtle.digest('SHA-256', all); }).then(function (digest) {
      self.sha256 = hex(digest);
      return self.begin(file);
    });
  };
  Upload.prototype.begin = function (file) {
    var self = this;
    var data = new FormData();
    data.append('name', file.name);
    data.append('size', String(file.size));
    data.append('sha256', this.sha256);
    return this.insist('', data).then(function (said) { return said.token ? said : self.send(file, said.key, said.offset); });
  };
  Upload.prototype.send = function (file, key, offset) {
    var self = this;
    if (this.stopped) { throw new Stop(''); }
    this.say(word('uploading') + ' ' + human(offset) + ' / ' + human(file.size), Math.round(100 * offset / file.size));
    var query = '?key=' + key;
    if (offset >= file.size) {
      this.say(word('checking'), 100);
      return this.insist(query, null).then(function (said) {
        if (said.gone) { return self.begin(file); }
        return said.token ? said : self.send(file, key, said.offset);
      });
    }
    var part = file.slice(offset, Math.min(file.size, offset + PART), 'application/octet-stream');
    return this.insist(query + '&offset=' + offset, part).then(function (said) {
      return said.gone ? self.begin(file) : self.send(file, key, said.offset);
    });
  };

  function Stop(text) { this.text = text; }

  var under = null;
  function start(field) {
    var file = field.files[0];
    if (under) { under.stopped = true; under.box.remove(); }
    under = null;
    keep(field, '');
    var note = document.querySelector('[data-go-on]');
    if (note) { note.remove(); }
    if (!file || file.size <= PART || (field.dataset.most && file.size > Number(field.dataset.most))) { return; }
    var mine = under = new Upload(field);
    field.setCustomValidity('');
    mine.done = mine.run(file).then(function (said) {
      if (mine.stopped) { return; }
      keep(field, said.token);
      field.value = '';
      mine.say(word('arrived') + ' ' + said.name);
      remember(null);
      mine.whole = true;
      if (mine.waiting) { mine.form.requestSubmit(mine.button); }
    }).catch(function (fault) {
      if (mine.stopped) { return; }
      remember(null);
      mine.waiting = false;
      mine.failed = true;
      delete mine.form.dataset.sent;
      mine.form.removeAttribute('aria-busy');
      mine.say(fault instanceof Stop ? fault.text : word('unsaved'));
      mine.said.className = 't-err small';
      field.value = '';
    });
  }
  // The kept file is in the form as its token, as when the form came back with an error.
  function keep(field, token) {
    var kept = field.form.querySelector('input[type=hidden][data-kept-by-parts]');
    if (!kept && token) {
      field.form.querySelectorAll('input[name="' + field.name + '-kept"]').forEach(function (old) { old.remove(); });
      kept = document.createElement('input');
      kept.type = 'hidden';
      kept.name = field.name + '-kept';
      kept.dataset.keptByParts = '1';
      field.after(kept);
    }
    if (kept) { kept.value = token; }
  }

  document.addEventListener('change', function (event) {
    if (event.target.matches('input[type=file][data-parts]')) { start(event.target); }
  });
  document.addEventListener('submit', function (event) {
    if (!under || under.form !== event.target || under.whole || under.failed) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    under.waiting = true;
    under.button = event.submitter;
    under.box.scrollIntoView({ block: 'nearest' });
  }, true);

  // A page opened again says which file was on its way: choosing it once more goes on from there.
  var field = document.querySelector('input[type=file][data-parts]');
  var before = null;
  try { before = JSON.parse(localStorage.getItem(KEY)); } catch (_none) { before = null; }
  if (field && before) {
    var note = document.createElement('p');
    note.className = 'hint';
    note.dataset.goOn = '';
    note.textContent = word('go-on') + ' ' + before.name + ' (' + human(before.size) + ')';
    field.before(note);
  }
}());
