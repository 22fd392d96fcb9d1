// A form is sent once. The server has its own key for this (core.ui.once); here the button only rests.
(function () {
  'use strict';
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== 'post') { return; }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = '1';
    form.setAttribute('aria-busy', 'true');
  });
  // Coming back with the browser's button must find the form alive.
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-sent]').forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute('aria-busy');
    });
  });
  // A greyed button stays in the tab order, so that its reason is read; it does nothing.
  document.addEventListener('click', function (event) {
    if (event.target.closest('[aria-disabled="true"]')) { event.preventDefault(); }
  }, true);
}());
