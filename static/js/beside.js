// Two forms of one page: what was typed in the other one is sent along, so that it is there again
// if the act is refused. The server acts on the form of the button alone.
(function () {
  'use strict';
  document.querySelectorAll('form[data-beside]').forEach(function (form) {
    form.addEventListener('formdata', function (event) {
      var other = document.getElementById(form.dataset.beside);
      other.querySelectorAll('input, textarea, select').forEach(function (field) {
        var ticked = field.type !== 'checkbox' || field.checked;
        if (field.name && field.type !== 'hidden' && ticked) { event.formData.append(field.name, field.value); }
      });
    });
  });
}());
