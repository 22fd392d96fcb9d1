// Progress while files go up: form[data-upload]. Without a script the form is sent as ever.
(function () {
  'use strict';
  var word = window.portal.word;

  function human(octets) { return (octets / 1048576).toLocaleString('vi-VN', { maximumFractionDigits: 1 }) + ' MB'; }

  function bar(form) {
    var place = document.createElement('div');
    place.className = 'mt-2';
    place.setAttribute('role', 'status');
    var text = document.createElement('span');
    text.className = 'small-2 muted';
    var progress = document.createElement('progress');
    progress.className = 'bar info';
    progress.max = 100;
    progress.setAttribute('aria-label', word('uploading'));
    place.append(progress, text);
    form.append(place);
    return { place: place, show: function (percent) { progress.value = percent; text.textContent = word('uploading') + ' ' + percent + ' %'; } };
  }

  document.addEventListener('change', function (event) {
    var field = event.target;
    if (field.type !== 'file' || !field.dataset.most) { return; }
    var large = Array.prototype.find.call(field.files, function (file) { return file.size > Number(field.dataset.most); });
    field.setCustomValidity(large ? word('too-large') + ' ' + large.name + ', ' + human(large.size) + ' > ' + human(Number(field.dataset.most)) : '');
    field.reportValidity();
  });

  document.addEventListener('submit', function (event) {
    var form = event.target;
    var files = form.querySelector('input[type=file]');
    if (!form.matches('[data-upload]') || !files || !files.files.length || event.defaultPrevented || !window.XMLHttpRequest) { return; }
    event.preventDefault();
    var shown = bar(form);
    var request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.upload.addEventListener('progress', function (step) {
      if (step.lengthComputable) { shown.show(Math.round(100 * step.loaded / step.total)); }
    });
    request.addEventListener('load', function () {
      // The answer is a page: taken (after a redirect) or the form with its errors. Show it as the browser would.
      if (request.responseURL && request.status < 400 && request.responseURL !== form.action) { location.assign(request.responseURL); return; }
      document.documentElement.innerHTML = new DOMParser().parseFromString(request.responseText, 'text/html').documentElement.innerHTML;
      window.scrollTo(0, 0);
      var summary = document.querySelector('[data-focus]');
      if (summary) { summary.focus(); }
    });
    request.addEventListener('error', function () {
      shown.place.remove();
      delete form.dataset.sent;
      form.removeAttribute('aria-busy');
      var box = document.querySelector('[data-saved-text]');
      if (box) { box.textContent = word('unsaved'); }
    });
    request.send(new FormData(form));
  });
}());
