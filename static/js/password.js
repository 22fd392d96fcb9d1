// Show and hide a password. Without a script the field simply stays hidden.
(function () {
  'use strict';
  var word = window.portal.word;
  document.querySelectorAll('[data-password]').forEach(function (box) {
    var field = box.querySelector('input');
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn btn-plain btn-tight';
    button.setAttribute('aria-controls', field.id);
    function show(open) {
      field.type = open ? 'text' : 'password';
      button.textContent = word(open ? 'hide' : 'show');
      button.setAttribute('aria-pressed', String(open));
    }
    button.addEventListener('click', function () { show(field.type === 'password'); });
    show(false);
    box.appendChild(button);
    field.form.addEventListener('submit', function () { show(false); });
  });
}());
