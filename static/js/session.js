// The session ends after idle minutes. Two minutes before, the page asks; any tab's work counts for all.
(function () {
  'use strict';
  var body = document.body;
  var minutes = Number(body.dataset.idleMinutes);
  var dialog = document.getElementById('session-dialog');
  if (!minutes || !dialog) { return; }
  var STEP = 'portal-last-step';
  var limit = minutes * 60000;
  var warn = limit - Math.min(120000, limit / 2);

  function stamp() {
    try { localStorage.setItem(STEP, String(Date.now())); } catch (_full) { window.portalLastStep = Date.now(); }
  }
  function last() {
    try { return Number(localStorage.getItem(STEP)) || Date.now(); } catch (_none) { return window.portalLastStep || Date.now(); }
  }
  window.portal.stayed = stamp;

  dialog.querySelector('[data-stay]').addEventListener('click', function () {
    fetch(body.dataset.ping, { headers: { 'X-Requested-With': 'fetch' }, credentials: 'same-origin' }).then(function (answer) {
      if (answer.ok && !answer.redirected) { stamp(); dialog.close(); } else { location.reload(); }
    });
  });
  setInterval(function () {
    var idle = Date.now() - last();
    if (idle < warn && dialog.open) { dialog.close(); }
    if (idle >= warn && idle < limit && !dialog.open) { dialog.showModal(); }
    if (idle >= limit && dialog.open) {
      dialog.querySelector('#session-text').textContent = window.portal.word('signed-out');
    }
  }, 5000);
  stamp();
}());
